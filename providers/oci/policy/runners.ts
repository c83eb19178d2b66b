import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { viewOf, type View } from "./view.ts";

/** An instance whose agent runs commands, or a function; one for all that nothing tells apart from it. */
export interface Runner {
  readonly identity: Identity;
  readonly compartment: string;
  readonly view: View;
}

const known = new WeakMap<EstateIndex["policies"], Map<string, readonly Runner[]>>();

export function holdersOf(
  estate: EstateIndex,
  tenancy: string,
  kind: "run-command" | "function",
): readonly Runner[] {
  const kept = known.get(estate.policies) ?? new Map<string, readonly Runner[]>();
  known.set(estate.policies, kept);
  const key = `${kind} ${tenancy}`;
  const found = kept.get(key) ?? findHolders(estate, tenancy, kind);
  kept.set(key, found);
  return found;
}

function findHolders(estate: EstateIndex, tenancy: string, wanted: string): Runner[] {
  const byKey = new Map<string, Runner>();
  for (const { kind, identity: id } of estate.paths?.holders ?? []) {
    const identity = estate.identities.get(id);
    if (kind !== wanted || identity?.scope !== tenancy) continue;
    const view = viewOf(identity, estate);
    const { actor } = view;
    const compartment = actor.kind === "workload" ? actor.principal.compartment : null;
    if (compartment === null || byKey.has(view.key)) continue;
    byKey.set(view.key, { identity, compartment, view });
  }
  return [...byKey.values()];
}
