import type { Identity } from "../../../src/model/identity.ts";
import type { EstatePaths } from "../../../src/model/paths.ts";
import { readResourceTags, unreadPrincipalTags, type Facts, type Value } from "./conditions.ts";
import { arnParts, partitionOf } from "./match.ts";

/** Keys that a call carries only when a service makes it for somebody, or is the caller. */
const ofServices = [
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:principalservicename",
  "aws:principalservicenameslist",
] as const;

/**
 * What a request of this identity carries, as the workload sends it: directly, over TLS, without MFA. The session of
 * a role is always recent; a static key has none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function factsOf(
  identity: Identity,
  resource: string,
  now: string | undefined,
  extra: Readonly<Record<string, string | null>> = {},
  paths?: EstatePaths,
): Facts {
  const facts = callerFacts(identity, resource);
  for (const [key, values] of clockFacts(now, identity.kind === "role")) facts.set(key, values);
  for (const [key, value] of Object.entries(identity.tags)) {
    facts.set(`aws:principaltag/${key.toLowerCase()}`, [[value]]);
  }
  for (const [key, values] of tagFacts(identity.id, resource, paths)) facts.set(key, values);
  const host = hostOf(identity, paths);
  if (host !== undefined) facts.set("ec2:sourceinstancearn", [[host]]);
  for (const [key, value] of requestOf(paths, extra)) {
    facts.set(key.toLowerCase(), [value === null ? null : [localized(value, identity.id)]]);
  }
  // A call through one of AWS's MCP servers names it, and which one is not known.
  if (paths?.request["aws:ViaAWSMCPService"] === "true") facts.delete("aws:calledviaawsmcp");
  return facts;
}

/** What every request of the workload carries, then what this one does. */
function requestOf(
  paths: EstatePaths | undefined,
  extra: Readonly<Record<string, string | null>>,
): [string, string | null][] {
  return Object.entries({ ...paths?.request, ...extra });
}

function callerFacts(identity: Identity, resource: string): Map<string, readonly Value[]> {
  const role = identity.kind === "role";
  return new Map<string, readonly Value[]>([
    ["aws:principalarn", [[identity.id]]],
    ["aws:principalaccount", [[identity.scope]]],
    ["aws:principaltype", [[role ? "AssumedRole" : "User"]]],
    ["aws:username", [role ? null : [identity.name]]],
    ["aws:principalisawsservice", [["false"]]],
    ["aws:viaawsservice", [["false"]]],
    ["aws:viaawsmcpservice", [["false"], null]],
    ["aws:calledvia", [null]],
    ["aws:calledviafirst", [null]],
    ["aws:calledvialast", [null]],
    ["aws:calledviaawsmcp", [null]],
    ...ofServices.map((key) => [key, [null]] as const),
    ["aws:securetransport", [["true"]]],
    ["aws:multifactorauthpresent", role ? [null, ["false"]] : [null]],
    ["aws:multifactorauthage", [null]],
    // Workloads get their sessions without one.
    ["aws:sourceidentity", [null]],
    ["aws:resourceaccount", [[accountOf(resource) ?? identity.scope]]],
    ["s3:resourceaccount", [[accountOf(resource) ?? identity.scope]]],
  ]);
}

/**
 * The machine that gave the identity its session, where only one can have.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
function hostOf({ id }: Identity, paths: EstatePaths | undefined): string | undefined {
  const host = paths?.host;
  return host !== undefined &&
    paths?.holders.some((holder) => holder.id === host && holder.identity === id) === true
    ? host
    : undefined;
}

/** A policy of AWS's own, as the partition of the identity names it. */
export function localized(value: string, identity: string): string {
  return value.replace(/^arn:aws:iam::aws:/, `arn:${partitionOf(identity)}:iam::aws:`);
}

function clockFacts(now: string | undefined, role: boolean): Facts {
  if (now === undefined) return new Map();
  return new Map([
    ["aws:currenttime", [[now]]],
    ["aws:epochtime", [[String(Math.floor(Date.parse(now) / 1000))]]],
    ["aws:tokenissuetime", [role ? [now] : null]],
  ]);
}

/** Tags of the target, and a mark where those of the caller were not read. */
function tagFacts(caller: string, target: string, paths: EstatePaths | undefined): Facts {
  const facts = new Map<string, readonly Value[]>();
  if (paths?.tags.get(caller) === null) facts.set(unreadPrincipalTags, []);
  const tags = paths?.tags.get(target);
  if (!tags) return facts;
  facts.set(readResourceTags, []);
  for (const [key, value] of Object.entries(tags)) {
    facts.set(`${readResourceTags}${key.toLowerCase()}`, [[value]]);
  }
  return facts;
}

export function accountOf(resource: string): string | undefined {
  const account = arnParts(resource)?.[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
