import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";
import { doorOf, toAccelerator, type Accelerator } from "./accelerators.ts";
import type { Landscape } from "./balancer-targets.ts";
import { acceleratorLeg, interfaceEnd } from "./door-links.ts";
import { finished } from "./front-doors.ts";
import type { Interface } from "./interfaces.ts";
import { asleep, stopAt } from "./origins.ts";
import { pagesBy } from "./pages.ts";

/**
 * Custom routing accelerators: each of their ports is one port of one address in a subnet, and closed until it is
 * allowed. https://docs.aws.amazon.com/global-accelerator/latest/dg/about-custom-routing-how-it-works.html
 */
export function customRoutingApproaches(snapshot: Snapshot, land: Landscape): Approach[] {
  const mappings = pagesBy(
    snapshot,
    "globalaccelerator:ListCustomRoutingPortMappings",
    "AcceleratorArn",
  );
  return listed(snapshot, "globalaccelerator:ListCustomRoutingAccelerators", "Accelerators")
    .flatMap(toAccelerator)
    .flatMap((accelerator) =>
      (mappings.get(accelerator.arn) ?? [])
        .flatMap((page) => items(page, "PortMappings"))
        .filter((mapping) => text(mapping, "DestinationTrafficState") === "ALLOW")
        .flatMap((mapping) => through(accelerator, mapping, land)),
    );
}

/** The client's address is always kept. */
function through(accelerator: Accelerator, mapping: Node, land: Landscape): Approach[] {
  const socket = at(mapping, "DestinationSocketAddress");
  const [address, port] = [socket && text(socket, "IpAddress"), socket && number(socket, "Port")];
  const entry = number(mapping, "AcceleratorPort");
  if (address === undefined || port === undefined || entry === undefined) return [];
  const own = receiverIn(text(mapping, "EndpointId") ?? "", address, land);
  const workload = own?.instance === undefined ? undefined : land.workloads.get(own.instance);
  if (!own || !workload) return [];
  const stop = stopAt(own, workload);
  const leg = acceleratorLeg(land.network, interfaceEnd(own), "ipv4", true, stop);
  return texts(mapping, "Protocols").map((name) => {
    const ports = { from: entry, to: entry };
    const protocol = name === "UDP" ? "udp" : "tcp";
    const door = doorOf(accelerator, "ipv4", protocol, ports, accelerator.gates);
    return finished(door, workload, [{ ...leg, port }, ...asleep(workload)]);
  });
}

/** Where the subnet was not read, the interfaces in it tell. */
function receiverIn(
  subnet: string,
  address: string,
  { network, interfaces }: Landscape,
): Interface | undefined {
  const vpc = network.subnets.get(subnet)?.vpc;
  if (vpc !== undefined) return interfaces.holder(vpc, address);
  return interfaces.all.find(
    (each) => each.subnet === subnet && each.addresses.some((own) => own.private === address),
  );
}
