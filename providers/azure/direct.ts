import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { sourceOf, type Node } from "../reader.ts";
import type { PublicAddress, PublicAddresses } from "./addresses.ts";
import type { IpConfiguration } from "./interfaces.ts";
import { client, nobody, stateAssumptions, stateLegs, workloadStop } from "./legs.ts";
import { learnedRoutes } from "./learned-routes.ts";
import { guardGate, replyGate, type AzureNetwork, type Guard } from "./network.ts";
import { keyOf, nameIn, parentOf, props, refOf } from "./pages.ts";
import { families } from "./prefixes.ts";

/** The ways from the internet straight to an interface: one an address that can be dialled. */
export function directApproaches(
  workload: Workload,
  own: readonly IpConfiguration[],
  network: AzureNetwork,
  addresses: PublicAddresses,
): Approach[] {
  return families.flatMap((family) => {
    const mine = own.filter((each) => each.family === family);
    const open = mine.filter(({ publicAddress }) => publicAddress !== undefined);
    return (open.length > 0 ? open : mine.slice(0, 1)).map((each) =>
      direct(workload, each, network, addresses),
    );
  });
}

function direct(
  workload: Workload,
  each: IpConfiguration,
  network: AzureNetwork,
  addresses: PublicAddresses,
): Approach {
  const { family, publicAddress } = each;
  const open = publicAddress === undefined ? undefined : addresses(publicAddress);
  const name = open?.name;
  const request: Leg = {
    family,
    from: client,
    to: nobody,
    own: [addressGate(each, open)],
    chain: clientChain(network, each, {
      code: "FW_IMPLICIT_DENY",
      denied: "FW_DENY_RULE",
      unguarded: unguarded(open?.sku ?? "standard"),
    }),
    stop: workloadStop(workload, `${nameIn(each.interface)} delivers to ${workload.name}`),
  };
  return {
    workload: workload.id,
    protocol: ["tcp", "udp"],
    via: [],
    family,
    entryPorts: allPorts,
    legs: [request, ...stateLegs(workload, family)],
    entry: {
      ...(open?.address !== undefined && { address: open.address }),
      hosts: name === undefined ? [] : [name],
      paths: [],
      tls: "unknown",
    },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [
      ...stateAssumptions(workload),
      ...learnedRoutes(network, each.subnet),
      ...chained(each.node, nameIn(each.interface)),
    ],
  };
}

/** Appliances that a gateway balancer puts before a frontend. https://learn.microsoft.com/azure/load-balancer/gateway-overview */
export function chained(configuration: Node, name: string): string[] {
  const gateway = refOf(props(configuration), "gatewayLoadBalancer");
  return gateway === undefined
    ? []
    : [
        `the appliances of ${nameIn(parentOf(gateway))} before ${name} are taken to let packets pass`,
      ];
}

export function unguarded(sku: PublicAddress["sku"]): Guard["unguarded"] {
  return sku === "basic" ? "open" : sku === "standard" ? "closed" : "unknown";
}

/** Gates of clients whose own address the interface sees: its rules, and the way back. */
export function clientChain(network: AzureNetwork, each: IpConfiguration, guard: Guard): string {
  const key = [each.id, guard.code, guard.unguarded, JSON.stringify(guard.floating)]
    .map(String)
    .join("|");
  return network.chain(keyOf(`client|${key}`), () => [
    guardGate(network, each, guard),
    replyGate(network, each),
  ]);
}

function addressGate(each: IpConfiguration, open: PublicAddress | undefined): Gate {
  const id = nameIn(each.interface);
  const because = open
    ? `${open.address ?? "a public address"} is an address of ${id}`
    : `${id} has no public ${each.family === "ipv4" ? "IPv4" : "IPv6"} address`;
  return {
    kind: "state",
    code: "NO_PUBLIC_ADDRESS",
    id,
    open: open !== undefined,
    because,
    source: sourceOf(open?.node ?? each.node),
  };
}
