import { flag, items, text, type Node } from "../reader.ts";
import type { AzureNetwork } from "./network.ts";
import { keyOf, nameOf, props } from "./pages.ts";
import type { Subnet } from "./virtual-networks.ts";

/**
 * What has to be taken for granted about replies from a subnet to which a gateway may propagate routes that no list
 * shows. https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview#border-gateway-protocol
 */
export function learnedRoutes(network: AzureNetwork, subnetId: string): string[] {
  const subnet = network.subnets.get(keyOf(subnetId));
  if (!subnet) return [];
  const table = network.routeTables.get(keyOf(subnet.routes ?? ""));
  const decided = table
    ? items(props(table), "routes").some(
        (each) => text(props(each), "addressPrefix") === "0.0.0.0/0",
      )
    : false;
  if (decided || !learns(subnet, table)) return [];
  const { name } = subnet.network;
  return [
    `routes that a gateway of ${name} learns are in no list: none is taken to lead replies away`,
  ];
}

/** Whether a gateway propagates what it learns to the subnet. */
export function learns(subnet: Subnet, table: Node | undefined): boolean {
  return (
    (table === undefined || flag(props(table), "disableBgpRoutePropagation") !== true) &&
    hasGateway(subnet)
  );
}

/** Of the network itself, or of a peer whose gateway it uses. */
function hasGateway({ network }: Subnet): boolean {
  const own = props(network.node);
  const subnet = items(own, "subnets").find(
    (each) => nameOf(each).toLowerCase() === "gatewaysubnet",
  );
  const held = subnet ? items(props(subnet), "ipConfigurations") : [];
  return (
    held.some((each) => /\/virtualnetworkgateways\//i.test(text(each, "id") ?? "")) ||
    items(own, "virtualNetworkPeerings").some(
      (each) =>
        flag(props(each), "useRemoteGateways") === true &&
        text(props(each), "peeringState") === "Connected",
    )
  );
}
