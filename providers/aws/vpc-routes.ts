import type { Gate } from "../../src/model/network.ts";
import { longestFor } from "../../src/net/longest-prefix.ts";
import { sourceOf, type Node } from "../reader.ts";
import type { AwsNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";

/** An end of a connection between two VPCs. */
export interface CrossingEnd {
  readonly subnet: string;
  readonly vpc: string;
  readonly address: string | undefined;
  readonly node: Node;
}

/** What leads out of a VPC but to no other one. https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html */
const outward = /^(?:nat|eigw|igw|lgw|cagw)-/;

/**
 * Each side needs a route to the other's address: a VPC has none to a peered one by itself.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function crossingGates(network: AwsNetwork, from: CrossingEnd, to: CrossingEnd): Gate[] {
  return [routeBetween(network, from, to), routeBetween(network, to, from)].flat();
}

function routeBetween(network: AwsNetwork, from: CrossingEnd, to: CrossingEnd): Gate[] {
  const { address } = to;
  const table = tableOf(network, from);
  if (!table || address === undefined) return [];
  if (table.routes.some(({ prefix }) => prefix === undefined)) return [];
  const { id } = table;
  const best = longestFor(table.routes, address);
  const crosses = best?.next === "elsewhere" && !outward.test(best.target ?? "");
  if (crosses) return [];
  const because = `${id} has no route from ${from.vpc} to ${address} in ${to.vpc}`;
  const source = best?.source ?? sourceOf(from.node);
  return [{ kind: "state", code: "NO_INTERNET_ROUTE", id, rule: id, open: false, because, source }];
}

/** Undefined where it could not be read: the assumption that a target of another VPC carries covers that. */
function tableOf({ routes, snapshot }: AwsNetwork, { subnet, vpc, node }: CrossingEnd) {
  const unread = gapIn(snapshot, "ec2:DescribeRouteTables", {}, node.page.region);
  const id = routes.bySubnet.get(subnet) ?? (unread ? undefined : routes.mainOf.get(vpc));
  return id === undefined ? undefined : routes.tables.get(id);
}
