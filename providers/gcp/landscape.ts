import type { Snapshot } from "../../src/model/snapshot.ts";
import { grouped, listed, type Node } from "../reader.ts";
import type { Machine } from "./compute.ts";
import { zoneOf } from "./links.ts";
import type { GcpNetwork } from "./network.ts";
import { aggregated, byLink, pagesBy } from "./pages.ts";
import type { RunService } from "./run-services.ts";

/** Everything that front ends are resolved against. */
export interface Landscape {
  readonly network: GcpNetwork;
  readonly machines: ReadonlyMap<string, Machine>;
  /** Machines with an interface in a network, by `<zone> <network>`. */
  readonly near: ReadonlyMap<string, readonly Machine[]>;
  readonly services: ReadonlyMap<string, RunService>;
  readonly subnetworks: readonly Node[];
  readonly proxies: ReadonlyMap<string, Node>;
  readonly urlMaps: ReadonlyMap<string, Node>;
  readonly backendServices: ReadonlyMap<string, Node>;
  readonly pools: ReadonlyMap<string, Node>;
  readonly targetInstances: ReadonlyMap<string, Node>;
  readonly groups: ReadonlyMap<string, Node>;
  readonly members: ReadonlyMap<string, readonly Node[]>;
  readonly endpoints: ReadonlyMap<string, readonly Node[]>;
  readonly health: ReadonlyMap<string, readonly Node[]>;
  readonly poolHealth: ReadonlyMap<string, readonly Node[]>;
  readonly tlsPolicies: ReadonlyMap<string, readonly Node[]>;
}

export function landscape(
  snapshot: Snapshot,
  network: GcpNetwork,
  machines: readonly Machine[],
  services: readonly RunService[],
): Landscape {
  const all = (collection: string): Node[] =>
    aggregated(snapshot, `compute.${collection}.aggregatedList`, collection);
  return {
    network,
    machines: new Map(machines.map((machine) => [machine.workload.id, machine])),
    near: nearBy(machines),
    services: new Map(services.map((service) => [service.workload.id, service])),
    subnetworks: all("subnetworks"),
    proxies: byLink([
      ...["targetHttpProxies", "targetHttpsProxies", "targetTcpProxies"].flatMap(all),
      ...["targetSslProxies", "targetGrpcProxies"].flatMap((each) =>
        listed(snapshot, `compute.${each}.list`, "items"),
      ),
    ]),
    urlMaps: byLink(all("urlMaps")),
    backendServices: byLink(all("backendServices")),
    pools: byLink(all("targetPools")),
    targetInstances: byLink(all("targetInstances")),
    groups: byLink([...all("instanceGroups"), ...all("networkEndpointGroups")]),
    members: pagesBy(snapshot, "compute.instanceGroups.listInstances", "group"),
    endpoints: pagesBy(snapshot, "compute.networkEndpointGroups.listNetworkEndpoints", "group"),
    health: pagesBy(snapshot, "compute.backendServices.getHealth", "backendService"),
    poolHealth: pagesBy(snapshot, "compute.targetPools.getHealth", "targetPool"),
    tlsPolicies: pagesBy(snapshot, "networksecurity.serverTlsPolicies.get", "name"),
  };
}

export function placeIn(link: string, network: string): string {
  return `${zoneOf(`/${link}`) ?? ""} ${network}`;
}

function nearBy(machines: readonly Machine[]): ReadonlyMap<string, readonly Machine[]> {
  return grouped(
    machines.flatMap((machine) =>
      [...new Set(machine.interfaces.map(({ network }) => network))].map(
        (network) => [placeIn(machine.workload.id, network), machine] as const,
      ),
    ),
  );
}
