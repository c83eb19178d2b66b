import type { NextHop, Route, RouteTable } from "../../src/model/network.ts";
import { number, sourceOf, text, texts, type Node } from "../reader.ts";
import { nameOf, pathOf } from "./links.ts";

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

/** The routes of a network that apply to an instance with these tags. https://cloud.google.com/vpc/docs/routes */
export function routeTable(
  id: string,
  routes: readonly Node[],
  network: string,
  tags: readonly string[],
  source: Node,
): RouteTable {
  const own = routes.filter((route) => {
    const wanted = texts(route, "tags");
    return (
      pathOf(text(route, "network") ?? "") === network &&
      (wanted.length === 0 || wanted.some((tag) => tags.includes(tag))) &&
      !["INACTIVE", "DROPPED", "PENDING"].includes(text(route, "routeStatus") ?? "ACTIVE")
    );
  });
  return { id, routes: own.flatMap(toRoute), source: sourceOf(source) };
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
      rank: number(node, "priority") ?? 1000,
      because: `${name} routes ${prefix} to ${nameOf(target)}`,
      source: sourceOf(node),
    },
  ];
}

function nextOf(key: string | undefined, target: string): NextHop {
  if (key === undefined) return "dropped";
  if (key === "nextHopNetwork") return "local";
  return target.endsWith("/default-internet-gateway") ? "internet" : "elsewhere";
}
