import type { NextHop, Route, RouteTable } from "../../src/model/network.ts";
import { items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { nameOf, pathOf } from "./links.ts";
import { steeredBy } from "./policy-routes.ts";

const hops = [
  "nextHopGateway",
  "nextHopInstance",
  "nextHopIlb",
  "nextHopIp",
  "nextHopVpnTunnel",
  "nextHopInterconnectAttachment",
  "nextHopPeering",
  "nextHopHub",
  "nextHopNetwork",
] as const;

const gateway = "/default-internet-gateway";

/** Warnings of a route whose next hop takes no packets, so that the next best route is used. */
const unusable: ReadonlySet<string> = new Set([
  "NEXT_HOP_ADDRESS_NOT_ASSIGNED",
  "NEXT_HOP_INSTANCE_NOT_FOUND",
  "NEXT_HOP_INSTANCE_NOT_ON_NETWORK",
  "NEXT_HOP_INSTANCE_HAS_NO_IPV6_INTERFACE",
  "NEXT_HOP_NOT_RUNNING",
]);

/** The routes of a network that apply to an instance with these tags. https://cloud.google.com/vpc/docs/routes */
export function routeTable(
  id: string,
  routes: readonly Node[],
  network: string,
  tags: readonly string[],
  policies: readonly Node[],
  source: Node,
): RouteTable {
  const own = routes.filter((route) => {
    const wanted = texts(route, "tags");
    return (
      pathOf(text(route, "network") ?? "") === network &&
      (wanted.length === 0 || wanted.some((tag) => tags.includes(tag))) &&
      !["INACTIVE", "DROPPED", "PENDING"].includes(text(route, "routeStatus") ?? "ACTIVE") &&
      !items(route, "warnings").some((each) => unusable.has(text(each, "code") ?? ""))
    );
  });
  const routed = own.flatMap(toRoute);
  return { id, routes: steeredBy(policies, routed), source: sourceOf(source) };
}

function toRoute(node: Node): Route[] {
  const prefix = text(node, "destRange");
  if (prefix === undefined) return [];
  const key = hops.find((each) => text(node, each) !== undefined);
  const target = key === undefined ? "nowhere" : (text(node, key) ?? "nowhere");
  const name = text(node, "name") ?? "route";
  return [
    {
      prefix,
      next: nextOf(key, target),
      target: nameOf(target),
      // Of equal priority the gateway comes last.
      rank: (number(node, "priority") ?? 1000) + (target.endsWith(gateway) ? 0.5 : 0),
      because: `${name} routes ${prefix} to ${nameOf(target)}`,
      source: sourceOf(node),
    },
  ];
}

function nextOf(key: string | undefined, target: string): NextHop {
  if (key === undefined) return "dropped";
  if (key === "nextHopNetwork") return "local";
  return target.endsWith(gateway) ? "internet" : "elsewhere";
}
