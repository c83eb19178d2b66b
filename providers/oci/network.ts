import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate, RouteTable, RuleSet } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, sourceOf, text, texts, type Node } from "../reader.ts";
import { detourOf, throughMachine, type Detour } from "./middlebox.ts";
import { elements, gapIn } from "./pages.ts";
import { routeTables } from "./route-tables.ts";
import { egressOf, ruleSets, unreadRule } from "./rule-sets.ts";
import { attributesOf, zpr, type Attribute, type Zpr } from "./zpr.ts";

export interface Subnet {
  readonly id: string;
  readonly vcn: string;
  readonly cidrs: readonly string[];
  readonly routeTable: string;
  readonly lists: readonly string[];
  readonly private: boolean;
  readonly node: Node;
}

/** What the networks of a tenancy look like, looked up by the ids that VNICs and balancers name. */
export interface OciNetwork {
  readonly snapshot: Snapshot;
  readonly sets: Map<string, RuleSet>;
  readonly tables: Map<string, RouteTable>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** Internet gateway by network. */
  readonly gateways: ReadonlyMap<string, Node>;
  /** Private addresses by their own id. */
  readonly privateIps: ReadonlyMap<string, Node>;
  readonly attributes: ReadonlyMap<string, readonly Attribute[]>;
  readonly zpr: Zpr;
  /** Interns gates by their place; the same place twice is the same chain. */
  chain(key: string, gates: () => readonly Gate[]): string;
  readonly chains: Map<string, { readonly id: string; readonly gates: readonly Gate[] }>;
}

export function ociNetwork(snapshot: Snapshot): OciNetwork {
  const vcns = elements(snapshot, "core:ListVcns");
  const cidrs = new Map(vcns.flatMap((vcn) => keyed(text(vcn, "id"), vcnCidrs(vcn))));
  const sets = ruleSets(snapshot);
  const chains: OciNetwork["chains"] = new Map();
  return {
    snapshot,
    sets,
    tables: routeTables(snapshot, (vcn) => cidrs.get(vcn) ?? []),
    subnets: new Map(elements(snapshot, "core:ListSubnets").flatMap(toSubnet)),
    gateways: new Map(
      elements(snapshot, "core:ListInternetGateways")
        .filter((node) => isThere(node))
        .flatMap((node) => keyed(text(node, "vcnId"), node)),
    ),
    privateIps: new Map(
      elements(snapshot, "core:ListPrivateIps").flatMap((node) => keyed(text(node, "id"), node)),
    ),
    attributes: new Map(vcns.flatMap((vcn) => keyed(text(vcn, "id"), attributesOf(vcn)))),
    zpr: zpr(snapshot, sets),
    chains,
    chain: (key, gates) => {
      if (!chains.has(key)) chains.set(key, { id: key, gates: gates() });
      return key;
    },
  };
}

/** One end of the internet's way in: a VNIC of a machine, balancer or gateway. */
export interface End {
  readonly id: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly groupsUnread?: boolean;
  /** Route tables of its own, strongest first; the subnet's comes last. */
  readonly tables: readonly string[];
  /** Its own description, with its route table, was not given. */
  readonly unread?: boolean;
  readonly attributes: readonly Attribute[];
  readonly addresses: readonly string[];
  readonly node: Node;
}

type RuleCode = "FW_IMPLICIT_DENY" | "LB_SG_NO_MATCH" | "LB_TARGET_FW" | "MIDDLEBOX_DENY";

/** Gates between the internet and an end: gateway, subnet, machine in between, rules, packet routing, and the way back. */
export function internetGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const detour = detourOf(network, end);
  return [
    ...gatewayGates(network, end),
    ...privateGates(network, end),
    ...(detour?.gates ?? []),
    ...admitGates(network, end, code),
    ...replyGates(network, end, detour),
  ];
}

/** What an end's own rules say about who opens a connection to it. Lists of the subnet and groups are one union. */
export function admitGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const known = setsOf(network, end);
  if (!known) return [unreadSubnet(end, code)];
  const { id } = end;
  const source = sourceOf(end.node);
  const vcn = network.subnets.get(end.subnet)?.vcn ?? "";
  const policy = network.zpr.admits(
    network.attributes.get(vcn) ?? [],
    end.attributes,
    end.node,
    end.addresses,
  );
  const remembers = !known.some((set) => isStateless(network, set));
  return [
    {
      kind: "rules",
      match: "union",
      code,
      id,
      source,
      ruleSets: known,
      peer: "from",
      port: "dialled",
    },
    ...(policy ? [policy] : []),
    ...(remembers
      ? []
      : [
          {
            kind: "stateless",
            code: "STATELESS_RETURN",
            id,
            source,
            requests: known,
            replies: known.map(egressOf),
          } as const,
        ]),
  ];
}

/** What an end may open itself: balancers and gateways towards what they forward to. */
export function leaveGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const known = setsOf(network, end);
  if (!known) return [unreadSubnet(end, code)];
  const source = sourceOf(end.node);
  const ruleSets = known.map(egressOf);
  const forgetful = ruleSets.some((set) => isStateless(network, set));
  const because = `${end.id} has stateless egress rules: answers are taken to be let in`;
  return [
    {
      kind: "rules",
      match: "union",
      code,
      id: end.id,
      source,
      ruleSets,
      peer: "to",
      port: "dialled",
    },
    ...(forgetful
      ? [
          {
            kind: "unread",
            limit: true,
            code: "STATELESS_RETURN",
            id: end.id,
            source,
            because,
          } as const,
        ]
      : []),
  ];
}

function isStateless(network: OciNetwork, set: string): boolean {
  return network.sets.get(set)?.rules.some(({ stateless }) => stateless === true) ?? false;
}

/** Rule sets of an end, with stand-ins for those that were not read; undefined when the subnet is unknown. */
function setsOf(network: OciNetwork, end: End): string[] | undefined {
  const subnet = network.subnets.get(end.subnet);
  if (!subnet) return undefined;
  const named = [...subnet.lists, ...end.groups];
  if (end.groupsUnread === true) named.push(`groups of ${end.id}`);
  const { page } = end.node;
  for (const id of named) {
    if (network.sets.has(id)) continue;
    const call = subnet.lists.includes(id)
      ? "core:ListSecurityLists"
      : end.groups.includes(id)
        ? "core:ListNetworkSecurityGroups"
        : "core:ListNetworkSecurityGroupVnics";
    const unread = gapIn(network.snapshot, call, {}, page.region);
    const rules = unread ? [unreadRule(id, call, end.node)] : [];
    for (const key of [id, egressOf(id)])
      network.sets.set(key, { id: key, rules, source: sourceOf(end.node) });
  }
  return named;
}

function unreadSubnet(end: End, code: RuleCode): Gate {
  const because = `core:ListSubnets was not read: the security lists of ${end.subnet || end.id} are unknown`;
  return { kind: "unread", limit: false, code, id: end.id, source: sourceOf(end.node), because };
}

function gatewayGates(network: OciNetwork, end: End): Gate[] {
  const vcn = network.subnets.get(end.subnet)?.vcn;
  const gateway = network.gateways.get(vcn ?? "");
  const id = (gateway && text(gateway, "id")) ?? vcn ?? end.subnet;
  const call = vcn === undefined ? "core:ListSubnets" : "core:ListInternetGateways";
  const near = sourceOf(end.node);
  const gate = { code: "NO_INTERNET_GATEWAY", id } as const;
  if (!gateway) {
    if (vcn === undefined || gapIn(network.snapshot, call, {}, end.node.page.region)) {
      const because = `${call} was not read: whether ${id} has an internet gateway is unknown`;
      return [{ ...gate, kind: "unread", limit: false, source: near, because }];
    }
    const because = `${id} has no internet gateway`;
    return [{ ...gate, kind: "state", open: false, source: near, because }];
  }
  const open = flag(gateway, "isEnabled") !== false;
  return [
    {
      kind: "state",
      code: "GATEWAY_DISABLED",
      id,
      rule: id,
      open,
      because: `${id} is ${open ? "enabled" : "disabled, whatever the route rules say"}`,
      source: sourceOf(gateway),
    },
  ];
}

function privateGates(network: OciNetwork, end: End): Gate[] {
  const subnet = network.subnets.get(end.subnet);
  if (!subnet?.private) return [];
  const { id, node } = subnet;
  const because = `${id} prohibits ingress from the internet`;
  const code = "SUBNET_PROHIBITS_INTERNET";
  return [{ kind: "state", code, id, rule: id, open: false, because, source: sourceOf(node) }];
}

/** The way back: straight, or through the machine that the request came through. */
function replyGates(network: OciNetwork, end: End, detour: Detour | undefined): Gate[] {
  if (!detour) return [routeGate(network, end)];
  const through = routeGate(network, end, (table) => throughMachine(network, table, detour));
  const onward = detour.end ? [routeGate(network, detour.end)] : [];
  const straight = families.filter((family) => !detour.families.includes(family));
  return [
    ...[through, ...onward].map((gate) => restrictTo(gate, detour.families)),
    restrictTo(routeGate(network, end), straight),
  ];
}

const families: readonly IpFamily[] = ["ipv4", "ipv6"];

function restrictTo(gate: RouteOrUnread, only: readonly IpFamily[]): Gate {
  return { ...gate, families: only };
}

type RouteOrUnread = Extract<Gate, { kind: "routes" | "unread" }>;

/** Only one table counts: the address's own, else the VNIC's, else the subnet's. */
function routeGate(
  network: OciNetwork,
  end: End,
  view: (table: string) => string = (table) => table,
): RouteOrUnread {
  const common = { code: "NO_INTERNET_ROUTE", source: sourceOf(end.node) } as const;
  const unread = (call: string, id: string): RouteOrUnread => {
    const because = `${call} was not read: the route table of ${id} is unknown`;
    return { ...common, kind: "unread", limit: false, id, because };
  };
  const own = end.tables[0];
  if (own === undefined && end.unread === true) return unread("core:GetVnic", end.id);
  const table = own ?? network.subnets.get(end.subnet)?.routeTable;
  if (table === undefined) return unread("core:ListSubnets", end.subnet || end.id);
  if (!network.tables.has(table)) {
    if (gapIn(network.snapshot, "core:ListRouteTables", {}, end.node.page.region))
      return unread("core:ListRouteTables", table);
    network.tables.set(table, { id: table, routes: [], source: sourceOf(end.node) });
  }
  return { ...common, kind: "routes", id: table, table: view(table) };
}

function vcnCidrs(vcn: Node): string[] {
  const plain = ["cidrBlock", "ipv6CidrBlock", "ipv6PublicCidrBlock"].flatMap(
    (key) => text(vcn, key) ?? [],
  );
  const lists = ["cidrBlocks", "ipv6CidrBlocks", "ipv6PrivateCidrBlocks", "byoipv6CidrBlocks"];
  return [...new Set([...plain, ...lists.flatMap((key) => texts(vcn, key))])];
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/Subnet/ */
function toSubnet(node: Node): [string, Subnet][] {
  const [id, vcn, table] = ["id", "vcnId", "routeTableId"].map((key) => text(node, key));
  if (id === undefined || vcn === undefined || !isThere(node)) return [];
  const plain = ["cidrBlock", "ipv6CidrBlock"].flatMap((key) => text(node, key) ?? []);
  const lists = ["ipv4CidrBlocks", "ipv6CidrBlocks"].flatMap((key) => texts(node, key));
  return [
    [
      id,
      {
        id,
        vcn,
        cidrs: [...new Set([...plain, ...lists])],
        routeTable: table ?? "",
        lists: texts(node, "securityListIds"),
        private:
          flag(node, "prohibitInternetIngress") ?? flag(node, "prohibitPublicIpOnVnic") ?? false,
        node,
      },
    ],
  ];
}

function isThere(node: Node): boolean {
  return !["TERMINATED", "TERMINATING"].includes(text(node, "lifecycleState") ?? "");
}

function keyed<T>(key: string | undefined, value: T): [string, T][] {
  return key === undefined ? [] : [[key, value]];
}
