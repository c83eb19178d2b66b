import type { Inventory, Workload } from "../../src/model/inventory.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { sourceOf } from "../reader.ts";
import { apiApproaches } from "./api-approaches.ts";
import { apiPlatform, managedApis, type ManagedApi } from "./api-management.ts";
import { publicAddresses } from "./addresses.ts";
import { machines } from "./compute.ts";
import { containerApps } from "./container-apps.ts";
import { containerGroups } from "./container-groups.ts";
import { directApproaches } from "./direct.ts";
import { readIdentities } from "./identity.ts";
import { indexed, interfaces } from "./interfaces.ts";
import { balancerApproaches } from "./balancer-approaches.ts";
import { balancers } from "./balancers.ts";
import { withOwnNames } from "./dns.ts";
import { firewallApproaches } from "./firewall-approaches.ts";
import { firewalls } from "./firewalls.ts";
import { frontDoorApproaches } from "./front-door-approaches.ts";
import { frontDoors } from "./front-doors.ts";
import { gatewayApproaches, privateListeners } from "./gateway-approaches.ts";
import { gateways } from "./gateways.ts";
import { globalApproaches } from "./global-balancers.ts";
import type { Landscape } from "./landscape.ts";
import { azureNetwork } from "./network.ts";
import { logging } from "./logging.ts";
import { inOrder, keyOf } from "./pages.ts";
import { publicDoors } from "./public-doors.ts";
import { sites } from "./sites.ts";
import { unreadApproaches } from "./unread-doors.ts";
import { unsupportedGaps } from "./unsupported-doors.ts";

/** What the ways are sought to, and through. */
interface Behind {
  readonly vms: readonly Workload[];
  readonly apis: readonly ManagedApi[];
  /** Ways to container groups. */
  readonly groups: readonly Approach[];
}

/** Ways to machines, and through gateways and edges to platforms too: each kind of door may lead to those before it. */
function approachesTo(
  { vms, apis, groups }: Behind,
  land: Landscape,
  snapshot: Snapshot,
): readonly Approach[] {
  const { network, addresses, interfaces: known } = land;
  const all = gateways(snapshot);
  const machinesAlone = [
    ...vms.flatMap((workload) =>
      directApproaches(workload, known.byMachine.get(keyOf(workload.id)) ?? [], network, addresses),
    ),
    ...land.balancers.flatMap((balancer) => balancerApproaches(balancer, land)),
    ...groups,
  ];
  const inner = privateListeners(all, land, publicDoors(machinesAlone, land));
  const plain = [
    ...machinesAlone,
    ...firewalls(snapshot).flatMap((firewall) => firewallApproaches(firewall, land, inner)),
  ];
  const doors = publicDoors(plain, land);
  const further = [
    ...plain,
    ...globalApproaches(snapshot, land),
    ...all.flatMap((gateway) => gatewayApproaches(gateway, land, doors)),
    ...apiApproaches(apis, snapshot, land, doors),
  ];
  const edges = frontDoorApproaches(
    frontDoors(snapshot),
    snapshot,
    land,
    publicDoors(further, land),
  );
  return [...further, ...edges, ...unreadApproaches(snapshot, vms, land)];
}

/** Translates the recorded pages of one subscription to the neutral model. */
export function normalise(recorded: Snapshot): Inventory {
  const snapshot = inOrder(recorded);
  const network = azureNetwork(snapshot);
  const known = interfaces(snapshot);
  const addresses = publicAddresses(snapshot);
  const vms = machines(snapshot, known);
  const apis = managedApis(snapshot, network);
  const platforms = [
    containerApps(snapshot, network),
    sites(snapshot, network),
    apiPlatform(snapshot, apis),
  ];
  const groups = containerGroups(snapshot);
  const land: Landscape = {
    network,
    interfaces: indexed([...known.all, ...groups.configurations]),
    addresses,
    workloads: new Map([...vms, ...groups.workloads].map((each) => [keyOf(each.id), each])),
    balancers: balancers(snapshot, known),
    sites: platforms.flatMap(({ targets }) => targets),
  };
  const approaches: Approach[] = [
    ...approachesTo({ vms, apis, groups: groups.approaches }, land, snapshot),
    ...platforms.flatMap((each) => each.approaches),
  ];
  const workloads = [...vms, ...platforms.flatMap((each) => each.workloads), ...groups.workloads];
  const { scope } = snapshot;
  return {
    provider: "azure",
    scope: scope.id,
    ...(scope.name !== undefined && { scopeName: scope.name }),
    networks: [...network.networks.values()].map(({ id, node }) => ({
      id,
      source: sourceOf(node),
    })),
    ruleSets: network.sets,
    routeTables: network.tables,
    chains: network.chains,
    approaches: withOwnNames(approaches, snapshot, addresses),
    workloads,
    logging: logging(snapshot, workloads),
    ...readIdentities(snapshot),
    gaps: [...snapshot.gaps, ...unsupportedGaps(snapshot)],
  };
}
