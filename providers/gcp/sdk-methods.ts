import { isObject } from "../reader.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { GcpRequest, GcpService } from "./request.ts";

/** A method of one of the SDK's clients. */
interface SdkMethod {
  readonly service: GcpService;
  /** Of the REST API; its named groups are fields of the SDK's request. */
  readonly path: RegExp;
  readonly module: string;
  readonly client: string;
  readonly method: string;
  /** The field of the SDK's request that holds the body; absent = the body's fields stand beside the path's. */
  readonly body?: string;
}

/** How the SDK is asked. */
export interface SdkQuestion extends Pick<SdkMethod, "module" | "client" | "method"> {
  readonly input: JsonObject;
  /** The fields of the path: what Google routes the request by. */
  readonly routing: string;
}

const compute = "@google-cloud/compute/build/src/v1";
const run = "@google-cloud/run/build/src/v2";
const manager = "@google-cloud/resource-manager/build/src/v3";
const iam = "@google-cloud/iam/build/src/v3";

/** The packages whose clients are used; each client is a module of its own, so that an audit loads what it asks. */
export const sdkPackages = [
  "@google-cloud/compute",
  "@google-cloud/run",
  "@google-cloud/resource-manager",
  "@google-cloud/iam",
] as const;

/** Of the service that each audit asks first. */
export const firstClient = {
  module: `${compute}/regions_client`,
  client: "RegionsClient",
} as const;

/** Collections that have one list over all zones and regions, and the modules of their clients. */
const aggregatedModules: Readonly<Record<string, string>> = {
  addresses: "addresses",
  backendServices: "backend_services",
  firewallPolicies: "network_firewall_policies",
  forwardingRules: "forwarding_rules",
  instanceGroups: "instance_groups",
  instances: "instances",
  networkEndpointGroups: "network_endpoint_groups",
  securityPolicies: "security_policies",
  sslCertificates: "ssl_certificates",
  subnetworks: "subnetworks",
  targetHttpProxies: "target_http_proxies",
  targetHttpsProxies: "target_https_proxies",
  targetInstances: "target_instances",
  targetPools: "target_pools",
  targetTcpProxies: "target_tcp_proxies",
  urlMaps: "url_maps",
};

/** Collections of the whole project. */
const globalModules: Readonly<Record<string, string>> = {
  firewalls: "firewalls",
  networks: "networks",
  routes: "routes",
  targetGrpcProxies: "target_grpc_proxies",
  targetSslProxies: "target_ssl_proxies",
};

const root = String.raw`^\/compute\/v1\/projects\/(?<project>[^/]+)`;

function computeRow(module: string, method: string, path: string, body?: string): SdkMethod {
  const client = `${module.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Client`;
  return {
    service: "compute",
    module: `${compute}/${module}_client`,
    client,
    method,
    path: new RegExp(path.startsWith("^") ? path : `${root}${path}$`),
    ...(body !== undefined && { body }),
  };
}

function row(
  service: GcpService,
  module: string,
  client: string,
  method: string,
  path: RegExp,
): SdkMethod {
  return { service, module, client, method, path };
}

/** The methods of the SDK by the REST path that each stands for. */
const methods: readonly SdkMethod[] = [
  ...Object.entries(aggregatedModules).map(([collection, module]) =>
    computeRow(module, "aggregatedList", `/aggregated/${collection}`),
  ),
  ...Object.entries(globalModules).map(([collection, module]) =>
    computeRow(module, "list", `/global/${collection}`),
  ),
  computeRow("projects", "get", ""),
  computeRow("regions", "list", "/regions"),
  computeRow(
    "networks",
    "getEffectiveFirewalls",
    "/global/networks/(?<network>[^/]+)/getEffectiveFirewalls",
  ),
  computeRow(
    "region_network_firewall_policies",
    "getEffectiveFirewalls",
    "/regions/(?<region>[^/]+)/firewallPolicies/getEffectiveFirewalls",
  ),
  computeRow(
    "firewall_policies",
    "list",
    String.raw`^\/compute\/v1\/locations\/global\/firewallPolicies$`,
  ),
  computeRow(
    "instance_groups",
    "listInstances",
    "/zones/(?<zone>[^/]+)/instanceGroups/(?<instanceGroup>[^/]+)/listInstances",
    "instanceGroupsListInstancesRequestResource",
  ),
  computeRow(
    "region_instance_groups",
    "listInstances",
    "/regions/(?<region>[^/]+)/instanceGroups/(?<instanceGroup>[^/]+)/listInstances",
    "regionInstanceGroupsListInstancesRequestResource",
  ),
  computeRow(
    "network_endpoint_groups",
    "listNetworkEndpoints",
    "/zones/(?<zone>[^/]+)/networkEndpointGroups/(?<networkEndpointGroup>[^/]+)/listNetworkEndpoints",
    "networkEndpointGroupsListEndpointsRequestResource",
  ),
  computeRow(
    "region_network_endpoint_groups",
    "listNetworkEndpoints",
    "/regions/(?<region>[^/]+)/networkEndpointGroups/(?<networkEndpointGroup>[^/]+)/listNetworkEndpoints",
  ),
  computeRow(
    "global_network_endpoint_groups",
    "listNetworkEndpoints",
    "/global/networkEndpointGroups/(?<networkEndpointGroup>[^/]+)/listNetworkEndpoints",
  ),
  computeRow(
    "backend_services",
    "getHealth",
    "/global/backendServices/(?<backendService>[^/]+)/getHealth",
    "resourceGroupReferenceResource",
  ),
  computeRow(
    "region_backend_services",
    "getHealth",
    "/regions/(?<region>[^/]+)/backendServices/(?<backendService>[^/]+)/getHealth",
    "resourceGroupReferenceResource",
  ),
  computeRow(
    "target_pools",
    "getHealth",
    "/regions/(?<region>[^/]+)/targetPools/(?<targetPool>[^/]+)/getHealth",
    "instanceReferenceResource",
  ),
  row(
    "run",
    `${run}/services_client`,
    "ServicesClient",
    "listServices",
    /^\/v2\/(?<parent>projects\/[^/]+\/locations\/[^/]+)\/services$/,
  ),
  row(
    "run",
    `${run}/services_client`,
    "ServicesClient",
    "getIamPolicy",
    /^\/v2\/(?<resource>projects\/[^/]+\/locations\/[^/]+\/services\/[^/:]+):getIamPolicy$/,
  ),
  row(
    "resourceManager",
    `${manager}/projects_client`,
    "ProjectsClient",
    "getProject",
    /^\/v3\/(?<name>projects\/[^/:]+)$/,
  ),
  row(
    "resourceManager",
    `${manager}/tag_bindings_client`,
    "TagBindingsClient",
    "listTagBindings",
    /^\/v3\/tagBindings$/,
  ),
  ...["Projects", "Folders", "Organizations"].map((kind) =>
    row(
      "resourceManager",
      `${manager}/${kind.toLowerCase()}_client`,
      `${kind}Client`,
      "getIamPolicy",
      new RegExp(String.raw`^\/v3\/(?<resource>${kind.toLowerCase()}\/[^/]+):getIamPolicy$`),
    ),
  ),
  row(
    "iam",
    `${iam}/policy_bindings_client`,
    "PolicyBindingsClient",
    "searchTargetPolicyBindings",
    /^\/v3\/(?<parent>[a-z]+\/[^/]+\/locations\/global)\/policyBindings:searchTargetPolicyBindings$/,
  ),
  row(
    "iam",
    `${iam}/principal_access_boundary_policies_client`,
    "PrincipalAccessBoundaryPoliciesClient",
    "listPrincipalAccessBoundaryPolicies",
    /^\/v3\/(?<parent>organizations\/[^/]+\/locations\/global)\/principalAccessBoundaryPolicies$/,
  ),
];

/** The SDK's method for a request; undefined for what only REST can ask. */
export function sdkQuestion({
  service,
  path,
  query = {},
  body,
}: Omit<GcpRequest, "signal">): SdkQuestion | undefined {
  const found = methods.find((each) => each.service === service && each.path.test(path));
  if (!found) return undefined;
  const fields: Readonly<Record<string, string>> = { ...found.path.exec(path)?.groups };
  const input = { ...nested(query), ...fields, ...bodyFields(found.body, body) };
  const routing = Object.entries(fields)
    .map(([name, value]) => `${snake(name)}=${encodeURIComponent(value)}`)
    .join("&");
  const { module, client, method } = found;
  return { module, client, method, input, routing };
}

function bodyFields(field: string | undefined, body: JsonObject | undefined): JsonObject {
  if (field === undefined) return body ?? {};
  return { [field]: body ?? {} };
}

/** `options.requestedPolicyVersion` is a field of the field `options`. */
function nested(query: NonNullable<GcpRequest["query"]>): JsonObject {
  const out: Record<string, Json> = {};
  for (const [name, value] of Object.entries(query)) {
    const [outer = name, inner] = name.split(".");
    const known = out[outer] ?? {};
    out[outer] =
      inner === undefined ? value : { ...(isObject(known) ? known : {}), [inner]: value };
  }
  return out;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
