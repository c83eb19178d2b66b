import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Knowledge } from "../../src/model/snapshot.ts";
import type { Recorded } from "../call.ts";
import { isObject } from "../reader.ts";
import { distinct, textIn, textsIn, under, type CallRow } from "./calls-row.ts";
import { collectionOf, pathOf, projectOf, regionOf } from "./links.ts";

const pageSize = 500;
const root = "/compute/v1";

/** https://cloud.google.com/compute/docs/reference/rest/v1 */
export const computeCalls: readonly CallRow[] = [
  aggregated("instances", ["workloads", "interfaces", "addresses", "identity-links", "user-data"]),
  perHost("networks", ["subnets"]),
  perHost("routes", ["routes"]),
  perHost("firewalls", ["rule-sets"]),
  {
    ...aggregated("subnetworks", ["subnets"]),
    params: (recorded) => [{}, ...hostProjects(recorded)],
  },
  {
    ...compute("networks.getEffectiveFirewalls", ["rule-sets"]),
    params: (recorded) => distinct(interfacesOf(recorded).map(({ network }) => ({ network }))),
    request: ({ params: { network = "" } }) => ({
      path: `${root}/${network}/getEffectiveFirewalls`,
    }),
  },
  {
    ...compute("regionNetworkFirewallPolicies.getEffectiveFirewalls", ["rule-sets"]),
    permissions: [
      "compute.regionFirewallPolicies.get",
      "compute.networks.getRegionEffectiveFirewalls",
    ],
    params: (recorded) => distinct(interfacesOf(recorded)),
    request: ({ params: { network = "", region = "" } }) => ({
      path: `${root}/projects/${projectOf(network) ?? ""}/regions/${region}/firewallPolicies/getEffectiveFirewalls`,
      query: { network: `https://www.googleapis.com${root}/${network}` },
    }),
  },
  aggregated("firewallPolicies", ["rule-sets"], "networkFirewallPolicies"),
  {
    ...compute("projects.get", ["user-data"]),
    request: ({ project }) => ({ path: `${root}/projects/${project}` }),
  },
  {
    operation: "cloudresourcemanager.projects.get",
    service: "resourceManager",
    permissions: ["resourcemanager.projects.get"],
    affects: [],
    request: ({ project }) => ({ path: `/v3/projects/${project}` }),
  },
  {
    operation: "cloudresourcemanager.tagBindings.list",
    service: "resourceManager",
    permissions: [
      "resourcemanager.hierarchyNodes.listTagBindings",
      "compute.instances.listTagBindings",
    ],
    affects: ["rule-sets"],
    params: taggable,
    request: ({ params: { parent = "" } }) => ({
      path: "/v3/tagBindings",
      query: { parent, pageSize: 300 },
      location: /\/zones\/([^/]+)/.exec(parent)?.[1] ?? "",
    }),
  },
];

/** The organisation's and folders' own policies, where what they amount to could not be read. */
export const hierarchyCalls: readonly CallRow[] = [
  {
    ...compute("firewallPolicies.list", []),
    skip: (recorded) =>
      recorded.bodies("compute.networks.getEffectiveFirewalls").some(tellsSomething)
        ? "the effective firewalls were read"
        : undefined,
    params: (recorded) =>
      under(recorded.bodies("cloudresourcemanager.projects.getAncestry"), "ancestor").flatMap(
        ({ resourceId }) => {
          if (!isObject(resourceId) || resourceId["type"] === "project") return [];
          return [{ parentId: `${textIn(resourceId, "type")}s/${textIn(resourceId, "id")}` }];
        },
      ),
    request: ({ params: { parentId = "" } }) => ({
      path: `${root}/locations/global/firewallPolicies`,
      query: { parentId, maxResults: pageSize },
    }),
  },
];

/** An empty view says nothing about what is above the project. */
function tellsSomething(body: Json): boolean {
  return isObject(body) && ("firewalls" in body || "firewallPolicys" in body);
}

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

function compute(
  method: string,
  affects: readonly Knowledge[],
): Pick<CallRow, "operation" | "service" | "permissions" | "affects"> {
  return {
    operation: `compute.${method}`,
    service: "compute",
    permissions: [`compute.${method}`],
    affects,
  };
}

/** One list over all zones and regions; those that do not answer are named in it. */
function aggregated(
  collection: string,
  affects: readonly Knowledge[],
  method = collection,
): CallRow {
  return {
    ...compute(`${method}.aggregatedList`, affects),
    permissions: [`compute.${collection}.list`],
    request: ({ project, params }) => ({
      path: `${root}/projects/${params["project"] ?? project}/aggregated/${collection}`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
    }),
  };
}

function plain(collection: string, affects: readonly Knowledge[]): CallRow {
  return {
    ...compute(`${collection}.list`, affects),
    request: ({ project }) => ({
      path: `${root}/projects/${project}/global/${collection}`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
    }),
  };
}

/** Of the project, and of the projects that share their networks with it. */
function perHost(collection: string, affects: readonly Knowledge[]): CallRow {
  return {
    ...compute(`${collection}.list`, affects),
    params: (recorded) => [{}, ...hostProjects(recorded)],
    request: ({ project, params }) => ({
      path: `${root}/projects/${params["project"] ?? project}/global/${collection}`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
    }),
  };
}

const instances = (recorded: Recorded): JsonObject[] =>
  under(recorded.bodies("compute.instances.aggregatedList"), "instances");

function interfacesOf(recorded: Recorded): { network: string; region: string }[] {
  return instances(recorded).flatMap((instance) =>
    under([instance], "networkInterfaces").flatMap((nic) => {
      const network = pathOf(textIn(nic, "network"));
      const region = regionOf(textIn(instance, "zone"));
      return network === "" || region === undefined ? [] : [{ network, region }];
    }),
  );
}

function hostProjects(recorded: Recorded): JsonObject[] {
  const own = new Set(
    instances(recorded).map((instance) => projectOf(textIn(instance, "selfLink"))),
  );
  return distinct(
    interfacesOf(recorded).flatMap(({ network }) => {
      const project = projectOf(network);
      return project === undefined || own.has(project) ? [] : [{ project }];
    }),
  );
}

/** Instances whose secure tags matter: only where a policy's rule is aimed at tags. */
function taggable(recorded: Recorded): JsonObject[] {
  const views = [
    "compute.networks.getEffectiveFirewalls",
    "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls",
    "compute.networkFirewallPolicies.aggregatedList",
  ].flatMap((call) => recorded.bodies(call));
  if (under(views, "targetSecureTags").length === 0) return [];
  const name = recorded
    .bodies("cloudresourcemanager.projects.get")
    .flatMap((body) => (isObject(body) ? [textIn(body, "name")] : []))[0];
  const project = name === undefined || name === "" ? undefined : name;
  return distinct(
    instances(recorded).map((instance) => {
      const zone = pathOf(textIn(instance, "zone")).replace(/^projects\/[^/]+/, "");
      const own = project ?? `projects/${projectOf(textIn(instance, "selfLink")) ?? ""}`;
      return {
        parent: `//compute.googleapis.com/${own}${zone}/instances/${textIn(instance, "id")}`,
      };
    }),
  );
}

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
