import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Knowledge } from "../../src/model/snapshot.ts";
import type { Recorded } from "../call.ts";
import { isObject } from "../reader.ts";
import { aggregated, compute, pageSize, root } from "./calls-compute-row.ts";
import { distinct, textIn, textsIn, under, type CallRow } from "./calls-row.ts";
import { pathOf, projectOf, regionOf } from "./links.ts";

/** https://cloud.google.com/compute/docs/reference/rest/v1 */
export const computeCalls: readonly CallRow[] = [
  aggregated("instances", ["workloads", "interfaces", "addresses", "identity-links", "user-data"]),
  perHost("networks", ["subnets"]),
  perHost("routes", ["routes"]),
  perHost("firewalls", ["rule-sets"]),
  {
    // https://cloud.google.com/network-connectivity/docs/reference/networkconnectivity/rest/v1/projects.locations.policyBasedRoutes
    operation: "networkconnectivity.projects.locations.policyBasedRoutes.list",
    service: "networkConnectivity",
    permissions: ["networkconnectivity.policyBasedRoutes.list"],
    affects: ["routes"],
    offIsEmpty: true,
    params: (recorded) => [{}, ...hostProjects(recorded)],
    request: ({ project, params }) => ({
      path: `/v1/projects/${params["project"] ?? project}/locations/global/policyBasedRoutes`,
      query: { pageSize },
    }),
  },
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
    // https://cloud.google.com/network-security/docs/reference/rest/v1/projects.locations.addressGroups
    operation: "networksecurity.addressGroups.get",
    service: "networkSecurity",
    permissions: ["networksecurity.addressGroups.get"],
    affects: ["rule-sets"],
    params: addressGroups,
    request: ({ params: { name = "" } }) => ({ path: `/v1/${name}` }),
  },
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

const policyViews = [
  "compute.networks.getEffectiveFirewalls",
  "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls",
  "compute.networkFirewallPolicies.aggregatedList",
];

/** Groups of addresses that rules of policies let in or keep out. */
function addressGroups(recorded: Recorded): JsonObject[] {
  const rules = under(
    policyViews.flatMap((call) => recorded.bodies(call)),
    "rules",
  );
  return distinct(
    rules.flatMap(({ match }) =>
      isObject(match)
        ? textsIn(match, "srcAddressGroups").map((name) => ({ name: pathOf(name) }))
        : [],
    ),
  );
}

/** Instances whose secure tags matter: only where a policy's rule is aimed at tags. */
function taggable(recorded: Recorded): JsonObject[] {
  const views = policyViews.flatMap((call) => recorded.bodies(call));
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
