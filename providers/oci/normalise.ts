import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { sourceOf, text, pagesOf } from "../reader.ts";
import { balancerApproaches } from "./balancer-approaches.ts";
import { balancers } from "./balancers.ts";
import { computeWorkloads } from "./compute.ts";
import { directApproaches } from "./direct.ts";
import { gatewayApproaches, gatewayFunctions } from "./gateway-approaches.ts";
import { gateways } from "./gateways.ts";
import { readIdentities } from "./identity.ts";
import { vnics } from "./interfaces.ts";
import { ociNetwork } from "./network.ts";
import { elements, inOrder } from "./pages.ts";
import type { Landscape } from "./targets.ts";

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
    ...workloads.flatMap((workload) =>
      directApproaches(workload, known.byOwner.get(workload.id) ?? [], network),
    ),
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
    approaches,
    workloads,
    ...readIdentities(snapshot),
    gaps: snapshot.gaps,
  };
}
