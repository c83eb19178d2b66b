import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Peer, Rule, RuleSet } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, number, sourceOf, text, type Node } from "../reader.ts";
import { elements, elementsOf, gapIn, pagesBy } from "./pages.ts";

export const everyPort: PortRange = { from: 0, to: 65_535 };

/** IANA numbers as text; other protocols, ICMP among them, carry no workload port. */
const protocols: Readonly<Record<string, TransportProtocol | "any">> = {
  all: "any",
  "6": "tcp",
  "17": "udp",
};

export const egressOf = (id: string): string => `${id}#egress`;

/** Security lists and network security groups, each as one set for either direction. */
export function ruleSets(snapshot: Snapshot): Map<string, RuleSet> {
  const out = new Map<string, RuleSet>();
  for (const list of elements(snapshot, "core:ListSecurityLists")) {
    const id = text(list, "id");
    if (id === undefined) continue;
    const source = sourceOf(list);
    const rules = (key: string, peer: "source" | "destination"): Rule[] =>
      items(list, key).flatMap((rule) => toRule(id, rule, peer));
    out.set(id, { id, rules: rules("ingressSecurityRules", "source"), source });
    const egress = egressOf(id);
    out.set(egress, { id: egress, rules: rules("egressSecurityRules", "destination"), source });
  }
  for (const set of groupSets(snapshot)) out.set(set.id, set);
  return out;
}

function groupSets(snapshot: Snapshot): RuleSet[] {
  const call = "core:ListNetworkSecurityGroupSecurityRules";
  const pages = pagesBy(snapshot, call, "networkSecurityGroupId");
  const groups = elements(snapshot, "core:ListNetworkSecurityGroups");
  const named = new Map(groups.flatMap((node) => keyed(text(node, "id"), node)));
  return [...new Set([...named.keys(), ...pages.keys()])].flatMap((id): RuleSet[] => {
    const own = pages.get(id) ?? [];
    const node = named.get(id) ?? own[0];
    if (!node) return [];
    const source = sourceOf(node);
    const unread = gapIn(snapshot, call, { networkSecurityGroupId: id }, node.page.region);
    const missing = unread ? [unreadRule(id, call, node)] : [];
    const rules = own.flatMap(elementsOf);
    const of = (direction: string, peer: "source" | "destination"): Rule[] =>
      rules
        .filter((rule) => text(rule, "direction") === direction)
        .flatMap((rule) => toRule(id, rule, peer));
    const egress = egressOf(id);
    return [
      { id, rules: [...of("INGRESS", "source"), ...missing], source },
      { id: egress, rules: [...of("EGRESS", "destination"), ...missing], source },
    ];
  });
}

function keyed(key: string | undefined, node: Node): [string, Node][] {
  return key === undefined ? [] : [[key, node]];
}

/** Stands for rules that were not read: they may admit anything. */
export function unreadRule(id: string, call: string, node: Node): Rule {
  return {
    id,
    action: "allow",
    protocol: "any",
    ports: everyPort,
    peers: [{ kind: "unknown", because: `${call} was not read: the rules of ${id} are unknown` }],
    source: sourceOf(node),
  };
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/datatypes/IngressSecurityRule */
function toRule(set: string, node: Node, end: "source" | "destination"): Rule[] {
  const protocol = protocols[text(node, "protocol") ?? ""];
  if (protocol === undefined || flag(node, "isValid") === false) return [];
  const options = at(node, protocol === "udp" ? "udpOptions" : "tcpOptions");
  const [ports, senders] = ["destinationPortRange", "sourcePortRange"].map((key) =>
    protocol === "any" || !options ? undefined : rangeOf(at(options, key)),
  );
  const id = text(node, "id");
  return [
    {
      id: id === undefined ? set : `${set}#${id}`,
      action: "allow",
      protocol,
      ports: ports ?? everyPort,
      ...(senders && { sourcePorts: senders }),
      ...(flag(node, "isStateless") === true && { stateless: true as const }),
      peers: peersOf(node, end),
      source: sourceOf(node),
    },
  ];
}

/** Oracle's own services come in through the service gateway and are no internet clients. */
function peersOf(node: Node, end: "source" | "destination"): Peer[] {
  const [value, type] = [text(node, end), text(node, `${end}Type`)];
  if (value === undefined) return [];
  if (type === "NETWORK_SECURITY_GROUP") return [{ kind: "group", id: value }];
  return type === "SERVICE_CIDR_BLOCK" ? [] : [{ kind: "prefix", cidr: value }];
}

function rangeOf(node: Node | undefined): PortRange | undefined {
  const [from, to] = [node && number(node, "min"), node && number(node, "max")];
  return from === undefined || to === undefined ? undefined : { from, to };
}
