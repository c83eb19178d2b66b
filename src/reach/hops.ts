import type { Hop } from "../model/exposure.ts";
import type { Source } from "../model/finding.ts";
import type {
  Approach,
  Gate,
  Leg,
  NetworkInventory,
  Route,
  RuleGate,
  StateGate,
} from "../model/network.ts";
import { formatAddress } from "../net/address.ts";
import {
  contains,
  firstOf,
  holdsAddress,
  intersect,
  isEmpty,
  type PrefixSet,
} from "../net/prefix-set.ts";
import { hasPort, rangesOf } from "../net/port-set.ts";
import { decidingRule, wordsOf, type Witness } from "./deciding-rule.ts";
import { decidedBy } from "./decided-by.ts";
import type { Box } from "./boxes.ts";
import { clientPorts } from "./parties.ts";
import { routedBy } from "./route-flows.ts";
import type { Walk } from "./walk.ts";
import type { TransportProtocol } from "../model/exposure.ts";

/** The path of an exposure, with the rule that let it pass at each gate. */
export function hopsOf(
  approach: Approach,
  protocol: TransportProtocol,
  box: Box,
  walk: Walk,
  network: NetworkInventory,
  space: PrefixSet,
): Hop[] {
  const address = firstOf(box.clients);
  const client = address === undefined ? "" : formatAddress(approach.family, address);
  const outside = !isEmpty(intersect(box.clients, space));
  const source = sourceHop(client, contains(box.clients, space), outside);
  let port = box.entry.from;
  const hops = approach.legs.flatMap((leg, i): Hop[] => {
    port = leg.port ?? (i === 0 ? box.entry.from : port);
    const witness = { client, port, reply: replyPort(box), protocol };
    const gates = walk.answers[i]?.gates ?? [];
    const last = i === approach.legs.length - 1;
    const stop: Hop = last ? stopHop(leg.stop, protocol, port) : leg.stop;
    const again = approach.legs[i + 1]?.stop.id === stop.id;
    return [
      ...gates.map(({ gate }) => gateHop(gate, leg, witness, network)),
      ...(again ? [] : [stop]),
    ];
  });
  return [source, ...hops];
}

/** `outside`: whether some of the clients are on the internet; `whole`: whether all of the internet is. */
export function sourceHop(client: string, whole: boolean, outside: boolean): Hop {
  return {
    kind: "source",
    id: outside ? "internet" : "inside",
    because: whole
      ? "any internet address can send to it"
      : `${outside ? "internet clients" : "clients"} such as ${client} can send to it`,
    source: { kind: "rule", id: "client-space" },
  };
}

function replyPort({ senders }: Box): number {
  const usual = 49_152;
  if (hasPort(senders, usual)) return usual;
  return Math.max(clientPorts.from, rangesOf(senders)[0]?.from ?? usual);
}

export function stopHop(
  { kind, id, because, source }: Leg["stop"],
  protocol: TransportProtocol,
  port: number,
): Hop {
  return { kind, id, because: `${because} on ${protocol}/${port}`, source };
}

export function stateHop({ id, rule, because, source }: StateGate): Hop {
  return rule === undefined
    ? { kind: "gate", id, because, source }
    : { kind: "gate", id, rule, because, source };
}

export function gateHop(gate: Gate, leg: Leg, witness: Witness, network: NetworkInventory): Hop {
  if (gate.kind === "state") return stateHop(gate);
  const { rule, because, source } = passageOf(gate, leg, witness, network);
  return {
    kind: "gate",
    id: gate.id,
    ...(rule !== undefined && { rule }),
    because,
    source: source ?? gate.source,
  };
}

interface Passage {
  readonly rule?: string;
  readonly because: string;
  readonly source?: Source;
}

/** What let the packet through. */
function passageOf(
  gate: Exclude<Gate, StateGate>,
  leg: Leg,
  witness: Witness,
  network: NetworkInventory,
): Passage {
  if (gate.kind === "unread") return { because: gate.because };
  if (gate.kind === "rules") return admission(gate, leg, witness, network);
  if (gate.kind !== "routes") {
    const { rule, because } = decidedBy(gate, leg, witness, "allow", network);
    return rule ? { rule: rule.id, because, source: rule.source } : { because };
  }
  const route = routeFor(gate.table, leg, witness, network);
  const because = route?.because ?? "the client's address is not routed away";
  return { rule: gate.id, because, ...(route && { source: route.source }) };
}

function admission(gate: RuleGate, leg: Leg, witness: Witness, network: NetworkInventory): Passage {
  const party = gate.peer === "from" ? leg.from : leg.to;
  const only = party.addresses === "client" ? undefined : "allow";
  const rule = decidingRule(gate, leg, witness, network, only);
  if (!rule) return { because: "admitted by rules that could not be read in full" };
  return { rule: rule.id, because: wordsOf(rule, gate), source: rule.source };
}

function routeFor(
  id: string,
  leg: Leg,
  { client }: Witness,
  network: NetworkInventory,
): Route | undefined {
  const table = network.routeTables?.get(id);
  if (!table) return undefined;
  return routedBy(table, leg.family).find(({ from, end }) =>
    holdsAddress({ family: leg.family, borders: [from, end] }, client),
  )?.value;
}
