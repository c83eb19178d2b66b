import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Peer, Rule } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { keyOf, nameOf, props, refsOf } from "./pages.ts";
import { anywhere, cidrsOf, outside, portsFrom } from "./prefixes.ts";
import type { ServiceTags } from "./service-tags.ts";

/** What the rules of a list are compared with, and what the tags in them mean there. */
export interface RulePlace {
  /** Where the packet goes when the list sees it; any of them may be what a rule names. */
  readonly addresses: readonly string[];
  /** Why not all of them are known. */
  readonly unread?: string;
  /** Keys of the application security groups of that address. */
  readonly groups: readonly string[];
  /** CIDRs of the VirtualNetwork tag. */
  readonly network: readonly string[];
  /** Those that the Internet tag leaves out: a route to an appliance makes no address less public. */
  readonly inside: readonly string[];
  readonly tags: ServiceTags;
}

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules */
export const protocols: Readonly<Record<string, TransportProtocol | "any">> = {
  "*": "any",
  any: "any",
  tcp: "tcp",
  udp: "udp",
};

/** Inbound rules of a security group that concern this destination, in the order in which they are asked. */
export function inboundRules(group: Node, place: RulePlace): Rule[] {
  const own = props(group);
  const defaults = items(own, "defaultSecurityRules");
  const listed = [...items(own, "securityRules"), ...defaults];
  const told = byPriority(listed)
    .filter((rule) => inbound(rule) && concerns(rule, place) !== "no")
    .filter((rule) => nameOf(rule) !== "DenyAllInBound" || !isDefault(rule))
    .flatMap((rule) => toRules(rule, `${nameOf(group)}/${nameOf(rule)}`, place));
  return defaults.length > 0 ? told : [...told, withinNetwork(group, place)];
}

/** The one default rule that lets somebody in, which every security group has, whether it is told or not. */
function withinNetwork(group: Node, { network }: RulePlace): Rule {
  return {
    id: `${nameOf(group)}/AllowVnetInBound`,
    action: "allow",
    protocol: "any",
    ports: allPorts,
    peers: network.map((cidr) => ({ kind: "prefix", cidr })),
    source: sourceOf(group),
  };
}

/** The last default rule is what the gate ends with anyway. */
function isDefault(rule: Node): boolean {
  return (number(props(rule), "priority") ?? 0) >= 65_500;
}

export function byPriority(rules: readonly Node[]): Node[] {
  return rules.toSorted(
    (a, b) => (number(props(a), "priority") ?? 0) - (number(props(b), "priority") ?? 0),
  );
}

export function inbound(rule: Node): boolean {
  return text(props(rule), "direction")?.toLowerCase() === "inbound";
}

function toRules(rule: Node, id: string, place: RulePlace): Rule[] {
  const own = props(rule);
  const protocol = protocols[(text(own, "protocol") ?? "").toLowerCase()];
  if (protocol === undefined) return [];
  const peers = [
    ...both(own, "sourceAddressPrefix", "sourceAddressPrefixes").flatMap((name) =>
      peersOf(name, place),
    ),
    ...refsOf(own, "sourceApplicationSecurityGroups").map((group): Peer => ({
      kind: "group",
      id: keyOf(group),
    })),
  ];
  const action = text(own, "access")?.toLowerCase() === "allow" ? "allow" : "deny";
  const perhaps = concerns(rule, place) === "perhaps" ? place.unread : undefined;
  const whom: readonly Peer[] =
    perhaps === undefined ? peers : [{ kind: "unknown", because: perhaps }];
  return combined(
    { id, action, protocol, peers: whom, source: sourceOf(rule) },
    both(own, "destinationPortRange", "destinationPortRanges"),
    both(own, "sourcePortRange", "sourcePortRanges"),
  );
}

/** One rule a pair of port ranges. */
export function combined(
  rule: Omit<Rule, "ports" | "sourcePorts">,
  destination: readonly string[],
  source: readonly string[],
): Rule[] {
  const senders = source.flatMap((range) => portsFrom(range) ?? []);
  return destination
    .flatMap((range) => portsFrom(range) ?? [])
    .flatMap((ports) =>
      (senders.length > 0 ? senders : [allPorts]).map((sender) =>
        Object.assign({ ports }, rule, isEvery(sender) ? {} : { sourcePorts: sender }),
      ),
    );
}

function isEvery({ from, to }: PortRange): boolean {
  return from === 0 && to === allPorts.to;
}

/** The plural member counts when it is not empty, else the singular one. */
export function both(node: Node, one: string, several: string): string[] {
  const list = texts(node, several).filter((each) => each !== "");
  const single = text(node, one);
  return list.length > 0 || single === undefined || single === "" ? list : [single];
}

/** A prefix, or what a tag stands for here: https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
export function peersOf(name: string, place: RulePlace): readonly Peer[] {
  const cidrs = wellKnown(name, place) ?? cidrsOf(name);
  return cidrs ? cidrs.map((cidr) => ({ kind: "prefix", cidr })) : place.tags.peers(name);
}

function wellKnown(name: string, { network, inside }: RulePlace): readonly string[] | undefined {
  switch (name.toLowerCase()) {
    case "internet":
      return outside(inside);
    case "virtualnetwork":
      return network;
    // The platform's own probes, which no client can send from.
    case "azureloadbalancer":
      return [];
    default:
      return undefined;
  }
}

/** Whether the destination is among those of the rule; perhaps, when it is not known. */
function concerns(rule: Node, place: RulePlace): "yes" | "no" | "perhaps" {
  const own = props(rule);
  const groups = refsOf(own, "destinationApplicationSecurityGroups").map(keyOf);
  if (groups.length > 0) return groups.some((group) => place.groups.includes(group)) ? "yes" : "no";
  const held = both(own, "destinationAddressPrefix", "destinationAddressPrefixes").some((name) =>
    holdsDestination(name, place),
  );
  if (held) return "yes";
  return place.unread === undefined ? "no" : "perhaps";
}

/** Tags of other services never hold an address inside a virtual network. */
export function holdsDestination(name: string, place: RulePlace): boolean {
  const cidrs = wellKnown(name, place) ?? cidrsOf(name) ?? [];
  return cidrs === anywhere || place.addresses.some((address) => covers(cidrs, address));
}
