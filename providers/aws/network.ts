import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate, RuleGate, RuleSet } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, listed, sourceOf, text, texts, type Node } from "../reader.ts";
import { detourOf, throughMachine, unknownDetour, type Detour } from "./middlebox.ts";
import { gapIn } from "./pages.ts";
import { prefixLists } from "./prefix-lists.ts";
import { publicAccessGate } from "./public-access-block.ts";
import { routeTables, type RouteTables } from "./route-tables.ts";
import { egressOf, ruleSets } from "./rule-sets.ts";

export interface Subnet {
  readonly id: string;
  readonly vpc: string;
  readonly zone: string;
  readonly cidrs: readonly string[];
  readonly node: Node;
}

/** What the VPCs of a scope look like, looked up by the ids that interfaces and balancers name. */
export interface AwsNetwork {
  readonly snapshot: Snapshot;
  readonly sets: ReadonlyMap<string, RuleSet>;
  readonly routes: RouteTables;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly gateways: ReadonlyMap<string, Node>;
  readonly acls: ReadonlyMap<string, Node>;
  readonly defaultAcls: ReadonlyMap<string, Node>;
  /** Interns gates by their place; the same place twice is the same chain. */
  chain(key: string, gates: () => readonly Gate[]): string;
  readonly chains: Map<string, { readonly id: string; readonly gates: readonly Gate[] }>;
}

export function awsNetwork(snapshot: Snapshot): AwsNetwork {
  const lists = prefixLists(snapshot);
  const chains: AwsNetwork["chains"] = new Map();
  const acls = listed(snapshot, "ec2:DescribeNetworkAcls", "NetworkAcls");
  return {
    snapshot,
    sets: ruleSets(snapshot, lists),
    routes: routeTables(snapshot, lists),
    subnets: new Map(listed(snapshot, "ec2:DescribeSubnets", "Subnets").flatMap(toSubnet)),
    gateways: attachedGateways(snapshot),
    acls: new Map(
      acls.flatMap((acl) =>
        items(acl, "Associations").flatMap((each) => keyed(text(each, "SubnetId"), acl)),
      ),
    ),
    defaultAcls: new Map(
      acls.filter(({ value }) => isDefault(value)).flatMap((acl) => keyed(text(acl, "VpcId"), acl)),
    ),
    chains,
    chain: (key, gates) => {
      if (!chains.has(key)) chains.set(key, { id: key, gates: gates() });
      return key;
    },
  };
}

/** Gates between the internet and an interface: gateway, public access block, the subnet's ACL, groups, and the way back. */
export function internetGates(
  network: AwsNetwork,
  subnetId: string,
  groups: {
    readonly ids: readonly string[];
    readonly code: "SG_NO_MATCH" | "LB_SG_NO_MATCH";
    readonly node: Node;
  },
): Gate[] {
  const vpc = vpcOf(network, subnetId, groups.node);
  const unknown = unknownDetour(network, subnetId, vpc, groups.node);
  const detour = detourOf(network, subnetId);
  return [
    gatewayGate(network, subnetId, groups.node),
    ...accessGates(network, subnetId, vpc, groups.node, detour),
    ...(detour?.gates ?? unknown),
    aclGate(network, subnetId, "in", "dialled", groups.node),
    ...groupGates(network, groups.ids, groups.code, groups.node),
    aclGate(network, subnetId, "out", "reply", groups.node),
    ...(unknown.length > 0 ? [] : replyGates(network, subnetId, groups.node, detour)),
  ];
}

/** Inbound rules of an interface's groups. A balancer without groups filters nothing. */
export function groupGates(
  network: AwsNetwork,
  ids: readonly string[],
  code: "SG_NO_MATCH" | "LB_SG_NO_MATCH" | "LB_TARGET_FW",
  node: Node,
  direction: "in" | "out" = "in",
): Gate[] {
  if (ids.length === 0 && code === "LB_SG_NO_MATCH") return [];
  const source = sourceOf(node);
  const missing = ids.filter((id) => !network.sets.has(id));
  const known = ids.filter((id) => network.sets.has(id));
  const name = ids.join(",");
  const rules: RuleGate = {
    kind: "rules",
    match: "union",
    code,
    id: name,
    source,
    ruleSets: direction === "in" ? known : known.map(egressOf),
    peer: direction === "in" ? "from" : "to",
    port: "dialled",
  };
  if (missing.length === 0) return [rules];
  const because = `ec2:DescribeSecurityGroups was not read: the rules of ${missing.join(", ")} are unknown`;
  return [{ ...rules, unread: because }];
}

/** The subnet's ACL in one direction. `port`: whether it filters the request or the answer. */
export function aclGate(
  network: AwsNetwork,
  subnetId: string,
  direction: "in" | "out",
  port: "dialled" | "reply",
  node: Node,
): Gate {
  const vpc = vpcOf(network, subnetId, node);
  const unread = gapIn(network.snapshot, "ec2:DescribeNetworkAcls", {}, node.page.region);
  const acl = network.acls.get(subnetId) ?? (unread ? undefined : network.defaultAcls.get(vpc));
  const id = acl && text(acl, "NetworkAclId");
  const code = direction === "in" ? "SUBNET_ACL_INBOUND" : "SUBNET_ACL_OUTBOUND";
  if (!acl || id === undefined) {
    const because = `ec2:DescribeNetworkAcls was not read: the network ACL of ${subnetId} is unknown`;
    return {
      kind: "unread",
      limit: !unread,
      code,
      id: subnetId,
      source: sourceOf(node),
      because,
    };
  }
  const towards = (direction === "in") === (port === "dialled");
  return {
    kind: "rules",
    match: "first",
    code,
    id,
    source: sourceOf(acl),
    ruleSets: [direction === "in" ? id : egressOf(id)],
    peer: towards ? "from" : "to",
    port,
  };
}

export function vpcOf(network: AwsNetwork, subnetId: string, node: Node): string {
  return network.subnets.get(subnetId)?.vpc ?? text(node, "VpcId") ?? "";
}

export function gatewayGate(network: AwsNetwork, subnetId: string, node: Node): Gate {
  const vpc = vpcOf(network, subnetId, node);
  const gateway = network.gateways.get(vpc);
  const code = "NO_INTERNET_GATEWAY";
  const call = "ec2:DescribeInternetGateways";
  const id = (gateway && text(gateway, "InternetGatewayId")) ?? vpc;
  if (!gateway && (vpc === "" || gapIn(network.snapshot, call, {}, node.page.region)))
    return {
      kind: "unread",
      limit: false,
      code,
      id,
      source: sourceOf(node),
      because: `${vpc === "" ? "ec2:DescribeSubnets" : call} was not read: whether ${vpc || subnetId} has an internet gateway is unknown`,
    };
  return {
    kind: "state",
    code,
    id,
    open: gateway !== undefined,
    because: gateway ? `${id} is attached to ${vpc}` : `no internet gateway is attached to ${vpc}`,
    source: sourceOf(gateway ?? node),
  };
}

/** Public access is blocked where the request enters: in the subnet itself, or in that of the machine before it. */
function accessGates(
  { snapshot }: AwsNetwork,
  subnetId: string,
  vpc: string,
  node: Node,
  detour: Detour | undefined,
): Gate[] {
  const own = publicAccessGate(snapshot, subnetId, vpc, node);
  if (!detour) return [own];
  const { machine, subnet = subnetId, families: sent } = detour;
  const endpoint = machine.startsWith("vpce-") ? machine : undefined;
  const through = publicAccessGate(snapshot, subnet, vpc, node, endpoint);
  return [restrictTo(through, sent), restrictTo(own, straightOf(detour))];
}

function straightOf(detour: Detour): readonly IpFamily[] {
  return families.filter((family) => !detour.families.includes(family));
}

/** The way back: straight, or through the machine that the request came through. */
function replyGates(
  network: AwsNetwork,
  subnetId: string,
  node: Node,
  detour: Detour | undefined,
): Gate[] {
  if (!detour) return [routeGate(network, subnetId, node)];
  const through = routeGate(network, subnetId, node, (table) =>
    throughMachine(network, table, detour),
  );
  const onward = detour.subnet === undefined ? [] : [routeGate(network, detour.subnet, node)];
  return [
    ...[through, ...onward].map((gate) => restrictTo(gate, detour.families)),
    restrictTo(routeGate(network, subnetId, node), straightOf(detour)),
  ];
}

function restrictTo(gate: Gate, only: readonly IpFamily[]): Gate {
  return gate.kind === "rules" ? gate : { ...gate, families: only };
}

function routeGate(
  network: AwsNetwork,
  subnetId: string,
  node: Node,
  view: (table: string) => string = (table) => table,
): Gate {
  const { routes, snapshot } = network;
  const vpc = vpcOf(network, subnetId, node);
  const call = "ec2:DescribeRouteTables";
  const unread = gapIn(snapshot, call, {}, node.page.region);
  const table = routes.bySubnet.get(subnetId) ?? (unread ? undefined : routes.mainOf.get(vpc));
  const common = { code: "NO_INTERNET_ROUTE", source: sourceOf(node) } as const;
  if (table !== undefined) return { ...common, kind: "routes", id: table, table: view(table) };
  const because = `${call} was not read: the route table of ${subnetId} is unknown`;
  return { ...common, kind: "unread", limit: false, id: subnetId, because };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGatewayAttachment.html */
function attachedGateways(snapshot: Snapshot): Map<string, Node> {
  const out = new Map<string, Node>();
  for (const gateway of listed(snapshot, "ec2:DescribeInternetGateways", "InternetGateways"))
    for (const attachment of items(gateway, "Attachments")) {
      const [vpc, state] = [text(attachment, "VpcId"), text(attachment, "State")];
      if (vpc !== undefined && (state === "available" || state === "attached"))
        out.set(vpc, gateway);
    }
  return out;
}

function toSubnet(node: Node): [string, Subnet][] {
  const [id, vpc] = [text(node, "SubnetId"), text(node, "VpcId")];
  if (id === undefined || vpc === undefined) return [];
  const v6 = items(node, "Ipv6CidrBlockAssociationSet").flatMap(
    (each) => text(each, "Ipv6CidrBlock") ?? [],
  );
  const cidrs = [
    ...(text(node, "CidrBlock") ?? "").split(",").filter((cidr) => cidr !== ""),
    ...v6,
  ];
  return [[id, { id, vpc, zone: text(node, "AvailabilityZone") ?? "", cidrs, node }]];
}

function keyed(key: string | undefined, node: Node): [string, Node][] {
  return key === undefined ? [] : [[key, node]];
}

function isDefault(value: Node["value"]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "IsDefault" in value &&
    value["IsDefault"] === true
  );
}

/** Group ids of an interface. */
export function groupIds(node: Node): string[] {
  const listedIds = items(node, "Groups").flatMap((group) => text(group, "GroupId") ?? []);
  return listedIds.length > 0 ? listedIds : texts(node, "SecurityGroups");
}

const families: readonly IpFamily[] = ["ipv4", "ipv6"];
