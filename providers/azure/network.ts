import type { GateCode } from "../../src/model/exposure.ts";
import type {
  Gate,
  Rule,
  RouteTable,
  RuleSet,
  Stage,
  StagedGate,
} from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { pagesOf, sourceOf, texts, type Node } from "../reader.ts";
import { adminRules, isExempt } from "./admin-rules.ts";
import {
  adminRulesCall,
  networkCall,
  networkManagerCall,
  routesCall,
  rulesCall,
} from "./operations.ts";
import { learns } from "./learned-routes.ts";
import { byId, gapIn, keyOf, nameIn, pagesBy, props, resourcesOf } from "./pages.ts";
import { effectiveRoutes, wideningPrefixes, type Reached } from "./route-tables.ts";
import { inboundRules, type RulePlace } from "./security-rules.ts";
import { serviceTags, type ServiceTags } from "./service-tags.ts";
import { virtualNetworks, type Subnet, type VirtualNetworks } from "./virtual-networks.ts";

/** What the virtual networks of a subscription look like. */
export interface AzureNetwork extends VirtualNetworks {
  readonly snapshot: Snapshot;
  readonly groups: ReadonlyMap<string, Node>;
  readonly routeTables: ReadonlyMap<string, Node>;
  readonly admin: ReadonlyMap<string, readonly Node[]>;
  readonly tags: ServiceTags;
  readonly sets: Map<string, RuleSet>;
  readonly tables: Map<string, RouteTable>;
  readonly chains: Map<string, { readonly id: string; readonly gates: readonly Gate[] }>;
  /** Interns gates by their place; the same place twice is the same chain. */
  chain(key: string, gates: () => readonly Gate[]): string;
}

export function azureNetwork(snapshot: Snapshot): AzureNetwork {
  const chains: AzureNetwork["chains"] = new Map();
  return {
    ...virtualNetworks(snapshot),
    snapshot,
    groups: byId(resourcesOf(snapshot, rulesCall)),
    routeTables: byId(resourcesOf(snapshot, routesCall)),
    admin: pagesBy(snapshot, adminRulesCall, "virtualNetwork"),
    tags: serviceTags(snapshot),
    sets: new Map(),
    tables: new Map(),
    chains,
    chain(key, gates) {
      if (!chains.has(key)) chains.set(key, { id: key, gates: gates() });
      return key;
    },
  };
}

/** An end of a connection that security groups guard. */
export interface Guarded {
  readonly subnet: string;
  /** Security group of the interface itself. */
  readonly rules?: string;
  /** Private address, or the prefix that holds it. */
  readonly address: string;
  /** Keys of application security groups. */
  readonly groups: readonly string[];
  readonly node: Node;
}

export interface Guard {
  /** What an unmatched packet is stopped by. */
  readonly code: GateCode;
  /** What a rule's deny is called; absent = the same. */
  readonly denied?: GateCode;
  /** What happens where no security group stands. */
  readonly unguarded: "open" | "closed" | "unknown";
  /** The frontend address, where it is not rewritten to the private one, or why it is not known. */
  readonly floating?: { readonly address?: string; readonly unread?: string };
  /** Admin rules pass over the subnets of gateways. */
  readonly gateway?: true;
}

/** Admin rules, then the subnet's security group, then the interface's. A level without a group lets everything pass. */
export function guardGate(network: AzureNetwork, end: Guarded, guard: Guard): Gate {
  const subnet = network.subnets.get(keyOf(end.subnet));
  const source = sourceOf(end.node);
  const place = rulePlace(network, subnet, end, guard.floating);
  const ids = [subnet?.rules, end.rules].flatMap((id) => id ?? []);
  const id = ids.map(nameIn).join(",") || nameIn(end.subnet);
  if (!subnet)
    return unread(
      network,
      networkCall,
      `the rules of ${nameIn(end.subnet)} are unknown`,
      guard.code,
      end,
    );
  const before = guard.gateway ? [] : adminStage(network, subnet, place);
  const base = { kind: "staged", id, source, peer: "from", port: "dialled" } as const;
  if (ids.length === 0) return { ...base, ...unguardedStages(before, guard) };
  const stages = [...before, groupStage(network, ids, place, guard)];
  return { ...base, code: guard.code, stages, otherwise: "deny" };
}

function groupStage(
  network: AzureNetwork,
  ids: readonly string[],
  place: RulePlace,
  { code, denied = code }: Guard,
): Stage {
  const ruleSets = ids.flatMap((each) => groupSet(network, each, place));
  const missing = ids.filter((each) => !network.groups.has(keyOf(each))).map(nameIn);
  if (missing.length === 0) return { ruleSets, code: denied };
  const because = `${rulesCall} was not read: the rules of ${missing.join(", ")} are unknown`;
  return { ruleSets, code: denied, unread: because };
}

/** Where no security group stands, the SKU of what the client dialled decides. */
function unguardedStages(
  before: readonly Stage[],
  { code, unguarded }: Guard,
): Pick<StagedGate, "code" | "stages" | "otherwise"> {
  if (unguarded === "open") return { code, stages: before, otherwise: "allow" };
  const closed = "SECURE_BY_DEFAULT";
  if (unguarded === "closed") return { code: closed, stages: before, otherwise: "deny" };
  const because = "the SKU of the public address was not read: without a security group it decides";
  const stages = [...before, { ruleSets: [], code: closed, unread: because } as const];
  return { code: closed, stages, otherwise: "deny" };
}

/** The way back to a client: by the subnet's effective routes. */
export function replyGate(network: AzureNetwork, end: Pick<Guarded, "subnet" | "node">): Gate {
  const code = "NO_INTERNET_ROUTE";
  const subnet = network.subnets.get(keyOf(end.subnet));
  const why = `the routes of ${nameIn(end.subnet)} are unknown`;
  if (!subnet) return unread(network, networkCall, why, code, end);
  const table = tableOf(network, subnet);
  if (subnet.routes !== undefined && !table) return unread(network, routesCall, why, code, end);
  const id = keyOf(`${subnet.network.id}|${subnet.routes ?? ""}`);
  if (!network.tables.has(id))
    network.tables.set(id, effectiveRoutes(id, reachedFrom(network, subnet), table, network.tags));
  return {
    kind: "routes",
    code,
    id: subnet.routes === undefined ? subnet.name : nameIn(subnet.routes),
    table: id,
    source: sourceOf(table ?? subnet.node),
  };
}

function reachedFrom(network: AzureNetwork, subnet: Subnet): Reached {
  return {
    network: subnet.network,
    peers: peerPrefixes(network, subnet),
    gateway: learns(subnet, tableOf(network, subnet)),
  };
}

function tableOf(network: AzureNetwork, { routes }: Subnet): Node | undefined {
  return routes === undefined ? undefined : network.routeTables.get(keyOf(routes));
}

/** What the VirtualNetwork tag means in a subnet: the network, what it is connected to, and where its routes lead. */
function tagPrefixes(network: AzureNetwork, subnet: Subnet | undefined): string[] {
  if (!subnet) return [];
  const widening = wideningPrefixes(tableOf(network, subnet)).flatMap((prefix) =>
    /^[\d.:a-f/]+$/i.test(prefix)
      ? [prefix]
      : network.tags.peers(prefix).flatMap((peer) => (peer.kind === "prefix" ? [peer.cidr] : [])),
  );
  return [...insidePrefixes(network, subnet), ...widening];
}

function insidePrefixes(network: AzureNetwork, subnet: Subnet | undefined): string[] {
  if (!subnet) return [];
  return [...subnet.network.prefixes, ...peerPrefixes(network, subnet).map(([, prefix]) => prefix)];
}

/** Prefixes of connected networks, by the name of the network. */
function peerPrefixes({ networks }: AzureNetwork, { network }: Subnet): [string, string][] {
  return [...network.peers].flatMap(([key, told]) => {
    const prefixes = told.length > 0 ? told : (networks.get(key)?.prefixes ?? []);
    return prefixes.map((prefix): [string, string] => [nameIn(key), prefix]);
  });
}

function rulePlace(
  network: AzureNetwork,
  subnet: Subnet | undefined,
  end: Guarded,
  floating: Guard["floating"],
): RulePlace {
  return {
    addresses: floating ? [floating.address ?? []].flat() : [end.address],
    ...(floating?.unread !== undefined && { unread: floating.unread }),
    groups: end.groups,
    network: tagPrefixes(network, subnet),
    inside: insidePrefixes(network, subnet),
    tags: network.tags,
  };
}

function adminStage(network: AzureNetwork, subnet: Subnet, place: RulePlace): Stage[] {
  if (isExempt(subnet.name)) return [];
  const vnet = subnet.network;
  const rules = adminRules(network.admin.get(keyOf(vnet.id)) ?? [], place);
  const ruleSets =
    rules.length === 0 ? [] : [intern(network, `admin ${vnet.name}`, rules, vnet.node)];
  const hidden = adminUnread(network, vnet);
  const code = "ADMIN_RULE_DENY";
  if (ruleSets.length === 0 && hidden === undefined) return [];
  return [{ ruleSets, code, ...(hidden !== undefined && { unread: hidden }) }];
}

/**
 * Admin rules that were not read may open what security groups close, and close what they open: a reader's role may
 * not ask for them. Where the subscription shows that it has no network manager that writes any, there is nothing to
 * name.
 */
function adminUnread(
  { snapshot }: AzureNetwork,
  { id, name }: Subnet["network"],
): string | undefined {
  if (!gapIn(snapshot, adminRulesCall, { virtualNetwork: id })) return undefined;
  const told =
    !gapIn(snapshot, networkManagerCall) && pagesOf(snapshot, networkManagerCall).length > 0;
  if (told && !resourcesOf(snapshot, networkManagerCall).some(writesAdminRules)) return undefined;
  return `${adminRulesCall} was not read: the admin rules of ${name} are unknown`;
}

/** https://learn.microsoft.com/azure/virtual-network-manager/concept-network-manager-scope */
function writesAdminRules(manager: Node): boolean {
  const accesses = texts(props(manager), "networkManagerScopeAccesses");
  return accesses.length === 0 || accesses.includes("SecurityAdmin");
}

function groupSet(network: AzureNetwork, id: string, place: RulePlace): string[] {
  const group = network.groups.get(keyOf(id));
  return group ? [intern(network, nameIn(id), inboundRules(group, place), group)] : [];
}

/** Sets are told apart by their content: most destinations meet the same rules. */
function intern(network: AzureNetwork, name: string, rules: readonly Rule[], node: Node): string {
  const content = JSON.stringify(
    rules.map(({ id, peers, ports, sourcePorts }) => [id, peers, ports, sourcePorts]),
  );
  const id = `${name}|${content}`;
  if (!network.sets.has(id)) network.sets.set(id, { id, rules, source: sourceOf(node) });
  return id;
}

function unread(
  { snapshot }: AzureNetwork,
  call: string,
  what: string,
  code: GateCode,
  { subnet, node }: Pick<Guarded, "subnet" | "node">,
): Gate {
  const why = gapIn(snapshot, call) ? "was not read" : "does not show it";
  const because = `${call} ${why}: ${what}`;
  return {
    kind: "unread",
    limit: false,
    code,
    id: nameIn(subnet),
    source: sourceOf(node),
    because,
  };
}
