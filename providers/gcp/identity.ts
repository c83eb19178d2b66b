import type { Identity, PolicyDocument } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";

/** Identities of the scope and the documents that bear on them. */
export function readIdentities(_snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
} {
  return { identities: [], policies: [] };
}
