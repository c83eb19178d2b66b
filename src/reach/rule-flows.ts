import type { IpFamily, PortRange, TransportProtocol } from "../model/exposure.ts";
import type { NetworkInventory, Peer, Rule } from "../model/network.ts";
import { parsePrefix } from "../net/address.ts";
import { cubeOf, type FlowCube } from "../net/flow-cube.ts";
import { allPorts, cuts } from "../net/flow-set.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  setOf,
  subtract,
  union,
  type PrefixSet,
} from "../net/prefix-set.ts";

/** `least`: what an unresolved list adds is left out. `most`: it is taken to be everything. */
export type Reading = "least" | "most";

export interface RuleQuestion {
  readonly family: IpFamily;
  readonly protocol: TransportProtocol;
  readonly groups: readonly string[];
  readonly reading: Reading;
}

/** A rule as one gate reads it: which of its ports is the one dialled, and which the sender's. */
export interface Reader {
  readonly rule: Rule;
  readonly peers: PrefixSet;
  readonly dialled: PortRange;
  readonly senders: PortRange;
}

/** Port ranges within which no rule begins or ends. */
export interface Cell {
  readonly dialled: PortRange;
  readonly senders: PortRange;
}

export function readersOf(
  rules: readonly Rule[],
  question: RuleQuestion,
  port: "dialled" | "reply",
  peers: (rule: Rule, question: RuleQuestion) => PrefixSet = peersOf,
): Reader[] {
  return applicable(rules, question.protocol).map((rule) => {
    const far = rule.sourcePorts ?? allPorts;
    const [dialled, senders] = port === "dialled" ? [rule.ports, far] : [far, rule.ports];
    return { rule, peers: peers(rule, question), dialled, senders };
  });
}

/** Judges each cell of the rules. */
export function cubeOver(
  readers: readonly Reader[],
  senders: PortRange,
  judge: (cell: Cell) => PrefixSet,
): FlowCube {
  const rows = cuts(readers.map((reader) => reader.dialled));
  const columns = cuts(
    readers.map((reader) => reader.senders),
    senders,
  );
  return cubeOf(columns, rows, (column, row) => judge({ senders: column, dialled: row }));
}

/** What a union of allow rules admits. */
export function unionOf(readers: readonly Reader[], cell: Cell, family: IpFamily): PrefixSet {
  return readers.reduce(
    (sum, reader) =>
      reader.rule.action === "allow" && speaksTo(reader, cell) ? union(sum, reader.peers) : sum,
    emptySet(family),
  );
}

/** What is left after the first matching rule decided; no match is a deny. */
export function firstMatchOf(readers: readonly Reader[], cell: Cell, family: IpFamily): PrefixSet {
  let [left, admitted] = [everyAddress(family), emptySet(family)];
  for (const reader of readers) {
    if (!speaksTo(reader, cell)) continue;
    if (reader.rule.action === "allow") admitted = union(admitted, intersect(reader.peers, left));
    left = subtract(left, reader.peers);
    if (isEmpty(left)) break;
  }
  return admitted;
}

/** Whether the rule says something about every packet of the cell. */
export function speaksTo({ dialled, senders }: Reader, cell: Cell): boolean {
  return within(cell.dialled, dialled) && within(cell.senders, senders);
}

function within(inner: PortRange, outer: PortRange): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

export function applicable(rules: readonly Rule[], protocol: TransportProtocol): Rule[] {
  return rules.filter((rule) => rule.protocol === "any" || rule.protocol === protocol);
}

/** Addresses a rule matches. An unresolved list counts for the rule's action under `most`, against it under `least`. */
export function peersOf(rule: Rule, question: RuleQuestion): PrefixSet {
  const { family, reading, groups } = question;
  const widest = (rule.action === "allow") === (reading === "most");
  const everything = rule.peers.some(
    (peer) =>
      (peer.kind === "unknown" && widest) || (peer.kind === "group" && groups.includes(peer.id)),
  );
  return everything ? everyAddress(family) : setOf(family, rule.peers.flatMap(prefixOf));
}

function prefixOf(peer: Peer) {
  return peer.kind === "prefix" ? (parsePrefix(peer.cidr) ?? []) : [];
}

export function rulesOf(ids: readonly string[], network: NetworkInventory): Rule[] {
  return ids.flatMap((id) => network.ruleSets?.get(id)?.rules ?? []);
}
