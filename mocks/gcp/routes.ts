import type { GcpRequest } from "./faults.ts";
import { identityRoutes } from "./identity.ts";

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly request: (found: readonly string[], query: URLSearchParams, body: string) => GcpRequest;
}

const collections: Readonly<Record<string, string>> = {
  firewallPolicies: "networkFirewallPolicies",
};

/** The part of the REST APIs that is served, by path; the first that fits counts. */
const routes: readonly Route[] = [
  {
    method: "GET",
    path: /^\/compute\/v1\/projects\/[^/]+\/aggregated\/(\w+)$/,
    request: ([name = ""]) => ({
      operation: `compute.${collections[name] ?? name}.aggregatedList`,
      params: {},
    }),
  },
  {
    method: "GET",
    path: /^\/v1\/projects\/([^/]+)\/locations\/global\/policyBasedRoutes$/,
    request: () => ({
      operation: "networkconnectivity.projects.locations.policyBasedRoutes.list",
      params: {},
    }),
  },
  {
    method: "GET",
    path: /^\/dns\/v1\/projects\/[^/]+\/managedZones$/,
    request: () => ({ operation: "dns.managedZones.list", params: {} }),
  },
  {
    method: "GET",
    path: /^\/dns\/v1\/projects\/[^/]+\/managedZones\/([^/]+)\/rrsets$/,
    request: ([zone = ""]) => ({ operation: "dns.resourceRecordSets.list", params: { zone } }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/projects\/[^/]+$/,
    request: () => ({ operation: "compute.projects.get", params: {} }),
  },
  {
    method: "POST",
    path: /^\/compute\/v1\/(projects\/.*\/targetPools\/[^/]+)\/getHealth$/,
    request: ([targetPool = ""], _, body) => ({
      operation: "compute.targetPools.getHealth",
      params: { targetPool, instance: /"instance":"([^"]+)"/.exec(body)?.[1] ?? "" },
    }),
  },
  {
    method: "GET",
    path: /^\/v1\/projects\/[^/]+\/locations\/([^/]+)\/domainmappings$/,
    request: ([region = ""]) => ({
      operation: "run.projects.locations.domainmappings.list",
      params: { region },
    }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/projects\/[^/]+\/regions$/,
    request: () => ({ operation: "compute.regions.list", params: {} }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/projects\/([^/]+)\/regions\/([^/]+)\/firewallPolicies\/getEffectiveFirewalls$/,
    request: ([, region = ""], query) => ({
      operation: "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls",
      params: { region, network: query.get("network") ?? "" },
    }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/(projects\/[^/]+\/global\/networks\/[^/]+)\/getEffectiveFirewalls$/,
    request: ([network = ""]) => ({
      operation: "compute.networks.getEffectiveFirewalls",
      params: { network },
    }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/locations\/global\/firewallPolicies$/,
    request: (_, query) => ({
      operation: "compute.firewallPolicies.list",
      params: { parentId: query.get("parentId") ?? "" },
    }),
  },
  {
    method: "GET",
    path: /^\/compute\/v1\/projects\/[^/]+\/global\/(\w+)$/,
    request: ([name = ""]) => ({ operation: `compute.${name}.list`, params: {} }),
  },
  {
    method: "POST",
    path: /^\/compute\/v1\/(projects\/.*\/(instanceGroups|networkEndpointGroups)\/[^/]+)\/(listInstances|listNetworkEndpoints)$/,
    request: ([group = "", collection = "", method = ""]) => ({
      operation: `compute.${collection}.${method}`,
      params: { group },
    }),
  },
  {
    method: "POST",
    path: /^\/compute\/v1\/(projects\/.*\/backendServices\/[^/]+)\/getHealth$/,
    request: ([backendService = ""], _, body) => ({
      operation: "compute.backendServices.getHealth",
      params: { backendService, group: /"group":"([^"]+)"/.exec(body)?.[1] ?? "" },
    }),
  },
  {
    method: "GET",
    path: /^\/v3\/tagBindings$/,
    request: (_, query) => ({
      operation: "cloudresourcemanager.tagBindings.list",
      params: { parent: query.get("parent") ?? "" },
    }),
  },
  {
    method: "GET",
    path: /^\/v3\/projects\/[^/:]+$/,
    request: () => ({ operation: "cloudresourcemanager.projects.get", params: {} }),
  },
  {
    method: "POST",
    path: /^\/v1\/projects\/[^/:]+:getAncestry$/,
    request: () => ({ operation: "cloudresourcemanager.projects.getAncestry", params: {} }),
  },
  {
    method: "POST",
    path: /^\/v3\/((projects|folders|organizations)\/[^/:]+):getIamPolicy$/,
    request: ([resource = "", kind = ""]) => ({
      operation: `cloudresourcemanager.${kind}.getIamPolicy`,
      params: { resource },
    }),
  },
  {
    method: "GET",
    path: /^\/v2\/projects\/[^/]+\/locations\/([^/]+)\/services$/,
    request: ([region = ""]) => ({
      operation: "run.projects.locations.services.list",
      params: { region },
    }),
  },
  {
    method: "GET",
    path: /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/:]+):getIamPolicy$/,
    request: ([resource = ""]) => ({
      operation: "run.projects.locations.services.getIamPolicy",
      params: { resource },
    }),
  },
  {
    method: "GET",
    path: /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/serverTlsPolicies\/[^/]+)$/,
    request: ([name = ""]) => ({
      operation: "networksecurity.serverTlsPolicies.get",
      params: { name },
    }),
  },
  {
    method: "GET",
    path: /^\/v1\/((?:projects|organizations)\/[^/]+\/locations\/[^/]+\/addressGroups\/[^/]+)$/,
    request: ([name = ""]) => ({
      operation: "networksecurity.addressGroups.get",
      params: { name },
    }),
  },
  ...identityRoutes,
];

export function requestOf(
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
): GcpRequest | undefined {
  const route = routes.find((each) => each.method === method && each.path.test(path));
  const found = route?.path.exec(path)?.slice(1) ?? [];
  return route?.request(found, query, body);
}
