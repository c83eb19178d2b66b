import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Peer, Rule } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { at, flag, items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { nameOf, pathOf } from "./links.ts";

const every: PortRange = { from: 0, to: 65_535 };
const anyone: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Names and IANA numbers; other protocols carry no workload port. */
const protocols: Readonly<Record<string, TransportProtocol | "any">> = {
  all: "any",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
};

/** Where the packets of a leg come from, as rules that name a kind of network see it. */
export type Origin = "internet" | "front-end" | "vpc";

/** What decides whether a rule is aimed at an interface. */
export interface Aim {
  readonly network: string;
  /** The network by its number, as rules may name it. */
  readonly networkAlias: string | undefined;
  readonly tags: readonly string[];
  readonly accounts: readonly string[];
  /** Undefined when the bindings were not read. */
  readonly secureTags: readonly string[] | undefined;
  /** Addresses of the groups that rules name, where they were read. */
  readonly addressGroups: ReadonlyMap<string, readonly string[]>;
  /** Addresses that packets are sent to, after translation. */
  readonly to: readonly string[];
  readonly origin: Origin;
}

/** https://cloud.google.com/compute/docs/reference/rest/v1/firewalls; equal priorities: deny before allow. */
export function vpcRules(firewalls: readonly Node[], aim: Aim): Rule[] {
  return firewalls
    .filter(
      (rule) =>
        pathOf(text(rule, "network") ?? "") === aim.network &&
        ingress(rule) &&
        aimed(rule, aim) &&
        sentTo(texts(rule, "destinationRanges"), aim),
    )
    .map((node) => ({ node, priority: number(node, "priority") ?? 1000 }))
    .toSorted((a, b) => a.priority - b.priority || allows(a.node) - allows(b.node))
    .flatMap(({ node }) => vpcRule(node));
}

function allows(rule: Node): number {
  return items(rule, "denied").length > 0 ? 0 : 1;
}

function vpcRule(node: Node): Rule[] {
  const named = items(node, "sourceTags").length + items(node, "sourceServiceAccounts").length > 0;
  const ranges = texts(node, "sourceRanges");
  // Tags and accounts match senders inside the network, never an outside address.
  // Without any of them the API takes every IPv4 address, and no IPv6 one.
  const cidrs = ranges.length > 0 ? ranges : named ? [] : ["0.0.0.0/0"];
  const peers = cidrs.map((cidr): Peer => ({ kind: "prefix", cidr }));
  const id = text(node, "name") ?? "firewall";
  return (["denied", "allowed"] as const).flatMap((key) =>
    items(node, key).flatMap((layer4) =>
      layer4Of(layer4, "IPProtocol").map(({ protocol, ports }): Rule => ({
        id,
        action: key === "denied" ? "deny" : "allow",
        protocol,
        ports,
        peers,
        source: sourceOf(node),
      })),
    ),
  );
}

/** https://cloud.google.com/firewall/docs/firewall-policies-rule-details */
export function policyRules(policy: string, rules: readonly Node[], aim: Aim): Rule[] {
  return rules
    .filter((rule) => {
      const match = at(rule, "match");
      return (
        ingress(rule) &&
        text(rule, "targetType") !== "INTERNAL_MANAGED_LB" &&
        aimed(rule, aim) &&
        sentTo(match ? texts(match, "destIpRanges") : [], aim)
      );
    })
    .map((node) => ({ node, priority: number(node, "priority") ?? 0 }))
    .toSorted((a, b) => a.priority - b.priority)
    .flatMap(({ node, priority }) => policyRule(`${policy}#${priority}`, node, aim));
}

function policyRule(id: string, node: Node, aim: Aim): Rule[] {
  const match = at(node, "match");
  const peers = peersOf(match, aim, tagsUnread(node, aim));
  const source = sourceOf(node);
  const layers = match ? items(match, "layer4Configs") : [];
  const matches =
    layers.length > 0
      ? layers.flatMap((layer4) => layer4Of(layer4, "ipProtocol"))
      : [{ protocol: "any", ports: every } as const];
  return matches.flatMap((each): Rule[] => {
    const action = actions[text(node, "action") ?? ""];
    if (action !== undefined) return [{ id, action, ...each, peers, source }];
    if (text(node, "action") === inspection) {
      const stopped: Peer = { kind: "unknown", because: `senders of what ${id} finds harmful` };
      return [
        { id, action: "deny", ...each, peers: [stopped], source },
        { id, action: "allow", ...each, peers, source },
      ];
    }
    // Let through or not: nothing after it sees the packet.
    const because = `${id} hands the packets to ${text(node, "action") ?? "an unknown action"}`;
    return [
      { id, action: "allow", ...each, peers: [{ kind: "unknown", because }], source },
      { id, action: "deny", ...each, peers, source },
    ];
  });
}

/** Lets through what it finds no harm in. https://cloud.google.com/firewall/docs/about-intrusion-prevention */
const inspection = "apply_security_profile_group";

const actions: Readonly<Record<string, Rule["action"]>> = {
  allow: "allow",
  deny: "deny",
  goto_next: "next",
};

/** Lists whose members change without the rule changing, or that are not kept in the rule. */
const unresolved = ["srcFqdns", "srcRegionCodes", "srcThreatIntelligences"] as const;

/** Kinds of list are joined by "or"; the kind of network narrows them all. */
function peersOf(match: Node | undefined, aim: Aim, unread: string | undefined): Peer[] {
  if (!match) return anyone.map((cidr) => ({ kind: "prefix", cidr }));
  const context = text(match, "srcNetworkContext") ?? text(match, "srcNetworkType");
  const from = meets(context, aim.origin);
  if (from === "no") return [];
  if (unread !== undefined) return [{ kind: "unknown", because: unread }];
  const groups = texts(match, "srcAddressGroups").map(pathOf);
  const known = groups.flatMap((group) => aim.addressGroups.get(group) ?? []);
  const ranges = [...texts(match, "srcIpRanges"), ...known];
  const open = [
    ...unresolved.flatMap((key) => texts(match, key).map((entry) => `${key}: ${entry}`)),
    ...groups
      .filter((group) => !aim.addressGroups.has(group))
      .map((group) => `srcAddressGroups: ${nameOf(group)}`),
  ];
  const lists = open.map((because): Peer => ({ kind: "unknown", because }));
  const bySender = items(match, "srcSecureTags").length > 0;
  const some = ranges.length + lists.length + groups.length > 0 || bySender;
  const cidrs = some ? ranges : anyone;
  if (from === "perhaps" && cidrs.length > 0)
    return [{ kind: "unknown", because: `whether the sender is of ${context ?? ""}` }];
  return [...cidrs.map((cidr): Peer => ({ kind: "prefix", cidr })), ...lists];
}

/**
 * Front ends and health checks reach a backend by routes of their own, not from the internet.
 * https://cloud.google.com/firewall/docs/network-contexts
 */
function meets(context: string | undefined, origin: Origin): "yes" | "no" | "perhaps" {
  switch (context) {
    case undefined:
    case "UNSPECIFIED":
      return "yes";
    case "INTERNET":
      return origin === "internet" ? "yes" : "no";
    case "NON_INTERNET":
      return origin === "internet" ? "no" : "yes";
    case "INTRA_VPC":
    case "VPC_NETWORKS":
      return origin === "vpc" ? (context === "INTRA_VPC" ? "yes" : "perhaps") : "no";
    default:
      return "perhaps";
  }
}

function ingress(rule: Node): boolean {
  return (text(rule, "direction") ?? "INGRESS") === "INGRESS" && flag(rule, "disabled") !== true;
}

function aimed(rule: Node, aim: Aim): boolean {
  const tags = texts(rule, "targetTags");
  const accounts = texts(rule, "targetServiceAccounts");
  const networks = texts(rule, "targetResources").map(pathOf);
  const secure = tagged(rule);
  if (networks.length > 0 && !networks.some((link) => names(link, aim))) return false;
  if (tags.length + accounts.length + secure.length === 0) return true;
  return (
    tags.some((tag) => aim.tags.includes(tag)) ||
    accounts.some((account) => aim.accounts.includes(account)) ||
    (secure.length > 0 && (aim.secureTags === undefined || hasAny(aim.secureTags, secure)))
  );
}

function names(link: string, { network, networkAlias }: Aim): boolean {
  return link === network || link === networkAlias;
}

function hasAny(own: readonly string[], wanted: readonly Node[]): boolean {
  return wanted.some(
    (tag) => text(tag, "state") !== "INEFFECTIVE" && own.includes(text(tag, "name") ?? ""),
  );
}

function tagged(rule: Node): Node[] {
  return items(rule, "targetSecureTags");
}

function tagsUnread(rule: Node, aim: Aim): string | undefined {
  return tagged(rule).length > 0 && aim.secureTags === undefined
    ? "cloudresourcemanager.tagBindings.list was not read: whether the rule is aimed at the instance is unknown"
    : undefined;
}

/** A rule may name the addresses it protects; without any it protects them all. */
function sentTo(ranges: readonly string[], { to }: Aim): boolean {
  return ranges.length === 0 || to.some((address) => covers(ranges, address));
}

function layer4Of(layer4: Node, key: string): Pick<Rule, "protocol" | "ports">[] {
  const ports = texts(layer4, "ports").flatMap((range) => portsOf(range) ?? []);
  return layer4Rules(text(layer4, key) ?? "", ports.length > 0 ? ports : [every]);
}

/** Nothing for protocols without ports of a workload. */
export function layer4Rules(
  name: string,
  ranges: readonly PortRange[],
): Pick<Rule, "protocol" | "ports">[] {
  const protocol = protocols[name.toLowerCase()];
  return protocol === undefined ? [] : ranges.map((ports) => ({ protocol, ports }));
}

/** `8080` or `1-100`. */
export function portsOf(range: string): PortRange | undefined {
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range.trim()) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to ?? from) };
}
