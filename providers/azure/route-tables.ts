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
  none: { next: "asymmetric", words: "nowhere: the reply is dropped" },
};

/** What widens the VirtualNetwork tag. */
const widening: ReadonlySet<string> = new Set(["virtualappliance", "virtualnetworkgateway"]);

function hopOf(route: Node): string {
  return (text(props(route), "nextHopType") ?? "").toLowerCase();
}

/** The effective routes of a subnet, as far as lists show them: the system's own, and the user's before them. */
export function effectiveRoutes(
  id: string,
  network: VirtualNetwork,
  table: Node | undefined,
  tags: ServiceTags,
): RouteTable {
  const source = sourceOf(network.node);
  const own: Route[] = network.prefixes.map((prefix) => ({
    prefix,
    next: "local",
    rank: 1,
    because: `${prefix} is the network's own`,
    source,
  }));
  const system: Route[] = ["0.0.0.0/0", "::/0"].map((prefix) => ({
    prefix,
    next: "internet",
    rank: 1,
    because: `the system route ${prefix} leads to the internet`,
    source,
  }));
  return { id, routes: [...userRoutes(table, tags), ...own, ...system], source };
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
