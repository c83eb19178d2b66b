import type { GateBlock, PortRange, TransportProtocol } from "../model/exposure.ts";
import type {
  Approach,
  Gate,
  Leg,
  NetworkInventory,
  RouteGate,
  RuleGate,
  StagedGate,
  StatelessGate,
} from "../model/network.ts";
import { addressesAt, cuts, type FlowSet } from "../net/flow-set.ts";
import { formatAddress } from "../net/address.ts";
import {
  emptySet,
  firstOf,
  intersect,
  isEmpty,
  meets,
  subtract,
  type PrefixSet,
} from "../net/prefix-set.ts";
import type { BoundedMap } from "./bounded-map.ts";
import { decidedBy } from "./decided-by.ts";
import { decidingRule, wordsOf, type Witness } from "./deciding-rule.ts";
import { senderCuts, sliceAt } from "../net/flow-cube.ts";
import { speaksOf } from "./gate-flows.ts";
import { clientPorts } from "./parties.ts";
import { looksAtReceiver } from "./plain.ts";
import { rulesOf } from "./rule-flows.ts";
import { routeCode } from "./route-flows.ts";
import type { Walk } from "./walk.ts";

/** Workload ports of one approach that the same gates keep closed. */
export interface BlockedPorts {
  readonly port: PortRange;
  readonly gates: readonly GateBlock[];
  readonly firstGate: GateBlock;
}

/** Closed ports of shared chains, judged once for all interfaces behind the same gates. */
export type BlockMemo = BoundedMap<readonly PortGates[]>;

interface PortGates {
  readonly port: PortRange;
  readonly gates: readonly GateBlock[];
}

/** What closes each port of an approach: the first gate in packet order, and every gate that would close it alone. */
export function blocksOf(
  approach: Approach,
  protocol: TransportProtocol,
  walk: Walk,
  space: PrefixSet,
  network: NetworkInventory,
  memo: BlockMemo,
): BlockedPorts[] {
  const question = { approach, protocol, clients: subtract(space, walk.own), network };
  const [leg, next] = approach.legs;
  const answer = walk.answers[0];
  const plain = leg && answer && !next && !approach.clients && leg.port === undefined;
  if (!plain || leg.own.some(({ kind }) => kind !== "state"))
    return joinPorts(segmentsOf(question, walk.answers, question.clients));
  const count = leg.own.length;
  const shared = answer.gates.slice(count);
  const ownGates = leg.own
    .filter((gate) => closedNow(gate, leg.family))
    .map((gate) => block(gate, protocol, 0, question.clients, leg, network));
  const { from, to } = approach.entryPorts;
  const receiver = looksAtReceiver(network, leg.chain) ? JSON.stringify(leg.to) : "";
  const sender = leg.from.groups.join();
  const families = `${approach.family} ${leg.family}`;
  const shut = ownGates.length > 0;
  const key = [leg.chain, protocol, families, from, to, sender, receiver, shut].join("|");
  const nobody = { family: approach.family, borders: [] };
  const alive = ownGates.length > 0 ? nobody : question.clients;
  const found = memo.get(key) ?? segmentsOf(question, [{ gates: shared }], alive);
  memo.set(key, found);
  if (ownGates.length === 0) return joinPorts(found);
  return joinPorts(found.map(({ port, gates }) => ({ port, gates: [...ownGates, ...gates] })));
}

interface BlockQuestion {
  readonly approach: Approach;
  readonly protocol: TransportProtocol;
  readonly clients: PrefixSet;
  readonly network: NetworkInventory;
}

type Judged = readonly Pick<Walk["answers"][number], "gates">[];

/** Port ranges within which nothing changes, with the gates that close them; none = open. */
function segmentsOf(question: BlockQuestion, answers: Judged, alive: PrefixSet): PortGates[] {
  const { approach, network } = question;
  const fixed = approach.legs.findLast(({ port }) => port !== undefined)?.port;
  const gates = answers.flatMap((answer) => answer.gates);
  const ranges = gates.flatMap(({ gate, flows }) =>
    flows.map(({ ports }) => ports).concat(orderedPorts(gate, network)),
  );
  const segments =
    fixed === undefined ? cuts(ranges, approach.entryPorts) : [{ from: fixed, to: fixed }];
  const passing = passingOf(approach, answers);
  return segments.map((port) => ({ port, gates: closedBy(question, passing, port.from, alive) }));
}

/** What each gate lets pass, for each range of the client's own ports. */
interface Passing {
  readonly gate: Gate;
  readonly leg: Leg;
  readonly bySender: readonly FlowSet[];
}

function passingOf(approach: Approach, answers: Judged): Passing[] {
  const cubes = answers.flatMap(({ gates }, i) =>
    approach.legs[i]?.from.addresses === "client" ? gates.map(({ cube }) => cube) : [],
  );
  const senders = senderCuts(cubes, clientPorts);
  return approach.legs.flatMap((leg, i) => {
    const kept = leg.from.addresses === "client";
    return (answers[i]?.gates ?? []).map(({ gate, flows, cube }): Passing => {
      const closed = closedNow(gate, leg.family);
      const bySender = senders.map(({ from }) =>
        closed ? [] : kept ? sliceAt(cube, from) : flows,
      );
      return { gate, leg, bySender };
    });
  });
}

/** Where another rule of an ordered list may decide, though nothing passes either way. */
export function orderedPorts(gate: Gate, network: NetworkInventory): PortRange[] {
  const ordered = gate.kind === "rules" && gate.match === "first" ? gate.ruleSets : undefined;
  if (!("port" in gate) || gate.port === "reply") return [];
  const lists =
    gate.kind === "staged" ? gate.stages.flatMap(({ ruleSets }) => ruleSets) : (ordered ?? []);
  return rulesOf(lists, network).map(({ ports }) => ports);
}

function joinPorts(segments: readonly PortGates[]): BlockedPorts[] {
  const out: BlockedPorts[] = [];
  for (const { port, gates } of segments) {
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
  { approach, protocol, clients, network }: BlockQuestion,
  gates: readonly Passing[],
  port: number,
  start: PrefixSet,
): GateBlock[] {
  const nobody = emptySet(approach.family);
  let alive = Array.from({ length: gates[0]?.bySender.length ?? 1 }, () => start);
  let here = port;
  const out: GateBlock[] = [];
  for (const { gate, leg, bySender } of gates) {
    here = leg.port ?? here;
    const passing = bySender.map((flows) => addressesAt(flows, here) ?? nobody);
    const left = alive.map((set, i) => intersect(set, passing[i] ?? nobody));
    const before = alive.find((set) => !isEmpty(set));
    const decides = before !== undefined && left.every(isEmpty);
    if (decides || !passing.some((set) => meets(clients, set)))
      out.push(block(gate, protocol, here, decides ? before : clients, leg, network));
    alive = left;
  }
  return alive.every(isEmpty) ? out : [];
}

function closedNow(gate: Gate, family: Approach["family"]): boolean {
  return gate.kind === "state" && !gate.open && speaksOf(gate, family);
}

export function block(
  gate: Gate,
  protocol: TransportProtocol,
  port: number,
  clients: PrefixSet,
  leg: Leg,
  network: NetworkInventory,
): GateBlock {
  const { code, source } = gate;
  if (gate.kind === "state" || gate.kind === "unread") {
    const rule = gate.kind === "state" ? gate.rule : gate.id;
    return { code, ...(rule !== undefined && { rule }), because: gate.because, source };
  }
  if (gate.kind === "routes") return noRoute(gate, clients, leg, network);
  if (gate.kind === "rules")
    return { code, ...refusal(gate, protocol, port, clients, leg, network) };
  return denied(gate, witnessOf(clients, port, protocol), leg, network);
}

function denied(
  gate: StagedGate | StatelessGate,
  witness: Witness,
  leg: Leg,
  network: NetworkInventory,
): GateBlock {
  const { rule, stage, because } = decidedBy(gate, leg, witness, "deny", network);
  return {
    code: stage?.code ?? gate.code,
    rule: rule?.id ?? gate.id,
    because,
    source: rule?.source ?? gate.source,
  };
}

function noRoute(
  gate: RouteGate,
  clients: PrefixSet,
  { family }: Leg,
  network: NetworkInventory,
): GateBlock {
  const table = network.routeTables?.get(gate.table);
  return {
    code: table ? routeCode(table, family, clients) : gate.code,
    rule: gate.id,
    because: `${gate.id} routes no reply to these clients through an internet gateway`,
    source: table?.source ?? gate.source,
  };
}

/** The port that answers usually go back to, when no rule tells another. */
export const usualReply = 49_152;

function witnessOf(clients: PrefixSet, port: number, protocol: TransportProtocol): Witness {
  const first = firstOf(clients);
  const client = first === undefined ? "" : formatAddress(clients.family, first);
  return { client, port, reply: usualReply, protocol };
}

/** The deny that decided in an ordered list; else the list in which nothing matched. */
function refusal(
  gate: RuleGate,
  protocol: TransportProtocol,
  port: number,
  clients: PrefixSet,
  leg: Leg,
  network: NetworkInventory,
): Omit<GateBlock, "code"> {
  const reply = gate.port === "reply";
  if (gate.match === "first") {
    const rule = decidingRule(gate, leg, witnessOf(clients, port, protocol), network);
    if (rule?.action === "deny")
      return { rule: rule.id, because: wordsOf(rule, gate), source: rule.source };
  }
  const [only] = gate.ruleSets;
  const rule = gate.match === "first" && only !== undefined ? only : gate.id;
  const what = reply ? "no replies of" : "no";
  const because = `${gate.id} admits ${what} ${protocol}/${port} for these ends`;
  return { rule, because, source: gate.source };
}

function sameGates(a: readonly GateBlock[], b: readonly GateBlock[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ code, rule }, i) => code === b[i]?.code && rule === b[i]?.rule)
  );
}
