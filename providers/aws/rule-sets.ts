import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Peer, Rule, RuleSet } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, number, sourceOf, text, type Node } from "../reader.ts";
import type { PrefixLists } from "./prefix-lists.ts";

const every: PortRange = { from: 0, to: 65_535 };

/** IANA numbers and the names the API uses; other protocols carry no workload port. */
const protocols: Readonly<Record<string, TransportProtocol | "any">> = {
  "-1": "any",
  all: "any",
  tcp: "tcp",
  "6": "tcp",
  udp: "udp",
  "17": "udp",
};

export const egressOf = (id: string): string => `${id}#egress`;

/** Security groups and network ACLs, each as one set for either direction. */
export function ruleSets(snapshot: Snapshot, lists: PrefixLists): Map<string, RuleSet> {
  const out = new Map<string, RuleSet>();
  for (const group of listed(snapshot, "ec2:DescribeSecurityGroups", "SecurityGroups")) {
    const id = text(group, "GroupId");
    if (id === undefined) continue;
    const source = sourceOf(group);
    const rules = (key: string): Rule[] =>
      items(group, key).flatMap((permission) => groupRule(id, permission, lists));
    out.set(id, { id, rules: rules("IpPermissions"), source });
    out.set(egressOf(id), { id: egressOf(id), rules: rules("IpPermissionsEgress"), source });
  }
  for (const acl of listed(snapshot, "ec2:DescribeNetworkAcls", "NetworkAcls")) {
    const id = text(acl, "NetworkAclId");
    if (id === undefined) continue;
    const source = sourceOf(acl);
    const entries = items(acl, "Entries").toSorted(
      (a, b) => (number(a, "RuleNumber") ?? 0) - (number(b, "RuleNumber") ?? 0),
    );
    const rules = (egress: boolean): Rule[] =>
      entries
        .filter((entry) => (flag(entry, "Egress") ?? false) === egress)
        .flatMap((entry) => aclRule(id, entry));
    out.set(id, { id, rules: rules(false), source });
    out.set(egressOf(id), { id: egressOf(id), rules: rules(true), source });
  }
  return out;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function groupRule(id: string, permission: Node, lists: PrefixLists): Rule[] {
  const protocol = protocols[text(permission, "IpProtocol") ?? ""];
  if (protocol === undefined) return [];
  const prefixes = [
    ...items(permission, "IpRanges").map((range) => text(range, "CidrIp")),
    ...items(permission, "Ipv6Ranges").map((range) => text(range, "CidrIpv6")),
  ];
  const peers: Peer[] = [
    ...prefixes.flatMap(prefixPeer),
    ...items(permission, "PrefixListIds").flatMap((list) => lists.peers(list)),
    ...items(permission, "UserIdGroupPairs").flatMap((pair): Peer[] => {
      const group = text(pair, "GroupId");
      return group === undefined ? [] : [{ kind: "group", id: group }];
    }),
  ];
  const ports = protocol === "any" ? every : portsOf(permission, "FromPort", "ToPort");
  return [{ id, action: "allow", protocol, ports, peers, source: sourceOf(permission) }];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html */
function aclRule(acl: string, entry: Node): Rule[] {
  const protocol = protocols[text(entry, "Protocol") ?? String(number(entry, "Protocol") ?? "")];
  const cidr = text(entry, "CidrBlock") ?? text(entry, "Ipv6CidrBlock");
  if (protocol === undefined || cidr === undefined) return [];
  const range = at(entry, "PortRange");
  return [
    {
      id: `${acl}#${number(entry, "RuleNumber") ?? "?"}`,
      action: text(entry, "RuleAction") === "allow" ? "allow" : "deny",
      protocol,
      ports: protocol === "any" || !range ? every : portsOf(range, "From", "To"),
      peers: prefixPeer(cidr),
      source: sourceOf(entry),
    },
  ];
}

/** An absent border, or -1, is open on that side. */
function portsOf(node: Node, from: string, to: string): PortRange {
  const [low, high] = [number(node, from) ?? -1, number(node, to) ?? -1];
  return { from: low < 0 ? every.from : low, to: high < 0 ? every.to : high };
}

function prefixPeer(cidr: string | undefined): Peer[] {
  return cidr === undefined ? [] : [{ kind: "prefix", cidr }];
}
