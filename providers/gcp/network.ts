import type { GateCode } from "../../src/model/exposure.ts";
import type { Chain, Gate, RouteTable, RuleSet, Stage } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { levelCode, policiesOf, type Level, type PoliciesOf } from "./firewall-policies.ts";
import { policyRules, vpcRules, type Aim, type Origin } from "./firewall-rules.ts";
import { pathOf, projectOf } from "./links.ts";
import { aggregated, byLink, gapIn, pagesBy } from "./pages.ts";
import { policyRoutesOf } from "./policy-routes.ts";
import { routeTable } from "./routes.ts";

/** What the firewalls and routes of a network look at in an interface. */
export interface Receiver {
  readonly network: string;
  readonly region: string;
  readonly tags: readonly string[];
  readonly accounts: readonly string[];
  readonly secureTags: readonly string[] | undefined;
  readonly node: Node;
}

/** The networks of a scope, with the chains that interfaces and balancers share. */
export interface GcpNetwork {
  readonly snapshot: Snapshot;
  readonly networks: ReadonlyMap<string, Node>;
  readonly sets: Map<string, RuleSet>;
  readonly tables: Map<string, RouteTable>;
  readonly chains: Map<string, Chain>;
  readonly policies: PoliciesOf;
  readonly firewalls: (network: string) => readonly Node[];
  readonly routes: readonly Node[];
  readonly policyRoutes: readonly Node[];
  readonly armor: ReadonlyMap<string, Node>;
  readonly addressGroups: ReadonlyMap<string, readonly string[]>;
}

export function gcpNetwork(snapshot: Snapshot): GcpNetwork {
  const own = listed(snapshot, "compute.firewalls.list", "items");
  const effective = pagesBy(snapshot, "compute.networks.getEffectiveFirewalls", "network");
  return {
    snapshot,
    networks: byLink(listed(snapshot, "compute.networks.list", "items")),
    sets: new Map(),
    tables: new Map(),
    chains: new Map(),
    policies: policiesOf(snapshot),
    firewalls: (network) => {
      const known = own.filter((rule) => pathOf(text(rule, "network") ?? "") === network);
      if (known.length > 0) return known;
      return (effective.get(network) ?? []).flatMap((view) => items(view, "firewalls"));
    },
    routes: listed(snapshot, "compute.routes.list", "items"),
    policyRoutes: listed(snapshot, policyCall, "policyBasedRoutes"),
    addressGroups: new Map(
      pagesOf(snapshot, "networksecurity.addressGroups.get").map((page) => [
        pathOf(text(page, "name") ?? ""),
        texts(page, "items"),
      ]),
    ),
    armor: byLink(
      aggregated(snapshot, "compute.securityPolicies.aggregatedList", "securityPolicies"),
    ),
  };
}

/** The last leg as an interface sees it. */
interface Arriving {
  readonly to: readonly string[];
  readonly origin: Origin;
  /** It comes by a forwarding rule. */
  readonly balanced: boolean;
  /** Answers go by the routes of the network. https://cloud.google.com/vpc/docs/routes#special_return_paths */
  readonly routed: boolean;
}

/** The chain of a leg that ends at an interface: its firewalls, and the way back when the client itself is answered. */
export function receivingChain(land: GcpNetwork, receiver: Receiver, leg: Arriving): string {
  const aim = aimOf(land, receiver, leg);
  const { network, region, tags, accounts, secureTags } = receiver;
  const policies = leg.routed ? policyRoutesOf(land.policyRoutes, network, tags, leg.to) : [];
  const key = JSON.stringify([
    network,
    region,
    tags,
    accounts,
    secureTags,
    namesAddresses(land, receiver) ? leg.to : [],
    leg.origin,
    leg.balanced,
    leg.routed,
    policies.map((node) => text(node, "name") ?? ""),
  ]);
  if (!land.chains.has(key)) {
    const back = leg.routed ? routeGates(land, receiver, policies) : [];
    const named = leg.balanced ? denyGates(land, receiver, aim) : [];
    const gates = [...named, firewallGate(land, receiver, aim, leg.balanced), ...back];
    land.chains.set(key, { id: key, gates });
  }
  return key;
}

function aimOf(
  { networks, addressGroups }: GcpNetwork,
  { network, tags, accounts, secureTags }: Receiver,
  { to, origin }: { readonly to: readonly string[]; readonly origin: Origin },
): Aim {
  const known = networks.get(network);
  const number = known && text(known, "id");
  const networkAlias = number === undefined ? undefined : network.replace(/\/[^/]+$/, `/${number}`);
  return { network, networkAlias, tags, accounts, secureTags, addressGroups, to, origin };
}

/** Only rules that name addresses make interfaces with equal tags differ. */
function namesAddresses(land: GcpNetwork, { network, region }: Receiver): boolean {
  const { policies } = land.policies(network, region);
  return (
    land.firewalls(network).some((rule) => items(rule, "destinationRanges").length > 0) ||
    policies.some(({ rules }) =>
      rules.some((rule) => {
        const match = at(rule, "match");
        return (
          text(rule, "direction") !== "EGRESS" && match && texts(match, "destIpRanges").length > 0
        );
      }),
    )
  );
}

const before: readonly (Level | "vpc")[] = ["hierarchy", "system", "network", "region", "vpc"];
const after: readonly (Level | "vpc")[] = ["hierarchy", "system", "vpc", "network", "region"];

/** https://cloud.google.com/firewall/docs/firewall-policies-rule-eval-order */
function stagesOf(land: GcpNetwork, receiver: Receiver, aim: Aim): Stage[] {
  const node = land.networks.get(receiver.network);
  const order = node && text(node, "networkFirewallPolicyEnforcementOrder");
  const of = (level: Level | "vpc"): Stage[] =>
    level === "vpc" ? vpcStages(land, receiver, aim) : policyStages(land, receiver, level, aim);
  if (order === "BEFORE_CLASSIC_FIREWALL") return before.flatMap(of);
  const own = after.flatMap(of);
  const matters = of("vpc").length > 0 && of("network").length + of("region").length > 0;
  if (node || !matters) return own;
  const because = `compute.networks.list does not show ${receiver.network}: its firewall rules are assumed to come before its network policies`;
  const fixed = after.slice(0, 2).flatMap(of).length;
  return own.toSpliced(fixed, 0, { ruleSets: [], code: "FW_IMPLICIT_DENY", unread: because });
}

/** What a rule denies by name behind a balancer, told with that rule's own code beside the balancer's. */
function denyGates(land: GcpNetwork, receiver: Receiver, aim: Aim): Gate[] {
  const node = land.networks.get(receiver.network) ?? receiver.node;
  const denies = (id: string): boolean =>
    (land.sets.get(id)?.rules ?? []).some(({ action }) => action === "deny");
  const stages = stagesOf(land, receiver, aim);
  if (!stages.some(({ ruleSets }) => ruleSets.some(denies))) return [];
  return [
    {
      kind: "staged",
      code: "FW_DENY_RULE",
      id: text(node, "name") ?? receiver.network,
      source: sourceOf(node),
      stages,
      otherwise: "allow",
      peer: "from",
      port: "dialled",
    },
  ];
}

function firewallGate(land: GcpNetwork, receiver: Receiver, aim: Aim, balanced: boolean): Gate {
  const node = land.networks.get(receiver.network);
  const stages = stagesOf(land, receiver, aim);
  const code = (own: GateCode): GateCode => (balanced ? "LB_TARGET_FW" : own);
  return {
    kind: "staged",
    code: code("FW_IMPLICIT_DENY"),
    id: text(node ?? receiver.node, "name") ?? receiver.network,
    source: sourceOf(node ?? receiver.node),
    stages: stages.map((stage) => Object.assign(stage, { code: code(stage.code) })),
    otherwise: "deny",
    peer: "from",
    port: "dialled",
  };
}

function vpcStages(land: GcpNetwork, { network, node }: Receiver, aim: Aim): Stage[] {
  const firewalls = land.firewalls(network);
  const code = "FW_DENY_RULE";
  const call = "compute.firewalls.list";
  if (firewalls.length === 0) {
    const seen = pagesBy(land.snapshot, "compute.networks.getEffectiveFirewalls", "network");
    const project = projectOf(network) ?? "";
    const params = project === land.snapshot.scope.id ? {} : { project };
    const gap = seen.has(network) ? undefined : gapIn(land.snapshot, call, params);
    const because = `${call} was not read: the firewall rules of ${network} are unknown`;
    return gap ? [{ ruleSets: [], code, unread: because }] : [];
  }
  const rules = vpcRules(firewalls, aim);
  return rules.length === 0 ? [] : [{ ruleSets: [intern(land, "vpc", aim, rules, node)], code }];
}

function policyStages(land: GcpNetwork, receiver: Receiver, level: Level, aim: Aim): Stage[] {
  const { policies, unread } = land.policies(receiver.network, receiver.region);
  const code = levelCode[level];
  const because = unread[level];
  const stages = policies
    .filter((policy) => policy.level === level)
    .flatMap(({ name, rules, node }): Stage[] => {
      const own = policyRules(name, rules, aim);
      return own.length === 0
        ? []
        : [{ ruleSets: [intern(land, `${level}|${name}`, aim, own, node)], code }];
    });
  return because === undefined ? stages : [...stages, { ruleSets: [], code, unread: because }];
}

function intern(
  land: GcpNetwork,
  name: string,
  aim: Aim,
  rules: RuleSet["rules"],
  node: Node,
): string {
  const id = `${name}|${JSON.stringify([aim.network, aim.origin, rules.map((rule) => [rule.id, rule.action, rule.protocol, rule.ports, rule.peers])])}`;
  if (!land.sets.has(id)) land.sets.set(id, { id, rules, source: sourceOf(node) });
  return id;
}

const call = "compute.routes.list";
const policyCall = "networkconnectivity.projects.locations.policyBasedRoutes.list";

/** The way back. https://cloud.google.com/vpc/docs/vpc#internet_access_reqs */
export function routeGates(
  land: GcpNetwork,
  { network, tags, node }: Pick<Receiver, "network" | "tags" | "node">,
  policies: readonly Node[] = [],
): Gate[] {
  const common = { code: "NO_INTERNET_ROUTE", source: sourceOf(node) } as const;
  const project = projectOf(network) ?? "";
  const foreign = project !== land.snapshot.scope.id;
  const params = foreign ? { project } : {};
  const asked = pagesOf(land.snapshot, call).some(
    ({ page }) => (page.params["project"] ?? "") === (foreign ? project : ""),
  );
  const read =
    asked || land.routes.some((route) => pathOf(text(route, "network") ?? "") === network);
  if (!read || gapIn(land.snapshot, call, params)) {
    const because = `${call} was not read: the routes of ${network} are unknown`;
    return [{ ...common, kind: "unread", limit: false, id: network, because }];
  }
  const used = new Set(land.routes.flatMap((route) => texts(route, "tags")));
  const telling = tags.filter((tag) => used.has(tag));
  const named = policies.map((each) => text(each, "name") ?? "");
  const id = `routes|${network}|${telling.join(",")}|${named.join(",")}`;
  if (!land.tables.has(id))
    land.tables.set(
      id,
      routeTable(id, land.routes, network, telling, policies, land.networks.get(network) ?? node),
    );
  const routed: Gate = { ...common, kind: "routes", id: routeName(land, network), table: id };
  if (!gapIn(land.snapshot, policyCall, params)) return [routed];
  const because = `${policyCall} was not read: policy-based routes are assumed to leave replies alone`;
  return [routed, { ...common, kind: "unread", limit: true, id: network, because }];
}

function routeName(land: GcpNetwork, network: string): string {
  const node = land.networks.get(network);
  return (node && text(node, "name")) ?? network;
}
