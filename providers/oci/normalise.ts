import type { Inventory, Workload } from "../../src/model/inventory.ts";
import type { WorkloadKind } from "../../src/model/exposure.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { withPointingNames } from "../own-names.ts";
import { sourceOf, text, pagesOf } from "../reader.ts";
import { balancerApproaches } from "./balancer-approaches.ts";
import { balancers } from "./balancers.ts";
import { computeWorkloads } from "./compute.ts";
import { ownNames } from "./dns.ts";
import { detachedApproach, directApproaches, unreadApproach } from "./direct.ts";
import { gatewayApproaches, gatewayFunctions } from "./gateway-approaches.ts";
import { gateways } from "./gateways.ts";
import { readIdentities } from "./identity.ts";
import { vnics } from "./interfaces.ts";
import { ociNetwork } from "./network.ts";
import { elements, gapIn, inOrder } from "./pages.ts";
import { logging } from "./logging.ts";
import { withKeyUsers } from "./static-keys.ts";
import type { Landscape } from "./targets.ts";
import { unreadDoors } from "./unread-doors.ts";

/** Where a workload's interfaces are told. */
const interfacesOf: Readonly<Partial<Record<WorkloadKind, string>>> = {
  instance: "core:ListVnicAttachments",
  task: "containerinstances:GetContainerInstance",
};

function direct(workload: Workload, { network, vnics: known }: Landscape): Approach[] {
  const own = known.byOwner.get(workload.id);
  if (own) return directApproaches(workload, own, network);
  const call = interfacesOf[workload.kind];
  if (call === undefined) return [];
  const unread = gapIn(network.snapshot, call, {}, workload.region) !== undefined;
  return [unread ? unreadApproach(workload, call) : detachedApproach(workload)];
}

/** Translates the recorded pages of one tenancy to the neutral model. */
export function normalise(recorded: Snapshot): Inventory {
  const snapshot = inOrder(recorded);
  const network = ociNetwork(snapshot);
  const known = vnics(snapshot);
  const doors = gateways(snapshot);
  const workloads = [
    ...computeWorkloads(snapshot, known),
    ...gatewayFunctions(doors, snapshot.scope.id),
  ];
  const land: Landscape = {
    network,
    vnics: known,
    workloads: new Map(workloads.map((workload) => [workload.id, workload])),
    balancers: balancers(snapshot),
  };
  const approaches: Approach[] = [
    ...workloads.flatMap((workload) => [...direct(workload, land), ...unreadDoors(workload, land)]),
    ...land.balancers.flatMap((balancer) => balancerApproaches(balancer, land)),
    ...doors.flatMap((gateway) => gatewayApproaches(gateway, land)),
  ];
  const { scope } = snapshot;
  const [tenancy] = pagesOf(snapshot, "identity:GetTenancy");
  const scopeName = scope.name ?? (tenancy && text(tenancy, "name"));
  return {
    provider: "oci",
    scope: scope.id,
    ...(scopeName !== undefined && { scopeName }),
    networks: elements(snapshot, "core:ListVcns").flatMap((vcn) => {
      const id = text(vcn, "id");
      return id === undefined ? [] : [{ id, source: sourceOf(vcn) }];
    }),
    ruleSets: network.sets,
    routeTables: network.tables,
    chains: network.chains,
    approaches: withPointingNames(approaches, ownNames(snapshot)),
    workloads: workloads.map(withKeyUsers),
    ...readIdentities(snapshot),
    logging: logging(snapshot, workloads),
    gaps: snapshot.gaps,
  };
}
