import type { IpFamily, PortRange, TransportProtocol } from "../model/exposure.ts";
import type { Party, Peer, Rule } from "../model/network.ts";
import { parsePrefix } from "../net/address.ts";
import { cuts, flowSet, type FlowSet } from "../net/flow-set.ts";
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

/** What a union of allow rules admits. */
export function unionFlows(rules: readonly Rule[], question: RuleQuestion): FlowSet {
  const allows = applicable(rules, question.protocol).filter(({ action }) => action === "allow");
  const sets = allows.map((rule) => peersOf(rule, question));
  return flowSet(cuts(allows.map(({ ports }) => ports)), (ports) =>
    allows.reduce((sum, rule, i) => {
      const set = sets[i];
      return set && covers(rule, ports) ? union(sum, set) : sum;
    }, emptySet(question.family)),
  );
}

/** What is left after the first matching rule decided; no match is a deny. */
export function firstMatchFlows(rules: readonly Rule[], question: RuleQuestion): FlowSet {
  const own = applicable(rules, question.protocol);
  const sets = own.map((rule) => peersOf(rule, question));
  return flowSet(cuts(own.map(({ ports }) => ports)), (ports) => {
    let [left, admitted] = [everyAddress(question.family), emptySet(question.family)];
    for (const [i, rule] of own.entries()) {
      const set = sets[i];
      if (!set || !covers(rule, ports)) continue;
      if (rule.action === "allow") admitted = union(admitted, intersect(set, left));
      left = subtract(left, set);
      if (isEmpty(left)) break;
    }
    return admitted;
  });
}

/** Whether the rule says something about the protocol and port range. */
export function covers(rule: Rule, ports: PortRange): boolean {
  return rule.ports.from <= ports.from && ports.to <= rule.ports.to;
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

/** The party's addresses of one family; a client is anyone. */
export function addressesOf(party: Party, family: IpFamily): PrefixSet {
  if (party.addresses === "client") return everyAddress(family);
  return setOf(
    family,
    party.addresses.flatMap((text) => parsePrefix(text) ?? []),
  );
}
