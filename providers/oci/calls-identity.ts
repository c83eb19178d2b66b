import { perKeyUser } from "./key-users.ts";
import { perCompartment, perItem, perOtherDomain, withoutNetworks } from "./call-params.ts";
import type { CallRow } from "./calls-row.ts";

export const operations = {
  compartments: "identity:ListCompartments",
  policies: "identity:ListPolicies",
  dynamicGroups: "identity:ListDynamicGroups",
  domains: "identity:ListDomains",
  groups: "identity:ListGroups",
  networkSources: "identity:ListNetworkSources",
  regions: "identity:ListRegionSubscriptions",
  memberships: "identity:ListUserGroupMemberships",
  domainGroups: "identitydomains:ListDynamicResourceGroups",
  applications: "functions:ListApplications",
  functions: "functions:ListFunctions",
} as const;

const common = { service: "identity", where: "scope" } as const;
const inRoot = { fixed: (compartmentId: string) => ({ compartmentId }), limit: 1000 } as const;

/**
 * Policies, dynamic groups and what else says who may do what; asked once, in the home region.
 * https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/
 */
export const identityCalls: readonly CallRow[] = [
  {
    ...common,
    operation: operations.policies,
    method: "listPolicies",
    permissions: ["inspect policies"],
    affects: ["grants"],
    params: perCompartment,
    limit: 1000,
  },
  {
    ...common,
    operation: operations.dynamicGroups,
    method: "listDynamicGroups",
    permissions: ["inspect dynamic-groups"],
    affects: ["grants", "identities"],
    ...inRoot,
  },
  {
    ...common,
    operation: operations.domains,
    method: "listDomains",
    permissions: ["inspect domains"],
    affects: ["grants"],
    params: perCompartment,
    limit: 1000,
  },
  {
    ...common,
    operation: operations.groups,
    method: "listGroups",
    permissions: ["inspect groups"],
    affects: ["grants"],
    ...inRoot,
  },
  {
    ...common,
    operation: operations.networkSources,
    method: "listNetworkSources",
    permissions: ["inspect network-sources"],
    affects: ["grants"],
    ...inRoot,
  },
  {
    // https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/DynamicResourceGroups/
    operation: operations.domainGroups,
    service: "identitydomains",
    where: "scope",
    method: "listDynamicResourceGroups",
    permissions: ["inspect dynamic-groups"],
    affects: ["grants", "identities"],
    params: perOtherDomain,
    fixed: () => ({ attributes: "ocid,displayName,matchingRule" }),
    limit: 1000,
  },
];

/** Groups of the users whose API keys stand in what was read of machines and containers, which is where it is asked. */
export const keyUserCalls: readonly CallRow[] = [
  {
    operation: operations.memberships,
    service: "identity",
    where: "region",
    method: "listUserGroupMemberships",
    permissions: ["inspect groups", "inspect users"],
    affects: ["grants"],
    params: perKeyUser,
    ...inRoot,
  },
];

/**
 * Functions of every compartment: each is a principal of its own, and code that can be replaced.
 * https://docs.oracle.com/en-us/iaas/api/#/en/functions/20181201/
 */
export const functionCalls: readonly CallRow[] = [
  {
    operation: operations.applications,
    service: "functions",
    where: "region",
    method: "listApplications",
    permissions: ["inspect fn-app"],
    affects: ["identities"],
    params: perCompartment,
    // An application stands in a subnet.
    skip: withoutNetworks,
    limit: 50,
  },
  {
    operation: operations.functions,
    service: "functions",
    where: "region",
    method: "listFunctions",
    permissions: ["inspect fn-function"],
    affects: ["identities"],
    params: perItem(operations.applications, "applicationId"),
    limit: 50,
  },
];
