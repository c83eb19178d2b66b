import { every, some } from "../../../src/permissions/contract.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type {
  Decision,
  Identity,
  PermissionVerdict,
  PolicyDocument,
} from "../../../src/model/identity.ts";
import { choicesFor, conditionsHold } from "./conditions.ts";
import { decide } from "./decide.ts";
import { factsOf } from "./facts.ts";
import { glob } from "./match.ts";
import { parsePolicy, type Statement } from "./parse.ts";
import { readSide, sideOf, type ResourceSide } from "./resource-side.ts";

/** The trust that an identity could write into a role. */
const trusting: Statement = {
  ref: "supposed:trust#0",
  effect: "Allow",
  written: ["sts:AssumeRole"],
  actions: ["sts:assumerole"],
  notActions: false,
  resources: ["*"],
  notResources: false,
  conditions: [],
  variables: false,
};

/** @param trusted the role is made to trust the caller first */
export function mayAssume(
  caller: Identity,
  role: Identity,
  estate: EstateIndex,
  trusted = false,
): Decision {
  const control = sideOf(caller, "sts:AssumeRole", role.id, estate).denies;
  const foreign = caller.scope !== role.scope;
  const supposedSide: ResourceSide = {
    named: [trusting],
    account: [],
    denies: control,
    required: true,
    foreign,
  };
  if (trusted) return decide(caller, "sts:AssumeRole", role.id, estate, {}, supposedSide);
  const document = trustOf(role, estate);
  if (!document) {
    const decision = decide(caller, "sts:AssumeRole", role.id, estate, {}, supposedSide);
    if (!foreign && decision.verdict === "no") return decision;
    return unreadTrust(decision, role);
  }
  const side = readSide(document, caller, role.scope, true);
  return decide(
    caller,
    "sts:AssumeRole",
    role.id,
    estate,
    {},
    {
      ...side,
      denies: [...side.denies, ...control],
    },
  );
}

function unreadTrust(decision: Decision, { id }: Identity): Decision {
  return {
    ...decision,
    verdict: every([decision.verdict, "maybe"]),
    assumptions: [...decision.assumptions, `the trust policy of ${id} was not read`],
  };
}

export function trustOf(role: Identity, estate: EstateIndex): PolicyDocument | undefined {
  const attachment = role.policies.find(({ layer }) => layer === "trust");
  return attachment && estate.policies.get(attachment.policy);
}

/** Whether a service may run code as the role on behalf of its account. */
export function trustsService(
  role: Identity,
  service: string,
  estate: EstateIndex,
  sourceArn?: string,
): PermissionVerdict {
  const request = {
    "aws:SourceAccount": role.scope,
    ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }),
  };
  return trustHolds(role, `service:${service}`, "sts:assumerole", estate, request);
}

/** Whether the token that the workload can present opens the role. */
export function trustsToken(role: Identity, estate: EstateIndex): PermissionVerdict {
  const token = estate.paths?.webIdentity;
  if (!token) return "no";
  const issuer = token.issuer.replace(/^https:\/\//, "");
  const request = Object.fromEntries(
    Object.entries(token.claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
  );
  return trustHolds(
    role,
    `federated:arn:aws:iam::${role.scope}:oidc-provider/${issuer}`,
    "sts:assumerolewithwebidentity",
    estate,
    request,
  );
}

function trustHolds(
  role: Identity,
  principal: string,
  action: string,
  estate: EstateIndex,
  request: Readonly<Record<string, string>>,
): PermissionVerdict {
  const document = trustOf(role, estate);
  if (!document) return estate.paths?.unreadTrust.has(role.id) === true ? "maybe" : "no";
  const statements = [
    ...parsePolicy(document).statements,
    ...(principal.startsWith("federated:") ? controlsOf(role, estate) : []),
  ].filter((statement) => speaksTo(statement, principal, action));
  // Keys of the caller that a service or a token does not carry are absent.
  const anonymous: Readonly<Record<string, string | null>> = {
    "aws:PrincipalArn": null,
    "aws:PrincipalAccount": null,
    "aws:PrincipalOrgID": null,
    ...request,
  };
  const facts = factsOf(role, role.id, estate.startedAt, anonymous, estate.paths);
  const holds = (effect: Statement["effect"]): PermissionVerdict =>
    some(
      statements
        .filter((statement) => statement.effect === effect)
        .flatMap((statement) =>
          choicesFor([statement], facts).choices.map((choice) =>
            conditionsHold(statement, facts, choice),
          ),
        ),
    );
  const denied = holds("Deny");
  return denied === "yes" ? "no" : every([holds("Allow"), denied === "maybe" ? "maybe" : "yes"]);
}

/** Resource control policies bind callers from outside as well. */
function controlsOf({ scope }: Identity, { paths, policies }: EstateIndex): readonly Statement[] {
  if (!paths || scope !== paths.scope) return [];
  return paths.resourceDenies.flatMap((id) => {
    const document = policies.get(id);
    return document
      ? parsePolicy(document).statements.filter(({ effect }) => effect === "Deny")
      : [];
  });
}

function speaksTo(
  { principals = [], notPrincipals, actions, notActions }: Statement,
  principal: string,
  action: string,
): boolean {
  const listed = principals.some((one) => one === principal || one === "aws:*");
  return (
    listed !== (notPrincipals === true) &&
    actions.some((pattern) => glob(pattern, action)) !== notActions
  );
}
