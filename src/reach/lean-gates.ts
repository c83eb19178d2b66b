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
    const found = readings.find((each) => each.protocol === protocol && same(each.gate, gate));
    if (found) return found.read;
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
    a.ruleSets.length === b.ruleSets.length &&
    a.ruleSets.every((id, i) => id === b.ruleSets[i])
  );
}

type PeerReader = (rule: Rule, protocol: TransportProtocol) => number;

function peerReader(family: IpFamily, sets: SetTable): PeerReader {
  const known: BoundedMap<number> = boundedMap();
  return (rule, protocol) => {
    const question = { family, protocol, groups: [], reading: "least" } as const;
    const [peer, second] = rule.peers;
    if (peer?.kind !== "prefix" || second) return sets.idOf(peersOf(rule, question));
    const found = known.get(peer.cidr) ?? sets.idOf(peersOf(rule, question));
    known.set(peer.cidr, found);
    return found;
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
  return { ...unionOver({ list, peers }, sets), senders: clientPorts, own: nobody };
}

function unionOver(rules: LeanRules, sets: SetTable): Pick<LeanGate, "starts" | "sets" | "rules"> {
  const { list, peers } = rules;
  const starts: number[] = [];
  const passing: number[] = [];
  for (const port of bordersOf(list)) {
    let sum = nobody;
    for (let i = 0; i < list.length; i += 1) {
      const ports = list[i]?.ports;
      if (ports && ports.from <= port && port <= ports.to) sum = sets.or(sum, peers[i] ?? nobody);
    }
    if (sum === passing.at(-1)) continue;
    starts.push(port);
    passing.push(sum);
  }
  return { starts, sets: passing, rules };
}

function bordersOf(rules: readonly Rule[]): number[] {
  const out = [0];
  for (const { ports } of rules) {
    if (!out.includes(ports.from)) out.push(ports.from);
    if (ports.to < 65_535 && !out.includes(ports.to + 1)) out.push(ports.to + 1);
  }
  return out.length < 3 ? out : out.toSorted((a, b) => a - b);
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
