import type { GateBlock, PortRange, TransportProtocol } from "../model/exposure.ts";
import type { Approach, Gate, NetworkInventory } from "../model/network.ts";
import { addressesAt, cuts } from "../net/flow-set.ts";
import { intersect, isEmpty, subtract, type PrefixSet } from "../net/prefix-set.ts";
import { speaksOf } from "./gate-flows.ts";
import { routeCode } from "./route-flows.ts";
import type { Walk } from "./walk.ts";

/** Workload ports of one approach that the same gates keep closed. */
export interface BlockedPorts {
  readonly port: PortRange;
  readonly gates: readonly GateBlock[];
  readonly firstGate: GateBlock;
}

/** What closes each port of an approach: the first gate in packet order, and every gate that would close it alone. */
export function blocksOf(
  approach: Approach,
  protocol: TransportProtocol,
  walk: Walk,
  space: PrefixSet,
  network: NetworkInventory,
): BlockedPorts[] {
  const clients = subtract(space, walk.own);
  const fixed = approach.legs.findLast(({ port }) => port !== undefined)?.port;
  const ranges = walk.answers.flatMap(({ gates }) =>
    gates.flatMap(({ flows }) => flows.map(({ ports }) => ports)),
  );
  const segments =
    fixed === undefined ? cuts(ranges, approach.entryPorts) : [{ from: fixed, to: fixed }];
  const out: BlockedPorts[] = [];
  for (const port of segments) {
    const gates = closedBy(approach, protocol, port.from, walk, clients, network);
    const [firstGate] = gates;
    if (!firstGate) continue;
    const last = out.at(-1);
    if (last && last.port.to + 1 === port.from && sameGates(last.gates, gates))
      out[out.length - 1] = { ...last, port: { from: last.port.from, to: port.to } };
    else out.push({ port, gates, firstGate });
  }
  return out;
}

function closedBy(
  approach: Approach,
  protocol: TransportProtocol,
  port: number,
  walk: Walk,
  clients: PrefixSet,
  network: NetworkInventory,
): GateBlock[] {
  let alive = clients;
  let here = approach.legs[0]?.port ?? (approach.via.length > 0 ? approach.entryPorts.from : port);
  const out: GateBlock[] = [];
  for (const [i, leg] of approach.legs.entries()) {
    here = leg.port ?? here;
    for (const { gate, flows } of walk.answers[i]?.gates ?? []) {
      const passing = closedNow(gate, leg.family) ? undefined : addressesAt(flows, here);
      const alone = passing ? intersect(clients, passing) : undefined;
      const before = alive;
      const next = passing ? intersect(alive, passing) : undefined;
      if (!isEmpty(alive) && (!next || isEmpty(next))) {
        out.push(block(gate, protocol, here, before, leg.family, network));
        alive = { family: clients.family, borders: [] };
      } else if (!alone || isEmpty(alone)) {
        out.push(block(gate, protocol, here, clients, leg.family, network));
      } else if (next) alive = next;
    }
  }
  return isEmpty(alive) ? out : [];
}

function closedNow(gate: Gate, family: Approach["family"]): boolean {
  return gate.kind === "state" && !gate.open && speaksOf(gate, family);
}

function block(
  gate: Gate,
  protocol: TransportProtocol,
  port: number,
  clients: PrefixSet,
  family: Approach["family"],
  network: NetworkInventory,
): GateBlock {
  const { code, source } = gate;
  if (gate.kind === "state")
    return {
      code,
      ...(gate.rule !== undefined && { rule: gate.rule }),
      because: gate.because,
      source,
    };
  if (gate.kind === "routes") {
    const table = network.routeTables?.get(gate.table);
    return {
      code: table ? routeCode(table, family, clients) : code,
      rule: gate.table,
      because: `${gate.table} routes no reply to these clients through an internet gateway`,
      source: table?.source ?? source,
    };
  }
  const what = gate.kind === "rules" && gate.port === "reply" ? "replies of" : "";
  return {
    code,
    rule: gate.id,
    because: `${gate.id} admits no ${what} ${protocol}/${port} for these ends`.replace("  ", " "),
    source,
  };
}

function sameGates(a: readonly GateBlock[], b: readonly GateBlock[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ code, rule }, i) => code === b[i]?.code && rule === b[i]?.rule)
  );
}
