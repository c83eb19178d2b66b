import type { NextHop, Route, RouteTable } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, sourceOf, text, type Node } from "../reader.ts";
import type { PrefixLists } from "./prefix-lists.ts";

export interface RouteTables {
  readonly tables: Map<string, RouteTable>;
  /** Table id by subnet, explicit associations only. */
  readonly bySubnet: ReadonlyMap<string, string>;
  /** Main table id by VPC. */
  readonly mainOf: ReadonlyMap<string, string>;
  /** Edge table node by internet gateway. */
  readonly byGateway: ReadonlyMap<string, Node>;
}

const targets = [
  "GatewayId",
  "NatGatewayId",
  "TransitGatewayId",
  "EgressOnlyInternetGatewayId",
  "NetworkInterfaceId",
  "InstanceId",
  "VpcPeeringConnectionId",
  "LocalGatewayId",
  "CarrierGatewayId",
  "CoreNetworkArn",
  "OdbNetworkArn",
] as const;

/** Associations in these states do not steer a subnet. */
const gone: ReadonlySet<string> = new Set(["disassociated", "failed"]);

/** Route tables, and which of them a subnet or gateway uses. */
export function routeTables(snapshot: Snapshot, lists: PrefixLists): RouteTables {
  const tables = new Map<string, RouteTable>();
  const bySubnet = new Map<string, string>();
  const mainOf = new Map<string, string>();
  const byGateway = new Map<string, Node>();
  for (const table of listed(snapshot, "ec2:DescribeRouteTables", "RouteTables")) {
    const [id, vpc] = [text(table, "RouteTableId"), text(table, "VpcId")];
    if (id === undefined) continue;
    const routes = items(table, "Routes").flatMap((route) => toRoutes(id, route, lists));
    tables.set(id, { id, routes, source: sourceOf(table) });
    for (const association of items(table, "Associations")) {
      const state = at(association, "AssociationState");
      if (state && gone.has(text(state, "State") ?? "")) continue;
      const [subnet, gateway] = [text(association, "SubnetId"), text(association, "GatewayId")];
      if (subnet !== undefined) bySubnet.set(subnet, id);
      else if (gateway !== undefined) byGateway.set(gateway, table);
      else if (vpc !== undefined) mainOf.set(vpc, id);
    }
  }
  return { tables, bySubnet, mainOf, byGateway };
}

/** A prefix-list route stands for one route an entry; a static route beats a propagated one for the same prefix. */
function toRoutes(table: string, route: Node, lists: PrefixLists): Route[] {
  const list = text(route, "DestinationPrefixListId");
  const plain = text(route, "DestinationCidrBlock") ?? text(route, "DestinationIpv6CidrBlock");
  const destination = plain ?? list;
  if (destination === undefined) return [];
  const target = targetOf(route);
  const common = {
    next: nextOf(route, target),
    target,
    rank: text(route, "Origin") === "EnableVgwRoutePropagation" ? 2 : plain === undefined ? 1 : 0,
    because: `${table} routes ${destination} to ${target}`,
    source: sourceOf(route),
  };
  if (plain !== undefined) return [{ ...common, prefix: plain }];
  const cidrs = lists.cidrs(destination);
  if (cidrs) return cidrs.map((prefix): Route => Object.assign({ prefix }, common));
  const because = `ec2:GetManagedPrefixListEntries was not read: ${table} routes the unknown entries of ${destination} to ${target}`;
  return [{ ...common, because }];
}

function targetOf(route: Node): string {
  return targets.map((key) => text(route, key)).find((id) => id !== undefined) ?? "nowhere";
}

function nextOf(route: Node, target: string): NextHop {
  if (text(route, "State") === "blackhole") return "dropped";
  if (target === "local") return "local";
  if (target.startsWith("igw-")) return "internet";
  return target.startsWith("eigw-") ? "egress-only" : "elsewhere";
}
