import type { Hop } from "../model/exposure.ts";
import type {
  Approach,
  Gate,
  Leg,
  NetworkInventory,
  Route,
  Rule,
  RuleGate,
} from "../model/network.ts";
import { formatAddress } from "../net/address.ts";
import { firstOf, holdsAddress, intersect, isEmpty } from "../net/prefix-set.ts";
import { hasPort, rangesOf } from "../net/port-set.ts";
import { clientPorts } from "./gate-flows.ts";
import { routedBy } from "./route-flows.ts";
import { addressesOf, applicable, peersOf, type RuleQuestion } from "./rule-flows.ts";
import type { Box, Walk } from "./walk.ts";
import type { TransportProtocol } from "../model/exposure.ts";

/** One packet of the exposure; what let it pass stands for the whole. */
interface Witness {
  readonly client: string;
  readonly port: number;
  readonly reply: number;
  readonly protocol: TransportProtocol;
}

/** The path of an exposure, with the rule that let it pass at each gate. */
export function hopsOf(
  approach: Approach,
  protocol: TransportProtocol,
  box: Box,
  walk: Walk,
  network: NetworkInventory,
): Hop[] {
  const address = firstOf(box.clients);
  const client = address === undefined ? "" : formatAddress(approach.family, address);
  const source: Hop = {
    kind: "source",
    id: "internet",
    because: `internet clients such as ${client} can send to it`,
    source: { kind: "rule", id: "client-space" },
  };
  let port = box.entry.from;
  const hops = approach.legs.flatMap((leg, i): Hop[] => {
    port = leg.port ?? (i === 0 ? box.entry.from : port);
    const witness = { client, port, reply: replyPort(walk), protocol };
    const gates = walk.answers[i]?.gates ?? [];
    const last = i === approach.legs.length - 1;
    const stop: Hop = last
      ? { ...leg.stop, because: `${leg.stop.because} on ${protocol}/${port}` }
      : leg.stop;
    const again = approach.legs[i + 1]?.stop.id === stop.id;
    return [
      ...gates.map(({ gate }) => gateHop(gate, leg, witness, network)),
      ...(again ? [] : [stop]),
    ];
  });
  return [source, ...hops];
}

function replyPort({ replyPorts }: Walk): number {
  const usual = 49_152;
  if (hasPort(replyPorts, usual)) return usual;
  return Math.max(clientPorts.from, rangesOf(replyPorts)[0]?.from ?? usual);
}

function gateHop(gate: Gate, leg: Leg, witness: Witness, network: NetworkInventory): Hop {
  const plain = { kind: "gate", id: gate.id, source: gate.source } as const;
  if (gate.kind === "state")
    return { ...plain, ...(gate.rule !== undefined && { rule: gate.rule }), because: gate.because };
  if (gate.kind === "unread") return { ...plain, because: gate.because };
  if (gate.kind === "routes") {
    const route = routeFor(gate.table, leg, witness, network);
    const because = route?.because ?? "the client's address is not routed away";
    return { ...plain, rule: gate.id, because, source: route?.source ?? gate.source };
  }
  const rule = ruleFor(gate, leg, witness, network);
  if (!rule) return { ...plain, because: "admitted by rules that could not be read in full" };
  return { ...plain, rule: rule.id, because: admits(rule, gate), source: rule.source };
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

function ruleFor(
  gate: RuleGate,
  leg: Leg,
  witness: Witness,
  network: NetworkInventory,
): Rule | undefined {
  const party = gate.peer === "from" ? leg.from : leg.to;
  const port = gate.port === "dialled" ? witness.port : Math.max(witness.reply, 1024);
  const question: RuleQuestion = {
    family: leg.family,
    protocol: witness.protocol,
    groups: party.groups,
    reading: "most",
  };
  const rules = gate.ruleSets.flatMap((id) => network.ruleSets?.get(id)?.rules ?? []);
  const wanted = applicable(rules, witness.protocol).filter(
    ({ ports, action }) =>
      ports.from <= port && port <= ports.to && (gate.match === "first" || action === "allow"),
  );
  return wanted.find((rule) => {
    const set = peersOf(rule, question);
    return party.addresses === "client"
      ? holdsAddress(set, witness.client)
      : rule.action === "allow" && !isEmpty(intersect(set, addressesOf(party, leg.family)));
  });
}

function admits(rule: Rule, gate: RuleGate): string {
  const ports =
    rule.ports.from === 0 && rule.ports.to === 65_535
      ? "every port"
      : rule.ports.from === rule.ports.to
        ? `port ${rule.ports.from}`
        : `ports ${rule.ports.from}-${rule.ports.to}`;
  const peers = rule.peers
    .slice(0, 3)
    .map((peer) =>
      peer.kind === "prefix" ? peer.cidr : peer.kind === "group" ? peer.id : "an unread list",
    );
  const who = `${peers.join(", ")}${rule.peers.length > 3 ? ", …" : ""}`;
  const direction = gate.peer === "from" && gate.port === "dialled" ? "from" : "to";
  return `${rule.id} ${rule.action}s ${rule.protocol} ${ports} ${direction} ${who}`;
}
