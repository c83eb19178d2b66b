/** A request of the API, told by its path below the version. */
interface Route {
  readonly call: string;
  /** `{name}` stands for one segment. */
  readonly path: string;
  /** Members of the query that the answer depends on, in the order in which they are recorded. */
  readonly query?: readonly string[];
  /** What a list without items looks like; absent for calls of one thing. */
  readonly empty?: "list" | "items";
}

const compartment = ["compartmentId"] as const;
const core = { query: compartment, empty: "list" } as const;
const wrapped = { query: compartment, empty: "items" } as const;
const policy = "/networkFirewallPolicies/{networkFirewallPolicyId}";

/** By version of the service's API. https://docs.oracle.com/en-us/iaas/api/ */
export const versions: Readonly<Record<string, readonly Route[]>> = {
  "20160918": [
    { call: "identity:GetTenancy", path: "/tenancies/{tenancyId}" },
    {
      call: "identity:ListRegionSubscriptions",
      path: "/tenancies/{tenancyId}/regionSubscriptions",
      empty: "list",
    },
    { call: "identity:ListCompartments", path: "/compartments", empty: "list" },
    { call: "identity:ListAvailabilityDomains", path: "/availabilityDomains", empty: "list" },
    { call: "identity:ListPolicies", path: "/policies", ...core },
    { call: "identity:ListDomains", path: "/domains", ...core },
    { call: "identity:ListDynamicGroups", path: "/dynamicGroups", empty: "list" },
    { call: "identity:ListGroups", path: "/groups", empty: "list" },
    { call: "identity:ListNetworkSources", path: "/networkSources", empty: "list" },
    {
      call: "identity:ListUserGroupMemberships",
      path: "/userGroupMemberships",
      query: ["userId"],
      empty: "list",
    },
    { call: "core:ListVcns", path: "/vcns", ...core },
    { call: "core:ListSubnets", path: "/subnets", ...core },
    { call: "core:ListRouteTables", path: "/routeTables", ...core },
    { call: "core:ListInternetGateways", path: "/internetGateways", ...core },
    { call: "core:ListSecurityLists", path: "/securityLists", ...core },
    { call: "core:ListNetworkSecurityGroups", path: "/networkSecurityGroups", ...core },
    {
      call: "core:ListNetworkSecurityGroupSecurityRules",
      path: "/networkSecurityGroups/{networkSecurityGroupId}/securityRules",
      empty: "list",
    },
    {
      call: "core:ListNetworkSecurityGroupVnics",
      path: "/networkSecurityGroups/{networkSecurityGroupId}/vnics",
      empty: "list",
    },
    { call: "core:ListInstances", path: "/instances", ...core },
    { call: "core:ListVnicAttachments", path: "/vnicAttachments", ...core },
    { call: "core:ListPrivateIps", path: "/privateIps", query: ["subnetId"], empty: "list" },
    { call: "core:ListIpv6s", path: "/ipv6", query: ["subnetId"], empty: "list" },
    {
      call: "core:ListPublicIps",
      path: "/publicIps",
      query: ["scope", "availabilityDomain", "compartmentId"],
      empty: "list",
    },
    { call: "core:GetVnic", path: "/vnics/{vnicId}" },
  ],
  "20170115": [
    { call: "loadbalancer:ListLoadBalancers", path: "/loadBalancers", ...core },
    {
      call: "loadbalancer:GetBackendSetHealth",
      path: "/loadBalancers/{loadBalancerId}/backendSets/{backendSetName}/health",
    },
  ],
  "20200501": [
    {
      call: "networkloadbalancer:ListNetworkLoadBalancers",
      path: "/networkLoadBalancers",
      ...wrapped,
    },
    {
      call: "networkloadbalancer:GetBackendSetHealth",
      path: "/networkLoadBalancers/{networkLoadBalancerId}/backendSets/{backendSetName}/health",
    },
  ],
  "20210415": [
    { call: "containerinstances:ListContainerInstances", path: "/containerInstances", ...wrapped },
    {
      call: "containerinstances:GetContainerInstance",
      path: "/containerInstances/{containerInstanceId}",
    },
    { call: "containerinstances:GetContainer", path: "/containers/{containerId}" },
  ],
  "20190501": [
    { call: "apigateway:ListGateways", path: "/gateways", ...wrapped },
    { call: "apigateway:GetGateway", path: "/gateways/{gatewayId}" },
    { call: "apigateway:ListDeployments", path: "/deployments", ...wrapped },
    { call: "apigateway:GetDeployment", path: "/deployments/{deploymentId}" },
  ],
  "20230501": [
    { call: "networkfirewall:ListNetworkFirewalls", path: "/networkFirewalls", ...wrapped },
    { call: "networkfirewall:ListSecurityRules", path: `${policy}/securityRules`, empty: "items" },
    {
      call: "networkfirewall:GetSecurityRule",
      path: `${policy}/securityRules/{securityRuleName}`,
    },
    { call: "networkfirewall:ListServiceLists", path: `${policy}/serviceLists`, empty: "items" },
    { call: "networkfirewall:GetServiceList", path: `${policy}/serviceLists/{serviceListName}` },
    { call: "networkfirewall:ListServices", path: `${policy}/services`, empty: "items" },
    { call: "networkfirewall:GetService", path: `${policy}/services/{serviceName}` },
    { call: "networkfirewall:ListAddressLists", path: `${policy}/addressLists`, empty: "items" },
    { call: "networkfirewall:GetAddressList", path: `${policy}/addressLists/{addressListName}` },
  ],
  "20210930": [
    { call: "waf:ListWebAppFirewalls", path: "/webAppFirewalls", ...wrapped },
    {
      call: "waf:GetWebAppFirewallPolicy",
      path: "/webAppFirewallPolicies/{webAppFirewallPolicyId}",
    },
    { call: "waf:GetNetworkAddressList", path: "/networkAddressLists/{networkAddressListId}" },
  ],
  "20180115": [
    { call: "dns:ListZones", path: "/zones", ...core },
    { call: "dns:GetZoneRecords", path: "/zones/{zoneNameOrId}/records", empty: "items" },
    { call: "dns:ListSteeringPolicyAttachments", path: "/steeringPolicyAttachments", ...core },
    { call: "dns:GetSteeringPolicy", path: "/steeringPolicies/{steeringPolicyId}" },
  ],
  "20181201": [
    { call: "functions:ListApplications", path: "/applications", ...core },
    {
      call: "functions:ListFunctions",
      path: "/functions",
      query: ["applicationId"],
      empty: "list",
    },
  ],
  "20240301": [{ call: "zpr:ListZprPolicies", path: "/zprPolicies", empty: "items" }],
};

export interface OciCall {
  readonly call: string;
  readonly params: Readonly<Record<string, string>>;
  readonly empty: Route["empty"];
}

/** What a path and query ask for; undefined for what this server does not know. */
export function callOf(version: string, path: string, query: URLSearchParams): OciCall | undefined {
  const segments = path.split("/");
  for (const route of versions[version] ?? []) {
    const named = match(route.path.split("/"), segments);
    if (!named) continue;
    // The tenancy is the same in every request and not part of the recorded parameters.
    const { tenancyId: _, ...params } = named;
    const asked = (route.query ?? []).flatMap((name): [string, string][] => {
      const value = query.get(name);
      return value === null ? [] : [[name, value]];
    });
    return {
      call: route.call,
      params: { ...params, ...Object.fromEntries(asked) },
      empty: route.empty,
    };
  }
  return undefined;
}

function match(pattern: readonly string[], path: readonly string[]) {
  if (pattern.length !== path.length) return undefined;
  const out: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const given = path[i] ?? "";
    if (part.startsWith("{")) out[part.slice(1, -1)] = decodeURIComponent(given);
    else if (part !== given) return undefined;
  }
  return out;
}
