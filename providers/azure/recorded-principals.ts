import type { Recorded } from "../call.ts";
import { principalsIn } from "./identity-principals.ts";
import { assignedIdentityCall, holderCalls } from "./operations-identity.ts";
import { recordedResources } from "./recorded-ids.ts";

/** Every identity that a list showed, by the object id of its principal, each once and in order. */
export function recordedPrincipals(recorded: Recorded): readonly string[] {
  const principals = [...holderCalls, assignedIdentityCall]
    .flatMap((operation) => recordedResources(recorded, operation))
    .flatMap((resource) => principalsIn(resource).map(({ principal }) => principal));
  return [...new Set(principals)].toSorted();
}
