import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach, Gate, RuleSet } from "../../src/model/network.ts";
import type { Provider } from "../../src/model/provider.ts";

export const source = { kind: "rule", id: "test" } as const;

/** One machine `vm` behind the chain `c`. */
export function inventoryOf(
  provider: Provider,
  ruleSets: ReadonlyMap<string, RuleSet>,
  gates: readonly Gate[],
  approaches: readonly Approach[],
): Inventory {
  return {
    provider,
    scope: "s",
    networks: [],
    ruleSets,
    chains: new Map([["c", { id: "c", gates }]]),
    approaches,
    workloads: [
      {
        id: "vm",
        name: "vm",
        kind: "instance",
        tags: {},
        provider,
        scope: "s",
        region: "r",
        state: "running",
        identities: [],
        texts: [],
        source,
      },
    ],
    identities: [],
    policies: [],
    gaps: [],
  };
}
