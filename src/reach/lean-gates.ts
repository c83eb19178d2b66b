import type { IpFamily, PortRange, TransportProtocol } from "../model/exposure.ts";
import type { Gate, Leg, NetworkInventory, Rule, RuleGate } from "../model/network.ts";
import { cuts } from "../net/flow-set.ts";
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
  const known = boundedMap<{ readonly read: LeanGate | undefined }>();
  const peerOf = peerReader(family, sets);
  return (gate, leg, protocol) => {
    if (gate.kind === "state")
      return gate.open || !speaksOf(gate, family) ? open : gate.latent ? undefined : shut;
    if (gate.kind === "unread") return speaksOf(gate, family) ? undefined : open;
    if (gate.kind === "rules" && gate.match === "union" && gate.port === "dialled") {
      const fast = ofUnion(gate, network, protocol, sets, peerOf);
      if (fast !== "general") return fast;
    }
    const key = keyOf(gate, protocol);
    const found = known.get(key) ?? {
      read: inGeneral(gate, leg, protocol, { network, family, sets, peerOf }),
    };
    known.set(key, found);
    return found.read;
  };
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

/** Most interfaces have a union of their own, so that it is neither kept nor taken apart by more than its ports. */
function ofUnion(
  gate: RuleGate,
  network: NetworkInventory,
  protocol: TransportProtocol,
  sets: SetTable,
  peerOf: PeerReader,
): LeanGate | undefined | "general" {
  if (gate.unread !== undefined || gate.peer === "to") return undefined;
  const list: Rule[] = [];
  const peers: number[] = [];
  for (const id of gate.ruleSets) {
    for (const rule of network.ruleSets?.get(id)?.rules ?? []) {
      if (rule.protocol !== "any" && rule.protocol !== protocol) continue;
      if (rule.sourcePorts) return "general";
      if (unresolved(rule)) return undefined;
      if (rule.action !== "allow") continue;
      list.push(rule);
      peers.push(peerOf(rule, protocol));
    }
  }
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
  return { starts, sets: passing, senders: clientPorts, rules: { list, peers }, own: nobody };
}

function bordersOf(rules: readonly Rule[]): number[] {
  const out = [0];
  for (const { ports } of rules) {
    if (!out.includes(ports.from)) out.push(ports.from);
    if (ports.to < 65_535 && !out.includes(ports.to + 1)) out.push(ports.to + 1);
  }
  return out.sort((a, b) => a - b);
}

function unresolved({ peers }: Rule): boolean {
  for (const { kind } of peers) if (kind === "unknown") return true;
  return false;
}

/** All that the reading of a gate depends on, and the names that it is told by. */
function keyOf(gate: Gate, protocol: TransportProtocol): string {
  if (gate.kind === "routes") return `${gate.id}|${gate.table}|${gate.families?.join()}`;
  if (gate.kind !== "rules") return protocol + JSON.stringify(gate);
  const { match, peer, port, unread, ruleSets } = gate;
  return `${protocol}|${match}|${peer}|${port}|${unread ?? ""}|${ruleSets.join("|")}`;
}

interface Means {
  readonly network: NetworkInventory;
  readonly family: IpFamily;
  readonly sets: SetTable;
  readonly peerOf: PeerReader;
}

function inGeneral(
  gate: Gate,
  leg: Leg,
  protocol: TransportProtocol,
  { network, family, sets, peerOf }: Means,
): LeanGate | undefined {
  if ("peer" in gate && gate.peer === "to") return undefined;
  const { limits, grants } = unreadBy(gate, leg, protocol, network);
  if (limits.length > 0 || grants.length > 0) return undefined;
  const { from, to } = leg;
  const { cube } = passes(gate, { family, protocol, from, to, reading: "least" }, network);
  const [slice, second] = cube;
  if (second) return undefined;
  const flows = slice?.flows ?? [];
  const segments = cuts([...flows.map(({ ports }) => ports), ...orderedPorts(gate, network)]);
  const table = gate.kind === "routes" ? network.routeTables?.get(gate.table) : undefined;
  return {
    starts: segments.map((each) => each.from),
    sets: segments.map((each) => {
      const box = flows.find(({ ports }) => ports.from <= each.from && each.from <= ports.to);
      return box ? sets.idOf(box.addresses) : nobody;
    }),
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
