import type { Inventory, Workload } from "../../src/model/inventory.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { listed, sourceOf, text } from "../reader.ts";
import { acceleratorApproaches } from "./accelerators.ts";
import { agentServers } from "./agent-core.ts";
import { agentApproaches } from "./agent-core-approaches.ts";
import { apiApproaches, apiApproachesBehind } from "./api-fronts.ts";
import { appRunnerApproaches, appRunnerServices } from "./app-runner.ts";
import { balancerApproaches } from "./balancer-approaches.ts";
import type { Landscape } from "./balancer-targets.ts";
import { balancers, classicBalancers } from "./balancers.ts";
import { classicApproaches } from "./classic-approaches.ts";
import { hostedTasks } from "./bound-port.ts";
import { withPodIdentities } from "./cluster-identities.ts";
import { customRoutingApproaches } from "./custom-routing.ts";
import { directApproaches, instances } from "./compute.ts";
import { withOwnNames } from "./dns.ts";
import { distributionApproaches } from "./distributions.ts";
import { taskApproaches } from "./ecs-approaches.ts";
import { ecsTasks, taskInterfaces } from "./ecs-tasks.ts";
import { functions } from "./functions.ts";
import { functionUrls, unreadUrls, urlApproaches } from "./function-urls.ts";
import { httpApis } from "./http-apis.ts";
import { identities, identityLinks } from "./identity.ts";
import { withPaths } from "./identity-paths.ts";
import { interfaces } from "./interfaces.ts";
import { natGateways } from "./nat-gateways.ts";
import type { OriginLand } from "./origins.ts";
import { logging } from "./logging.ts";
import { inOrder } from "./pages.ts";
import { awsNetwork } from "./network.ts";
import { restApis } from "./rest-apis.ts";
import { keyRings, roleUses, withKeyOwners } from "./static-keys.ts";
import { withSubnets } from "./own-subnets.ts";
import { targetGroups } from "./target-groups.ts";
import { unreadDoors } from "./unread-doors.ts";

/** Translates the recorded pages of one account to the neutral model. */
export function normalise(recorded: Snapshot): Inventory {
  const snapshot = inOrder(recorded);
  const network = awsNetwork(snapshot);
  const tasks = ecsTasks(snapshot);
  const known = interfaces(snapshot, taskInterfaces(tasks));
  const machines = instances(snapshot, known, identityLinks(snapshot)).filter(
    ({ id }) => !tasks.some(({ workload }) => workload.id === id),
  );
  const lambdas = functions(snapshot);
  const services = appRunnerServices(snapshot);
  const agents = agentServers(snapshot);
  const workloads = [
    ...machines,
    ...tasks.map(({ workload }) => workload),
    ...lambdas,
    ...services.map(({ workload }) => workload),
    ...agents.map(({ workload }) => workload),
  ];
  const urls = functionUrls(snapshot, lambdas);
  const elbs = balancers(snapshot, known, network);
  const land: Landscape = {
    network,
    interfaces: known,
    workloads: new Map(workloads.map((workload) => [workload.id, workload])),
    balancers: new Map(elbs.map((balancer) => [balancer.arn, balancer])),
    groups: targetGroups(snapshot),
    hosted: hostedTasks(tasks),
  };
  const fronts = [...httpApis(snapshot), ...restApis(snapshot)];
  const origins: OriginLand = {
    ...land,
    urls,
    services,
    apis: (host, door) => apiApproachesBehind(fronts, host, door, origins),
  };
  const approaches: Approach[] = [
    ...machines.flatMap((workload: Workload) =>
      directApproaches(workload, known.byInstance.get(workload.id) ?? [], network),
    ),
    ...tasks.flatMap((task) => taskApproaches(task, known, network)),
    ...urls.flatMap(urlApproaches),
    ...unreadUrls(snapshot, lambdas),
    ...services.flatMap(appRunnerApproaches),
    ...agentApproaches(agents, snapshot, land.workloads),
    ...fronts.flatMap((api) => apiApproaches(api, origins)),
    ...distributionApproaches(snapshot, origins),
    ...acceleratorApproaches(snapshot, land),
    ...customRoutingApproaches(snapshot, land),
    ...unreadDoors(origins, workloads),
    ...elbs.flatMap((balancer) => balancerApproaches(balancer, land)),
    ...classicBalancers(snapshot, known, network).flatMap((balancer) =>
      classicApproaches(balancer, land),
    ),
  ];
  const rings = keyRings(snapshot);
  const podded = withPodIdentities(snapshot);
  const { scope } = snapshot;
  return {
    provider: "aws",
    scope: scope.id,
    ...(scope.name !== undefined && { scopeName: scope.name }),
    networks: listed(snapshot, "ec2:DescribeVpcs", "Vpcs").flatMap((vpc) => {
      const id = text(vpc, "VpcId");
      return id === undefined ? [] : [{ id, source: sourceOf(vpc) }];
    }),
    ruleSets: network.sets,
    routeTables: network.routes.tables,
    chains: network.chains,
    approaches: withOwnNames(approaches, snapshot),
    closed: natGateways(known, scope.id),
    workloads: workloads.map((workload) =>
      withKeyOwners(podded(withSubnets(workload, snapshot, known)), rings),
    ),
    ...withPaths(identities(snapshot), snapshot, workloads),
    logging: logging(snapshot, workloads, known),
    uses: roleUses(snapshot),
    keyRings: rings,
    gaps: snapshot.gaps,
  };
}
