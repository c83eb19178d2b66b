import type { Inventory } from "../model/inventory.ts";
import type { Approach, Gate, NetworkInventory, RuleGate, StagedGate } from "../model/network.ts";
import { noPorts, portsAmong, unionPorts, type PortSet } from "../net/port-set.ts";
import type { BoundedMap } from "./bounded-map.ts";

/** Ports that some rule on the way admits to someone. */
export function admitted(
  { legs }: Approach,
  inventory: Inventory,
  known: BoundedMap<PortSet>,
): PortSet {
  return legs.reduce((sum, { chain }) => {
    if (chain === undefined) return sum;
    const found =
      known.get(chain) ?? admittedBy(inventory.chains?.get(chain)?.gates ?? [], inventory);
    known.set(chain, found);
    return unionPorts(sum, found);
  }, noPorts);
}

/** Unions and stages name ports that someone wanted open; ordered lists alone count where there are no others. */
export function admittedBy(gates: readonly Gate[], { ruleSets }: NetworkInventory): PortSet {
  const ranges: number[] = [];
  const naming = gates.some((gate) => listsRequests(gate) && names(gate));
  for (const gate of gates) {
    if (!listsRequests(gate) || (naming && !names(gate))) continue;
    for (const id of listsOf(gate))
      for (const { action, ports } of ruleSets?.get(id)?.rules ?? [])
        if (action === "allow" && ports.from <= ports.to) ranges.push(ports.from, ports.to + 1);
  }
  return portsAmong(ranges);
}

function listsRequests(gate: Gate): gate is RuleGate | StagedGate {
  if (gate.kind !== "rules" && gate.kind !== "staged") return false;
  return gate.peer === "from" && gate.port === "dialled";
}

function names(gate: RuleGate | StagedGate): boolean {
  return gate.kind === "staged" || gate.match === "union";
}

function listsOf(gate: RuleGate | StagedGate): readonly string[] {
  return gate.kind === "staged" ? gate.stages.flatMap(({ ruleSets }) => ruleSets) : gate.ruleSets;
}
