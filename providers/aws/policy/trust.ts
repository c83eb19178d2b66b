import { every, some } from "../../../src/permissions/contract.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type {
  Decision,
  Identity,
  PermissionVerdict,
  PolicyDocument,
} from "../../../src/model/identity.ts";
import { best, together } from "./combine.ts";
import {
  choicesFor,
  conditionsHold,
  plainSession,
  plainSource,
  sessionKeys,
} from "./conditions.ts";
import { decide, type RequestFacts } from "./decide.ts";
import { factsOf } from "./facts.ts";
import { layersOf } from "./layers.ts";
import { glob, partitionOf } from "./match.ts";
import { parsePolicy, type Statement } from "./parse.ts";
import { noSide, openTo, readSide, sideOf, type ResourceSide } from "./resource-side.ts";
import { sessionOf } from "./sessions.ts";

/** The trust that an identity could write into a role. */
const trusting = openTo("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");

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
    ...noSide,
    named: [trusting],
    denies: control,
    required: true,
    foreign,
  };
  if (trusted) return sessionWith(caller, role, estate, supposedSide);
  const document = trustOf(role, estate);
  if (!document) {
    const decision = sessionWith(caller, role, estate, supposedSide);
    if (!foreign && decision.verdict === "no") return decision;
    return unreadTrust(decision, role);
  }
  const side = readSide(document, caller, role.scope, true, sessionOf(caller, estate.paths));
  return sessionWith(caller, role, estate, { ...side, denies: [...side.denies, ...control] });
}

/**
 * A plain session, or one with tags or a source identity: both sides have to allow setting them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
function sessionWith(
  caller: Identity,
  role: Identity,
  estate: EstateIndex,
  side: ResourceSide,
): Decision {
  const ask = (action: string, request: RequestFacts): Decision =>
    decide(caller, action, role.id, estate, request, side);
  const untagged = { [plainSession]: null };
  const unnamed = { [plainSource]: null };
  const plain = ask("sts:AssumeRole", { ...untagged, ...unnamed });
  const { grants, limits } = layersOf(caller, estate);
  const asked = [
    grants,
    side.named,
    side.account,
    side.denies,
    ...limits.map((limit) => limit.statements),
  ]
    .flat()
    .flatMap(({ conditions }) => conditions.map(({ key }) => key));
  if (plain.verdict === "yes" || !asked.some((key) => sessionKeys.test(key) || key === plainSource))
    return plain;
  const tagged = ask("sts:TagSession", {});
  const named = ask("sts:SetSourceIdentity", {});
  return best([
    plain,
    together([ask("sts:AssumeRole", unnamed), tagged]),
    together([ask("sts:AssumeRole", untagged), named]),
    together([ask("sts:AssumeRole", {}), tagged, named]),
  ]);
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
    `federated:arn:${partitionOf(role.id)}:iam::${role.scope}:oidc-provider/${issuer}`,
    "sts:assumerolewithwebidentity",
    estate,
    request,
  );
}

/** Whether an assertion of this provider, which may say anything, opens the role. */
export function trustsAssertion(
  role: Identity,
  provider: string,
  estate: EstateIndex,
): PermissionVerdict {
  return trustHolds(role, `federated:${provider}`, "sts:assumerolewithsaml", estate, {});
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
    [plainSession]: null,
    [plainSource]: null,
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
