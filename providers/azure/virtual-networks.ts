import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, text, texts, type Node } from "../reader.ts";
import { networkCall } from "./operations.ts";
import { idOf, keyOf, nameOf, props, refOf, resourcesOf } from "./pages.ts";

export interface VirtualNetwork {
  readonly id: string;
  readonly name: string;
  readonly prefixes: readonly string[];
  /** Keys of the networks that it is connected to, with the prefixes that it routes to them. */
  readonly peers: ReadonlyMap<string, readonly string[]>;
  readonly node: Node;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly network: VirtualNetwork;
  readonly prefixes: readonly string[];
  readonly rules?: string;
  readonly routes?: string;
  readonly node: Node;
}

export interface VirtualNetworks {
  readonly networks: ReadonlyMap<string, VirtualNetwork>;
  readonly subnets: ReadonlyMap<string, Subnet>;
}

export function virtualNetworks(snapshot: Snapshot): VirtualNetworks {
  const networks = new Map<string, VirtualNetwork>();
  const subnets = new Map<string, Subnet>();
  for (const node of resourcesOf(snapshot, networkCall)) {
    const own = props(node);
    const network: VirtualNetwork = {
      id: idOf(node),
      name: nameOf(node),
      prefixes: prefixesIn(own, "addressSpace"),
      peers: new Map(items(own, "virtualNetworkPeerings").flatMap(peerOf)),
      node,
    };
    networks.set(keyOf(network.id), network);
    for (const each of items(own, "subnets"))
      subnets.set(keyOf(idOf(each)), toSubnet(each, network));
  }
  return { networks, subnets };
}

function toSubnet(node: Node, network: VirtualNetwork): Subnet {
  const own = props(node);
  const [rules, routes] = [refOf(own, "networkSecurityGroup"), refOf(own, "routeTable")];
  const single = text(own, "addressPrefix");
  const several = texts(own, "addressPrefixes");
  return {
    id: idOf(node),
    name: nameOf(node),
    network,
    prefixes: several.length > 0 || single === undefined ? several : [single],
    ...(rules !== undefined && { rules }),
    ...(routes !== undefined && { routes }),
    node,
  };
}

/** Only a connected peering carries packets: https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview */
function peerOf(node: Node): [string, readonly string[]][] {
  const own = props(node);
  const remote = refOf(own, "remoteVirtualNetwork");
  const open =
    text(own, "peeringState") === "Connected" && flag(own, "allowVirtualNetworkAccess") !== false;
  if (remote === undefined || !open) return [];
  const prefixes = ["remoteVirtualNetworkAddressSpace", "remoteAddressSpace"].flatMap((key) =>
    prefixesIn(own, key),
  );
  return [[keyOf(remote), [...new Set(prefixes)]]];
}

function prefixesIn(node: Node, key: string): string[] {
  const space = at(node, key);
  return space ? texts(space, "addressPrefixes") : [];
}

/** Whether packets get from one network to the other: both ends of a peering must be connected. */
export function connected(from: VirtualNetwork, to: VirtualNetwork): boolean {
  const [a, b] = [keyOf(from.id), keyOf(to.id)];
  return a === b || (from.peers.has(b) && to.peers.has(a));
}
