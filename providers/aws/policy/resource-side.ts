import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyDocument } from "../../../src/model/identity.ts";
import { accountOf } from "./facts.ts";
import { glob } from "./match.ts";
import { parsePolicy, type Condition, type Statement } from "./parse.ts";
import { isSessionOf } from "./sessions.ts";

/** What the policy on a resource says about a caller. */
export interface ResourceSide {
  /** Statements that name the caller, or everybody. */
  readonly named: readonly Statement[];
  /** Statements that leave the decision to the caller's account. */
  readonly account: readonly Statement[];
  readonly denies: readonly Statement[];
  /** Nothing is allowed without this policy: trust policies. */
  readonly required: boolean;
  readonly foreign: boolean;
}

export const noSide: ResourceSide = {
  named: [],
  account: [],
  denies: [],
  required: false,
  foreign: false,
};

/**
 * Services whose resources a resource control policy reaches.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
const controlled =
  /^(?:s3|sts|kms|sqs|secretsmanager|ecr|aoss|dynamodb|logs|cognito-idp|cognito-identity):/;

/** The policies on a resource, for a call of this identity. */
export function sideOf(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
): ResourceSide {
  const { paths } = estate;
  if (!paths) return noSide;
  const account = accountOf(resource) ?? paths.scope;
  const id = paths.resourcePolicies.get(resource);
  const policy = id === undefined ? undefined : estate.policies.get(id);
  const side = policy ? readSide(policy, identity, account, false) : noSide;
  const controls =
    account === paths.scope && controlled.test(action.toLowerCase())
      ? paths.resourceDenies.flatMap((deny) => {
          const document = estate.policies.get(deny);
          return document ? readSide(document, identity, account, false).denies : [];
        })
      : [];
  return {
    ...side,
    denies: [...side.denies, ...controls],
    foreign: account !== identity.scope && action.toLowerCase() !== "sts:assumerole",
  };
}

/** @param account the resource's own */
export function readSide(
  document: PolicyDocument,
  identity: Identity,
  account: string,
  required: boolean,
): ResourceSide {
  const named: Statement[] = [];
  const delegated: Statement[] = [];
  const denies: Statement[] = [];
  for (const written of parsePolicy(document).statements) {
    const statement = written.resources.length > 0 ? written : { ...written, resources: ["*"] };
    const relation = relationTo(statement, identity);
    if (relation === "none") continue;
    if (relation === "session") {
      const some = { ...statement, conditions: [...statement.conditions, whichSession] };
      (statement.effect === "Deny" ? denies : named).push(some);
    } else if (statement.effect === "Deny") denies.push(statement);
    else if (relation === "named") named.push(statement);
    else delegated.push(statement);
  }
  const foreign = account !== identity.scope;
  return { named, account: delegated, denies, required, foreign };
}

/** Which session a workload has is its platform's choice and is not known here, so this is never decided. */
const whichSession: Condition = {
  operator: "stringequals",
  set: "none",
  ifExists: false,
  key: "postern:session",
  values: [],
};

function relationTo(
  { principals = [], notPrincipals, effect }: Statement,
  identity: Identity,
): "named" | "session" | "account" | "none" {
  const lists = (principal: string): boolean => principals.includes(`aws:${principal}`);
  const account =
    lists(identity.scope) ||
    principals.some((one) => glob(`aws:arn:aws*:iam::${identity.scope}:root`, one));
  if (notPrincipals === true) {
    const bounded = identity.policies.some(({ layer }) => layer === "boundary");
    const spared = lists(identity.id) && account && !bounded;
    return spared ? "none" : "named";
  }
  if (lists(identity.id) || lists("*")) return "named";
  if (principals.some((one) => isSessionOf(one, identity))) return "session";
  return account ? (effect === "Deny" ? "named" : "account") : "none";
}
