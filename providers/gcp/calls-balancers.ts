import type { JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { aggregated, compute, pageSize, plain, root } from "./calls-compute-row.ts";
import { distinct, textIn, textsIn, under, type CallRow } from "./calls-row.ts";
import { collectionOf, pathOf } from "./links.ts";

/** https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts */
export const balancerCalls: readonly CallRow[] = [
  aggregated("forwardingRules", ["balancers"]),
  aggregated("addresses", ["addresses"]),
  aggregated("targetHttpProxies", ["listeners"]),
  aggregated("targetHttpsProxies", ["listeners"]),
  aggregated("targetTcpProxies", ["listeners"]),
  plain("targetSslProxies", ["listeners"]),
  plain("targetGrpcProxies", ["listeners"]),
  aggregated("urlMaps", ["listeners"]),
  aggregated("backendServices", ["targets"]),
  aggregated("targetPools", ["targets"]),
  aggregated("targetInstances", ["targets"]),
  aggregated("instanceGroups", ["targets"]),
  aggregated("networkEndpointGroups", ["targets"]),
  aggregated("securityPolicies", ["rule-sets"]),
  {
    ...compute("instanceGroups.listInstances", ["targets"]),
    permissions: ["compute.instanceGroups.list"],
    params: (recorded) => backendGroups(recorded, "instanceGroups").map((group) => ({ group })),
    request: ({ params: { group = "" } }) => ({
      method: "POST",
      path: `${root}/${group}/listInstances`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
      body: { instanceState: "ALL" },
    }),
  },
  {
    ...compute("networkEndpointGroups.listNetworkEndpoints", ["targets"]),
    permissions: ["compute.networkEndpointGroups.get"],
    params: (recorded) =>
      backendGroups(recorded, "networkEndpointGroups")
        .filter((group) => !serverless(recorded).has(group))
        .map((group) => ({ group })),
    request: ({ params: { group = "" } }) => ({
      method: "POST",
      path: `${root}/${group}/listNetworkEndpoints`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
      body: { healthStatus: "SKIP" },
    }),
  },
  {
    ...compute("backendServices.getHealth", ["target-health"]),
    permissions: ["compute.backendServices.get"],
    params: healthQuestions,
    request: ({ params: { backendService = "", group = "" } }) => ({
      method: "POST",
      path: `${root}/${backendService}/getHealth`,
      body: { group: `https://www.googleapis.com${root}/${group}` },
    }),
  },
  {
    ...compute("targetPools.getHealth", ["target-health"]),
    permissions: ["compute.targetPools.get"],
    params: poolQuestions,
    request: ({ params: { targetPool = "", instance = "" } }) => ({
      method: "POST",
      path: `${root}/${targetPool}/getHealth`,
      body: { instance: `https://www.googleapis.com${root}/${instance}` },
    }),
  },
  {
    operation: "networksecurity.serverTlsPolicies.get",
    service: "networkSecurity",
    permissions: ["networksecurity.serverTlsPolicies.get"],
    affects: ["listeners"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies("compute.targetHttpsProxies.aggregatedList"), "targetHttpsProxies")
          .map((proxy) => pathOf(textIn(proxy, "serverTlsPolicy")))
          .filter((name) => name !== "")
          .map((name) => ({ name })),
      ),
    request: ({ params: { name = "" } }) => ({
      path: `/v1/${name.replace(/^v\d[a-z0-9]*\//, "")}`,
    }),
  },
];

function backendServices(recorded: Recorded): JsonObject[] {
  return under(recorded.bodies("compute.backendServices.aggregatedList"), "backendServices");
}

function backendGroups(recorded: Recorded, collection: string): string[] {
  const groups = backendServices(recorded)
    .flatMap((service) => under([service], "backends"))
    .map((backend) => pathOf(textIn(backend, "group")))
    .filter((group) => collectionOf(group) === collection);
  return [...new Set(groups)].toSorted();
}

function serverless(recorded: Recorded): ReadonlySet<string> {
  const groups = under(
    recorded.bodies("compute.networkEndpointGroups.aggregatedList"),
    "networkEndpointGroups",
  );
  const kinds = new Set(["SERVERLESS", "PRIVATE_SERVICE_CONNECT"]);
  return new Set(
    groups
      .filter((group) => kinds.has(textIn(group, "networkEndpointType")))
      .map((group) => pathOf(textIn(group, "selfLink"))),
  );
}

/** Serverless backends have no health. */
function healthQuestions(recorded: Recorded): JsonObject[] {
  const without = serverless(recorded);
  return distinct(
    backendServices(recorded).flatMap((service) =>
      under([service], "backends").flatMap((backend) => {
        const group = pathOf(textIn(backend, "group"));
        const backendService = pathOf(textIn(service, "selfLink"));
        return group === "" || without.has(group) ? [] : [{ backendService, group }];
      }),
    ),
  );
}

/** Pools without a health check take each instance for healthy. */
function poolQuestions(recorded: Recorded): JsonObject[] {
  const pools = under(recorded.bodies("compute.targetPools.aggregatedList"), "targetPools");
  return distinct(
    pools
      .filter((pool) => textsIn(pool, "healthChecks").length > 0)
      .flatMap((pool) =>
        textsIn(pool, "instances").map((instance) => ({
          targetPool: pathOf(textIn(pool, "selfLink")),
          instance: pathOf(instance),
        })),
      ),
  );
}
