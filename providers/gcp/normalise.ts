import type { Inventory } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { listed, sourceOf } from "../reader.ts";
import { landscape } from "./landscape.ts";
import { balancedApproaches } from "./balancers.ts";
import { directApproaches, machines } from "./compute.ts";
import { withOwnNames } from "./dns.ts";
import { frontEnds } from "./front-ends.ts";
import { withPods } from "./identity-pods.ts";
import { readIdentities } from "./identity.ts";
import { logging } from "./logging.ts";
import { firstFunctions } from "./functions.ts";
import { gcpNetwork } from "./network.ts";
import { inOrder, linkOf } from "./pages.ts";
import { mappedDomains, ownUrl, runServices } from "./run-services.ts";
import { unreached } from "./unreached.ts";

/** Translates the recorded pages of one project to the neutral model. */
export function normalise(recorded: Snapshot): Inventory {
  const snapshot = inOrder(recorded);
  const land = gcpNetwork(snapshot);
  const all = machines(snapshot);
  const runs = runServices(snapshot);
  const services = [...runs, ...firstFunctions(snapshot)];
  const behind = landscape(snapshot, land, all, services);
  const fronts = frontEnds(snapshot);
  const ways = [
    ...all.flatMap((machine) => directApproaches(machine, land)),
    ...services.flatMap(ownUrl),
    ...mappedDomains(runs, snapshot),
    ...fronts.flatMap((front) => balancedApproaches(front, behind)),
    ...unreached(fronts, behind),
  ];
  const approaches = withOwnNames(ways, fronts, behind, snapshot);
  const { scope } = snapshot;
  const { pods, ...identities } = readIdentities(snapshot);
  return {
    provider: "gcp",
    scope: scope.id,
    ...(scope.name !== undefined && { scopeName: scope.name }),
    networks: listed(snapshot, "compute.networks.list", "items").map((node) => ({
      id: linkOf(node),
      source: sourceOf(node),
    })),
    ruleSets: land.sets,
    routeTables: land.tables,
    chains: land.chains,
    approaches,
    workloads: withPods(
      [...all, ...services].map(({ workload }) => workload),
      snapshot,
      pods,
    ),
    ...identities,
    logging: logging(snapshot, all, fronts),
    gaps: snapshot.gaps,
  };
}
