import type { Identity } from "../../../src/model/identity.ts";
import type { Facts, Value } from "./conditions.ts";
import { arnParts } from "./match.ts";

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
): Facts {
  const role = identity.kind === "role";
  const facts = new Map<string, readonly Value[]>([
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
    ["aws:securetransport", [["true"]]],
    ["aws:multifactorauthpresent", role ? [null, ["false"]] : [null]],
    ["aws:multifactorauthage", [null]],
    ["aws:resourceaccount", [[accountOf(resource) ?? identity.scope]]],
    ["s3:resourceaccount", [[accountOf(resource) ?? identity.scope]]],
  ]);
  if (now !== undefined) {
    facts.set("aws:currenttime", [[now]]);
    facts.set("aws:epochtime", [[String(Math.floor(Date.parse(now) / 1000))]]);
    facts.set("aws:tokenissuetime", [role ? [now] : null]);
  }
  for (const [key, value] of Object.entries(identity.tags)) {
    facts.set(`aws:principaltag/${key.toLowerCase()}`, [[value]]);
  }
  for (const [key, value] of Object.entries(extra)) {
    facts.set(key.toLowerCase(), [value === null ? null : [value]]);
  }
  return facts;
}

function accountOf(resource: string): string | undefined {
  const account = arnParts(resource)?.[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
