import type { IpFamily, PortRange, TransportProtocol } from "../model/exposure.ts";
import type {
  Gate,
  Leg,
  NetworkInventory,
  RouteGate,
  Rule,
  RuleGate,
  StateGate,
} from "../model/network.ts";
import type { Slice } from "../net/flow-cube.ts";
import { addressesAt, cuts } from "../net/flow-set.ts";
import { emptySet } from "../net/prefix-set.ts";
import { everybody, nobody, type SetTable } from "../net/set-table.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import { orderedPorts } from "./blocks.ts";
import { passes, speaksOf } from "./gate-flows.ts";
import { clientPorts } from "./parties.ts";
import { sameList } from "./plain.ts";
import { ownDestinations } from "./route-flows.ts";
import { applicable, peersOf, rulesOf } from "./rule-flows.ts";
import { unreadBy } from "./unread.ts";

/** What clients pass of a gate that was read in full, as numbers of sets. */
export interface LeanGate {
  /** First ports of segments, ascending from 0, with who passes from there on; another rule may decide in each. */
  readonly starts: readonly number[];
  readonly sets: readonly number[];
  /** Ports to send from. */
  readonly senders: PortRange;
  readonly rules?: LeanRules;
  /** Addresses of the network itself. */
  readonly own: number;
}

/** Rules of the protocol in order, with who they speak about. */
export interface LeanRules {
  readonly list: readonly Rule[];
  readonly peers: readonly number[];
}

/** Reads gates for clients without groups; undefined = only the general way knows the answer. */
export type LeanReader = (
  gate: Gate,
  leg: Leg,
  protocol: TransportProtocol,
) => LeanGate | undefined;

const open: LeanGate = { starts: [0], sets: [everybody], senders: clientPorts, own: nobody };
const shut: LeanGate = { ...open, sets: [nobody] };

export function leanReader(
  network: NetworkInventory,
  family: IpFamily,
  sets: SetTable,
): LeanReader {
  const known = boundedMap<Reading[]>();
  const means = { network, family, sets, peerOf: peerReader(family, sets) };
  return (gate, leg, protocol) => {
    if (gate.kind === "state") return ofState(gate, family);
    if (isUnion(gate) && gate.peer === "from" && gate.unread === undefined) {
      const fast = ofUnion(gate, protocol, means);
      if (fast) return fast;
    }
    const key = keyOf(gate);
    const readings = known.get(key) ?? [];
    for (const each of readings)
      if (each.protocol === protocol && same(each.gate, gate)) return each.read;
    const read = inGeneral(gate, leg, protocol, means);
    known.set(key, [...readings, { gate, protocol, read }]);
    return read;
  };
}

/** One gate, for all that are read like it and told by the same names. */
interface Reading {
  readonly gate: Gate;
  readonly protocol: TransportProtocol;
  readonly read: LeanGate | undefined;
}

interface Means {
  readonly network: NetworkInventory;
  readonly family: IpFamily;
  readonly sets: SetTable;
  readonly peerOf: PeerReader;
}

function ofState(gate: StateGate, family: IpFamily): LeanGate | undefined {
  if (gate.open || !speaksOf(gate, family)) return open;
  return gate.latent ? undefined : shut;
}

function isUnion(gate: Gate): gate is RuleGate {
  return gate.kind === "rules" && gate.match === "union" && gate.port === "dialled";
}

/** Equal for gates that are read alike; those that are not may share it. */
function keyOf(gate: Gate): string {
  if (gate.kind === "routes") return gate.table;
  if (gate.kind === "rules") return gate.ruleSets[0] ?? "";
  return JSON.stringify(gate);
}

function same(a: Gate, b: Gate): boolean {
  if (a.kind === "routes") return b.kind === "routes" && sameRoutes(a, b);
  return a.kind === "rules" ? b.kind === "rules" && sameRules(a, b) : a.kind === b.kind;
}

function sameRoutes(a: RouteGate, b: RouteGate): boolean {
  return (
    a.table === b.table &&
    a.id === b.id &&
    a.code === b.code &&
    a.families?.join() === b.families?.join()
  );
}

function sameRules(a: RuleGate, b: RuleGate): boolean {
  return (
    a.match === b.match &&
    a.port === b.port &&
    a.peer === b.peer &&
    a.unread === b.unread &&
    sameList(a.ruleSets, b.ruleSets)
  );
}

type PeerReader = (rule: Rule, protocol: TransportProtocol) => number;

function peerReader(family: IpFamily, sets: SetTable): PeerReader {
  const known: BoundedMap<number> = boundedMap();
  return (rule, protocol) => {
    const peer = rule.peers.length === 1 ? rule.peers[0] : undefined;
    const cidr = peer?.kind === "prefix" ? peer.cidr : undefined;
    const found = cidr === undefined ? undefined : known.get(cidr);
    if (found !== undefined) return found;
    const fresh = sets.idOf(peersOf(rule, { family, protocol, groups: [], reading: "least" }));
    if (cidr !== undefined) known.set(cidr, fresh);
    return fresh;
  };
}

/**
 * Most interfaces have a union of their own, so that it is neither kept nor taken apart by more than its ports.
 * Undefined when a rule speaks about the sender's ports, or its list could not be resolved.
 */
function ofUnion(
  { ruleSets }: RuleGate,
  protocol: TransportProtocol,
  { network, sets, peerOf }: Means,
): LeanGate | undefined {
  const list: Rule[] = [];
  const peers: number[] = [];
  for (const id of ruleSets) {
    for (const rule of network.ruleSets?.get(id)?.rules ?? []) {
      if (rule.protocol !== "any" && rule.protocol !== protocol) continue;
      if (rule.sourcePorts || unresolved(rule)) return undefined;
      if (rule.action !== "allow") continue;
      list.push(rule);
      peers.push(peerOf(rule, protocol));
    }
  }
  return unionOver({ list, peers }, sets);
}

function unionOver(rules: LeanRules, sets: SetTable): LeanGate {
  const { list, peers } = rules;
  const starts: number[] = [];
  const passing: number[] = [];
  let last = -1;
  for (const port of bordersOf(list)) {
    let sum = nobody;
    for (let i = 0; i < list.length; i += 1) {
      const ports = list[i]?.ports;
      if (ports && ports.from <= port && port <= ports.to) sum = sets.or(sum, peers[i] ?? nobody);
    }
    if (sum === last) continue;
    last = sum;
    starts.push(port);
    passing.push(sum);
  }
  return { starts, sets: passing, senders: clientPorts, rules, own: nobody };
}

/** Where rules begin and end, ascending from 0. */
function bordersOf(rules: readonly Rule[]): number[] {
  const out = [0];
  for (const { ports } of rules) {
    insert(out, ports.from);
    if (ports.to < 65_535) insert(out, ports.to + 1);
  }
  return out;
}

function insert(ascending: number[], value: number): void {
  if (ascending.includes(value)) return;
  let at = ascending.push(value) - 1;
  for (; at > 0 && (ascending[at - 1] ?? 0) > value; at -= 1)
    ascending[at] = ascending[at - 1] ?? 0;
  ascending[at] = value;
}

function unresolved({ peers }: Rule): boolean {
  for (const { kind } of peers) if (kind === "unknown") return true;
  return false;
}

function inGeneral(
  gate: Gate,
  leg: Leg,
  protocol: TransportProtocol,
  means: Means,
): LeanGate | undefined {
  const { network, family } = means;
  if ("peer" in gate && gate.peer === "to") return undefined;
  const { limits, grants } = unreadBy(gate, leg, protocol, network);
  if (limits.length > 0 || grants.length > 0) return undefined;
  const { from, to } = leg;
  const { cube } = passes(gate, { family, protocol, from, to, reading: "least" }, network);
  return cube.length > 1 ? undefined : ofSlice(gate, protocol, cube[0], means);
}

function ofSlice(
  gate: Gate,
  protocol: TransportProtocol,
  slice: Slice | undefined,
  { network, family, sets, peerOf }: Means,
): LeanGate {
  const flows = slice?.flows ?? [];
  const segments = cuts([...flows.map(({ ports }) => ports), ...orderedPorts(gate, network)]);
  const table = gate.kind === "routes" ? network.routeTables?.get(gate.table) : undefined;
  return {
    starts: segments.map((each) => each.from),
    sets: segments.map((each) => sets.idOf(addressesAt(flows, each.from) ?? emptySet(family))),
    senders: slice?.senders ?? clientPorts,
    own: table ? sets.idOf(ownDestinations(table, family)) : nobody,
    ...(gate.kind === "rules" && { rules: rulesIn(gate, protocol, network, peerOf) }),
  };
}

function rulesIn(
  { match, ruleSets }: RuleGate,
  protocol: TransportProtocol,
  network: NetworkInventory,
  peerOf: PeerReader,
): LeanRules {
  const list = applicable(rulesOf(ruleSets, network), protocol).filter(
    ({ action }) => match === "first" || action === "allow",
  );
  return { list, peers: list.map((rule) => peerOf(rule, protocol)) };
}
