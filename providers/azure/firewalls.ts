import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, text, texts, type Node } from "../reader.ts";
import { firewallCall, firewallPolicyCall, ipGroupCall, ruleGroupCall } from "./operations.ts";
import { byId, gapIn, idOf, keyOf, nameOf, pagesBy, props, refOf, resourcesOf } from "./pages.ts";
import { cidrsOf, portsFrom } from "./prefixes.ts";

/** A destination translation of a firewall, in the order in which rules are asked. */
export interface Translation {
  readonly name: string;
  readonly protocols: readonly TransportProtocol[];
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly entries: readonly PortRange[];
  readonly address?: string;
  readonly host?: string;
  readonly port?: number;
  /** Why some of its senders or destinations are unknown. */
  readonly unread?: string;
  readonly node: Node;
}

/** A network rule that closes what a translation opened. */
export interface NetworkRule extends Omit<Translation, "address" | "host" | "port"> {
  readonly action: "allow" | "deny";
}

export interface Firewall {
  readonly name: string;
  readonly subnet?: string;
  readonly privateAddresses: readonly string[];
  /** Ids of public address resources, and addresses that only the firewall itself names. */
  readonly publicIds: readonly string[];
  readonly publicAddresses: readonly string[];
  readonly translations: readonly Translation[];
  readonly networkRules: readonly NetworkRule[];
  /** Why not all of its rules are known. */
  readonly unread?: string;
  readonly node: Node;
}

/** https://learn.microsoft.com/azure/firewall/rule-processing */
export function firewalls(snapshot: Snapshot): Firewall[] {
  const policies = byId(resourcesOf(snapshot, firewallPolicyCall));
  const groups = pagesBy(snapshot, ruleGroupCall, "policy");
  const addresses = ipGroups(snapshot);
  const toFirewall = (node: Node): Firewall => {
    const own = props(node);
    const places = items(own, "ipConfigurations").map(props);
    const hub = at(own, "hubIPAddresses");
    const hubPublic = hub && at(hub, "publicIPs");
    const policy = refOf(own, "firewallPolicy");
    const collections = policy === undefined ? classic(own) : inherited(policy, policies, groups);
    const subnet = places.flatMap((each) => refOf(each, "subnet") ?? [])[0];
    const hubPrivate = hub && text(hub, "privateIPAddress");
    const hidden =
      policy !== undefined &&
      [firewallPolicyCall, ruleGroupCall].find((call) => gapIn(snapshot, call));
    return {
      name: nameOf(node),
      ...(subnet !== undefined && { subnet }),
      privateAddresses: [
        ...places.flatMap((each) => text(each, "privateIPAddress") ?? []),
        ...(hubPrivate === undefined ? [] : [hubPrivate]),
      ],
      publicIds: places.flatMap((each) => refOf(each, "publicIPAddress") ?? []),
      publicAddresses: hubPublic
        ? items(hubPublic, "addresses").flatMap((each) => text(each, "address") ?? [])
        : [],
      translations: collections.flatMap((each) => translationsOf(each, addresses)),
      networkRules: collections.flatMap((each) => networkRulesOf(each, addresses)),
      ...(hidden && { unread: `${hidden} was not read: the rules of ${nameOf(node)} are unknown` }),
      node,
    };
  };
  return resourcesOf(snapshot, firewallCall).map(toFirewall);
}

interface Collection {
  readonly kind: "nat" | "network";
  readonly action: string;
  readonly node: Node;
  readonly rules: readonly Node[];
}

function byPriority(nodes: readonly Node[]): Node[] {
  return nodes.toSorted(
    (a, b) => (number(props(a), "priority") ?? 0) - (number(props(b), "priority") ?? 0),
  );
}

function collectionOf(kind: Collection["kind"], node: Node): Collection {
  const own = props(node);
  const action = at(own, "action");
  return {
    kind,
    action: ((action && text(action, "type")) ?? "").toLowerCase(),
    node,
    rules: items(own, "rules"),
  };
}

function classic(own: Node): Collection[] {
  return [
    ...byPriority(items(own, "natRuleCollections")).map((each) => collectionOf("nat", each)),
    ...byPriority(items(own, "networkRuleCollections")).map((each) =>
      collectionOf("network", each),
    ),
  ];
}

/** Rules of a parent policy come before a policy's own. */
function inherited(
  policy: string,
  policies: ReadonlyMap<string, Node>,
  groups: ReadonlyMap<string, readonly Node[]>,
  depth = 0,
): Collection[] {
  const node = policies.get(keyOf(policy));
  const base = node && refOf(props(node), "basePolicy");
  const before =
    base === undefined || depth > 3 ? [] : inherited(base, policies, groups, depth + 1);
  const own = (groups.get(keyOf(policy)) ?? []).flatMap((page) => items(page, "value"));
  return [
    ...before,
    ...byPriority(own).flatMap((group) =>
      byPriority(items(props(group), "ruleCollections")).flatMap((each): Collection[] => {
        const type = text(each, "ruleCollectionType");
        if (type === "FirewallPolicyNatRuleCollection") return [collectionOf("nat", each)];
        const network = items(each, "rules").some(
          (rule) => text(rule, "ruleType") === "NetworkRule",
        );
        return network ? [collectionOf("network", each)] : [];
      }),
    ),
  ];
}

const protocols: Readonly<Record<string, readonly TransportProtocol[]>> = {
  tcp: ["tcp"],
  udp: ["udp"],
  any: ["tcp", "udp"],
};

type Groups = ReadonlyMap<string, readonly string[]>;

function matchOf(rule: Node, groups: Groups): Omit<Translation, "address" | "host" | "port"> {
  const list = [...texts(rule, "protocols"), ...texts(rule, "ipProtocols")];
  const named = texts(rule, "sourceIpGroups");
  const targets = texts(rule, "destinationIpGroups");
  const missing = [...named, ...targets].filter((id) => !groups.has(keyOf(id)));
  const sources = [
    ...texts(rule, "sourceAddresses").flatMap((each) => cidrsOf(each) ?? []),
    ...named.flatMap((id) => groups.get(keyOf(id)) ?? []),
  ];
  return {
    name: nameOf(rule),
    protocols: [...new Set(list.flatMap((each) => protocols[each.toLowerCase()] ?? []))],
    sources,
    destinations: [
      ...texts(rule, "destinationAddresses").flatMap((each) => cidrsOf(each) ?? []),
      ...targets.flatMap((id) => groups.get(keyOf(id)) ?? []),
    ],
    entries: texts(rule, "destinationPorts").flatMap((each) => portsFrom(each) ?? []),
    ...(missing.length > 0 && {
      unread: `${ipGroupCall} does not show ${missing.map((id) => id.slice(id.lastIndexOf("/") + 1)).join(", ")}`,
    }),
    node: rule,
  };
}

function translationsOf({ kind, rules }: Collection, groups: Groups): Translation[] {
  if (kind !== "nat") return [];
  return rules.map((rule): Translation => {
    const [address, host] = [text(rule, "translatedAddress"), text(rule, "translatedFqdn")];
    const port = number(rule, "translatedPort");
    return {
      ...matchOf(rule, groups),
      ...(address !== undefined && { address }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
    };
  });
}

function networkRulesOf({ kind, action, rules }: Collection, groups: Groups): NetworkRule[] {
  if (kind !== "network") return [];
  return rules.map((rule) => ({
    ...matchOf(rule, groups),
    action: action === "deny" ? "deny" : "allow",
  }));
}

function ipGroups(snapshot: Snapshot): Groups {
  return new Map(
    resourcesOf(snapshot, ipGroupCall).map((node) => [
      keyOf(idOf(node)),
      texts(props(node), "ipAddresses").flatMap((each) => cidrsOf(each) ?? []),
    ]),
  );
}
