import type { Inventory } from "../model/inventory.ts";
import type { Approach, RuleGate, StagedGate } from "../model/network.ts";
import { merge, type Bound } from "../net/intervals.ts";
import { noPorts, unionPorts, type PortSet } from "../net/port-set.ts";
import type { BoundedMap } from "./bounded-map.ts";

/** Ports that some rule on the way admits to someone. */
export function admitted(
  { legs }: Approach,
  inventory: Inventory,
  known: BoundedMap<PortSet>,
): PortSet {
  return legs.reduce((sum, { chain }) => {
    if (chain === undefined) return sum;
    const found = known.get(chain) ?? admittedBy(inventory, chain);
    known.set(chain, found);
    return unionPorts(sum, found);
  }, noPorts);
}

/** Unions and stages name ports that someone wanted open; ordered lists alone count where there are no others. */
export function admittedBy({ chains, ruleSets }: Inventory, chain: string): PortSet {
  const gates: (RuleGate | StagedGate)[] = [];
  let naming = false;
  for (const gate of chains?.get(chain)?.gates ?? []) {
    if (gate.kind !== "rules" && gate.kind !== "staged") continue;
    if (gate.peer === "to" || gate.port === "reply") continue;
    gates.push(gate);
    naming ||= names(gate);
  }
  const ranges: [Bound, Bound][] = [];
  for (const gate of gates) {
    if (naming && !names(gate)) continue;
    for (const id of listsOf(gate))
      for (const { action, ports } of ruleSets?.get(id)?.rules ?? [])
        if (action === "allow") ranges.push([ports.from, ports.to + 1]);
  }
  return { borders: merge(ranges) };
}

function names(gate: RuleGate | StagedGate): boolean {
  return gate.kind === "staged" || gate.match === "union";
}

function listsOf(gate: RuleGate | StagedGate): readonly string[] {
  return gate.kind === "staged" ? gate.stages.flatMap(({ ruleSets }) => ruleSets) : gate.ruleSets;
}
