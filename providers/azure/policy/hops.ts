import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { directoryHops } from "./hops-directory.ts";
import { assignHops, holderHops, surest, unseenHops, vaultHops } from "./hops-held.ts";
import { assignmentHops, definitionHops } from "./hops-own.ts";

/** Every way that leads out of this identity, as far as the estate is known. */
export function hopsOf(identity: Identity, estate: EstateIndex): readonly Hop[] {
  return surest([
    ...holderHops(identity, estate),
    ...unseenHops(identity, estate),
    ...assignHops(identity, estate),
    ...vaultHops(identity, estate),
    ...directoryHops(identity, estate),
    ...definitionHops(identity, estate),
    ...assignmentHops(identity, estate),
  ]);
}
