import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, RuleSet } from "../../src/model/network.ts";
import type { Provider } from "../../src/model/provider.ts";

export const source = { kind: "rule", id: "test" } as const;

/** From a client straight to `vm`, through the chain `c`. */
export const directLeg: Leg = {
  family: "ipv4",
  from: { addresses: "client", groups: [] },
  to: { addresses: ["10.0.0.4"], groups: [] },
  own: [],
  chain: "c",
  stop: { kind: "workload", id: "vm", because: "delivered", source },
};

/** To any TCP port of `vm`. */
export const direct: Approach = {
  workload: "vm",
  protocol: ["tcp"],
  via: [],
  entryPorts: { from: 0, to: 65_535 },
  family: "ipv4",
  legs: [directLeg],
  entry: { address: "192.0.2.1", hosts: [], paths: [], tls: "unknown" },
  backendTls: "unknown",
  authGate: "none",
  assumptions: [],
};

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
