import type { NextHop, Route, RouteTable } from "../../src/model/network.ts";
import { items, sourceOf, text, type Node } from "../reader.ts";
import { nameOf, props } from "./pages.ts";
import type { ServiceTags } from "./service-tags.ts";
import type { VirtualNetwork } from "./virtual-networks.ts";

/**
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#user-defined
 * A reply that leaves another way than the request came is dropped by the machine or gateway it meets, and what has no
 * next hop is dropped at once: in both cases the client's request has come in and the answer has not gone out.
 */
const hops: Readonly<Record<string, { readonly next: NextHop; readonly words: string }>> = {
  internet: { next: "internet", words: "to the internet" },
  vnetlocal: { next: "local", words: "within the virtual network" },
  virtualappliance: { next: "asymmetric", words: "to an appliance that has not seen the request" },
  virtualnetworkgateway: {
    next: "asymmetric",
    words: "to a gateway that has not seen the request",
  },
  none: { next: "dropped", words: "nowhere: the reply is dropped" },
};

/** What widens the VirtualNetwork tag. */
const widening: ReadonlySet<string> = new Set(["virtualappliance", "virtualnetworkgateway"]);

function hopOf(route: Node): string {
  return (text(props(route), "nextHopType") ?? "").toLowerCase();
}

/** What the system routes of a subnet lead to: the network itself, those it is connected to, and what lies behind a gateway. */
export interface Reached {
  readonly network: VirtualNetwork;
  /** Prefixes of connected networks, by name. */
  readonly peers: readonly (readonly [name: string, prefix: string])[];
  readonly gateway: boolean;
}

/** Where the networks behind a gateway are, whose routes are in no list. */
const privateSpace = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];

/** The effective routes of a subnet, as far as lists show them: the system's own, and the user's before them. */
export function effectiveRoutes(
  id: string,
  { network, peers, gateway }: Reached,
  table: Node | undefined,
  tags: ServiceTags,
): RouteTable {
  const source = sourceOf(network.node);
  const system = (facts: Omit<Route, "rank" | "source">): Route => ({ ...facts, rank: 1, source });
  const own = network.prefixes.map((prefix) =>
    system({ prefix, next: "local", because: `${prefix} is the network's own` }),
  );
  const beyond = peers.map(([target, prefix]) => {
    const because = `the peering with ${target} leads to ${prefix}`;
    return system({ prefix, next: "elsewhere", target, because });
  });
  const out = ["0.0.0.0/0", "::/0"].map((prefix) => {
    const because = `the system route ${prefix} leads to the internet`;
    return system({ prefix, next: "internet", because });
  });
  const learned = (gateway ? privateSpace : []).map((prefix) => {
    const because = `a gateway of ${network.name} may have learned a route to ${prefix}`;
    return system({ prefix, next: "elsewhere", target: `a gateway of ${network.name}`, because });
  });
  const routes = [...userRoutes(table, tags), ...own, ...beyond, ...out, ...learned];
  return { id, routes, source };
}

function userRoutes(table: Node | undefined, tags: ServiceTags): Route[] {
  if (!table) return [];
  return items(props(table), "routes").flatMap((route): Route[] => {
    const prefix = text(props(route), "addressPrefix");
    const hop = hops[hopOf(route)];
    if (prefix === undefined || !hop) return [];
    const name = `${nameOf(table)}/${nameOf(route)}`;
    const facts = {
      next: hop.next,
      target: name,
      because: `${name} sends ${prefix} ${hop.words}`,
      source: sourceOf(route),
    };
    if (/^[\d.:a-f/]+$/i.test(prefix)) return [{ prefix, rank: 0, ...facts }];
    // A prefix that is written out goes before the same one of a tag.
    return tags
      .peers(prefix)
      .map((peer) =>
        Object.assign({ rank: 0.5 }, facts, peer.kind === "prefix" && { prefix: peer.cidr }),
      );
  });
}

/** Prefixes that a user's routes add to the VirtualNetwork tag. */
export function wideningPrefixes(table: Node | undefined): string[] {
  if (!table) return [];
  return items(props(table), "routes").flatMap((route) =>
    widening.has(hopOf(route)) ? (text(props(route), "addressPrefix") ?? []) : [],
  );
}
