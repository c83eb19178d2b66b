import {
  ipFamilies,
  type IpFamily,
  type PortRange,
  type TransportProtocol,
} from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, items, listed, number, sourceOf, text, texts, type Node } from "../reader.ts";
import type { Landscape } from "./balancer-targets.ts";
import { acceleratorLeg, acceleratorLink, interfaceEnd } from "./door-links.ts";
import { doorLeg, finished, shut, toBalancer, type Door } from "./front-doors.ts";
import type { Interface } from "./interfaces.ts";
import { asleep, stopAt } from "./origins.ts";
import { pagesBy } from "./pages.ts";

export interface Accelerator {
  readonly arn: string;
  readonly name: string;
  readonly dns?: string;
  readonly addresses: ReadonlyMap<IpFamily, readonly string[]>;
  readonly gates: readonly Gate[];
  readonly node: Node;
}

/** Ways through Global Accelerator. https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.html */
export function acceleratorApproaches(snapshot: Snapshot, land: Landscape): Approach[] {
  const listeners = pagesBy(snapshot, "globalaccelerator:ListListeners", "AcceleratorArn");
  const groups = pagesBy(snapshot, "globalaccelerator:ListEndpointGroups", "ListenerArn");
  return listed(snapshot, "globalaccelerator:ListAccelerators", "Accelerators")
    .flatMap(toAccelerator)
    .flatMap((accelerator) =>
      (listeners.get(accelerator.arn) ?? [])
        .flatMap((page) => items(page, "Listeners"))
        .flatMap((listener) =>
          (groups.get(text(listener, "ListenerArn") ?? "") ?? [])
            .flatMap((page) => items(page, "EndpointGroups"))
            .flatMap((group) => throughGroup(accelerator, listener, group, land)),
        ),
    );
}

export function toAccelerator(node: Node): Accelerator[] {
  const arn = text(node, "AcceleratorArn");
  if (arn === undefined) return [];
  const name = text(node, "Name") ?? arn;
  const addresses = new Map(
    ipFamilies.map((family): [IpFamily, string[]] => [
      family,
      items(node, "IpSets")
        .filter(
          (set) =>
            (text(set, "IpAddressFamily") ?? text(set, "IpFamily"))?.toLowerCase() === family,
        )
        .flatMap((set) => texts(set, "IpAddresses")),
    ]),
  );
  const dns = text(node, "DualStackDnsName") ?? text(node, "DnsName");
  const off = flag(node, "Enabled") === false;
  return [
    {
      arn,
      name,
      ...(dns !== undefined && { dns }),
      addresses,
      gates: off ? [shut("FRONTEND_DISABLED", name, `${name} is disabled`, node)] : [],
      node,
    },
  ];
}

/** A range of listener ports and where it goes on: a fixed port, or the same one. */
interface Ports {
  readonly entry: PortRange;
  readonly port?: number;
}

/** Overrides move single listener ports; the rest keeps its number. */
export function portsOf(listener: Node, group: Node): Ports[] {
  const overrides = items(group, "PortOverrides").flatMap(
    (each): { from: number; to: number }[] => {
      const [from, to] = [number(each, "ListenerPort"), number(each, "EndpointPort")];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    },
  );
  return items(listener, "PortRanges").flatMap((range): Ports[] => {
    const [from, to] = [number(range, "FromPort"), number(range, "ToPort")];
    if (from === undefined || to === undefined) return [];
    const moved = overrides
      .filter((each) => from <= each.from && each.from <= to)
      .toSorted((a, b) => a.from - b.from);
    const kept: Ports[] = [];
    let next = from;
    for (const each of moved) {
      if (next < each.from) kept.push({ entry: { from: next, to: each.from - 1 } });
      next = each.from + 1;
    }
    if (next <= to) kept.push({ entry: { from: next, to } });
    return kept.concat(
      moved.map((each) => ({ entry: { from: each.from, to: each.from }, port: each.to })),
    );
  });
}

function throughGroup(
  accelerator: Accelerator,
  listener: Node,
  group: Node,
  land: Landscape,
): Approach[] {
  const protocol: TransportProtocol = text(listener, "Protocol") === "UDP" ? "udp" : "tcp";
  const endpoints = items(group, "EndpointDescriptions");
  return ipFamilies
    .filter((family) => (accelerator.addresses.get(family) ?? []).length > 0)
    .flatMap((family) =>
      endpoints.flatMap((endpoint) =>
        portsOf(listener, group).flatMap((ports) => {
          const own = [
            ...accelerator.gates,
            ...endpointGates(accelerator, group, endpoint, endpoints),
          ];
          const door = doorOf(accelerator, family, protocol, ports.entry, own);
          return onto(door, ports, endpoint, land);
        }),
      ),
    );
}

export function doorOf(
  { name, dns, addresses, node }: Accelerator,
  family: IpFamily,
  protocol: TransportProtocol,
  entryPorts: PortRange,
  own: readonly Gate[],
): Door {
  const [address, ...others] = addresses.get(family) ?? [];
  return {
    family,
    protocol: [protocol],
    via: [name],
    legs: [doorLeg(family, name, node, own, `${name} listens on ${entryPorts.from}`)],
    entry: {
      ...(address !== undefined && { address }),
      hosts: [...others, ...(dns === undefined ? [] : [dns])],
      paths: [],
      tls: "unknown",
    },
    entryPorts,
    authGate: "none",
    assumptions: [],
  };
}

/** What keeps an endpoint out of service now. With every endpoint unhealthy, all of them get traffic again. */
function endpointGates(
  { name }: Accelerator,
  group: Node,
  endpoint: Node,
  all: readonly Node[],
): Gate[] {
  const id = text(endpoint, "EndpointId") ?? "endpoint";
  const latent = (code: "LB_NO_TARGET" | "LB_TARGET_UNHEALTHY", because: string): Gate => ({
    kind: "state",
    code,
    id: name,
    rule: id,
    open: false,
    latent: true,
    because,
    source: sourceOf(endpoint),
  });
  return [
    ...(number(group, "TrafficDialPercentage") === 0
      ? [latent("LB_NO_TARGET", "the traffic dial of the endpoint group is at 0")]
      : []),
    ...(number(endpoint, "Weight") === 0 ? [latent("LB_NO_TARGET", `${id} has weight 0`)] : []),
    ...(!healthy(endpoint) && all.some(healthy)
      ? [latent("LB_TARGET_UNHEALTHY", `${id} is unhealthy while others are healthy`)]
      : []),
  ];
}

function healthy(endpoint: Node): boolean {
  return text(endpoint, "HealthState") !== "UNHEALTHY";
}

function onto(door: Door, ports: Ports, endpoint: Node, land: Landscape): Approach[] {
  const id = text(endpoint, "EndpointId") ?? "";
  const keeps = flag(endpoint, "ClientIPPreservationEnabled") ?? !id.startsWith("eipalloc-");
  const balancer = land.balancers.get(id);
  if (balancer) {
    const link = acceleratorLink(land.network, keeps);
    const wanted = portsAt(
      ports,
      balancer.listeners.map(({ port }) => port),
    );
    return wanted.flatMap(({ entry, port }) =>
      toBalancer({ ...door, entryPorts: entry }, balancer, port, link, land),
    );
  }
  return interfacesOf(id, land).flatMap((each) => onInterface(door, ports, each, keeps, land));
}

/** The dialled ports that a listener of the balancer takes; without any, the first, which shows what is missing. */
function portsAt(
  { entry, port }: Ports,
  open: readonly number[],
): { entry: PortRange; port: number }[] {
  if (port !== undefined) return [{ entry, port }];
  const met = open.filter((each) => entry.from <= each && each <= entry.to);
  return (met.length > 0 ? met : [entry.from]).map((each) => ({
    entry: { from: each, to: each },
    port: each,
  }));
}

/** An instance gets traffic on its primary interface, an Elastic IP on the interface that has it. */
function interfacesOf(id: string, { interfaces, network }: Landscape): Interface[] {
  const name = id.split("/").at(-1) ?? id;
  const primary = interfaces.byInstance.get(name)?.[0];
  if (primary) return [primary];
  const address = listed(network.snapshot, "ec2:DescribeAddresses", "Addresses").find(
    (each) => text(each, "AllocationId") === name,
  );
  const target = address && text(address, "NetworkInterfaceId");
  return interfaces.all.filter((each) => target !== undefined && each.id === target);
}

function onInterface(
  door: Door,
  { port }: Ports,
  each: Interface,
  keepsClient: boolean,
  { network, workloads }: Landscape,
): Approach[] {
  const workload = each.instance === undefined ? undefined : workloads.get(each.instance);
  const has = each.addresses.some(({ family }) => family === door.family);
  if (!workload || !has) return [];
  const end = interfaceEnd(each);
  const leg = acceleratorLeg(network, end, door.family, keepsClient, stopAt(each, workload));
  return [
    finished(door, workload, [
      { ...leg, ...(port !== undefined && { port }) },
      ...asleep(workload),
    ]),
  ];
}
