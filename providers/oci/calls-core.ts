import type { CallRow } from "./calls-row.ts";
import {
  perCompartment,
  perCompartmentZone,
  perGroup,
  perIpv6Subnet,
  perSubnet,
  perVnicThatMatters,
  withoutNetworks,
} from "./call-params.ts";

const limit = 1000;
const skip = withoutNetworks;

type Facts = Pick<CallRow, "affects" | "permissions"> & Partial<CallRow>;

const network = (operation: string, facts: Facts): CallRow => rowOf("network", operation, facts);
const compute = (operation: string, facts: Facts): CallRow => rowOf("compute", operation, facts);

function rowOf(service: "network" | "compute", operation: string, facts: Facts): CallRow {
  const method = operation.charAt(0).toLowerCase() + operation.slice(1);
  const where = "region";
  return { operation: `core:${operation}`, service, method, where, skip, ...facts };
}

const inCompartments = { params: perCompartment, limit } as const;

/**
 * https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/
 * VNICs come from lists: attachments, the private addresses of each subnet, the members of each group. Only those that
 * the internet or a balancer may reach are asked for one by one, for their own route table and security attributes.
 */
export const coreCalls: readonly CallRow[] = [
  network("ListVcns", {
    affects: ["subnets", "gateways"],
    permissions: ["inspect vcns"],
    ...inCompartments,
    skip: undefined,
  }),
  network("ListSubnets", {
    affects: ["subnets"],
    permissions: ["inspect subnets"],
    ...inCompartments,
  }),
  network("ListRouteTables", {
    affects: ["routes"],
    permissions: ["inspect route-tables"],
    ...inCompartments,
  }),
  network("ListInternetGateways", {
    affects: ["gateways"],
    permissions: ["inspect internet-gateways"],
    ...inCompartments,
  }),
  network("ListSecurityLists", {
    affects: ["rule-sets"],
    permissions: ["inspect security-lists"],
    ...inCompartments,
  }),
  network("ListNetworkSecurityGroups", {
    affects: ["rule-sets"],
    permissions: ["inspect network-security-groups"],
    ...inCompartments,
  }),
  network("ListNetworkSecurityGroupSecurityRules", {
    affects: ["rule-sets"],
    permissions: ["inspect network-security-groups"],
    params: perGroup,
    limit,
  }),
  network("ListNetworkSecurityGroupVnics", {
    affects: ["interfaces", "rule-sets"],
    permissions: ["inspect network-security-groups"],
    params: perGroup,
    limit,
  }),
  compute("ListInstances", {
    affects: ["workloads", "user-data"],
    permissions: ["read instances"],
    ...inCompartments,
  }),
  compute("ListVnicAttachments", {
    affects: ["interfaces"],
    permissions: ["inspect vnic-attachments"],
    ...inCompartments,
  }),
  network("ListPrivateIps", {
    affects: ["addresses", "interfaces"],
    permissions: ["inspect private-ips"],
    params: perSubnet,
    limit,
  }),
  network("ListIpv6s", {
    affects: ["addresses"],
    permissions: ["inspect ipv6s"],
    params: perIpv6Subnet,
    limit,
  }),
  network("ListPublicIps", {
    affects: ["addresses"],
    permissions: ["inspect public-ips"],
    params: perCompartmentZone,
    limit,
  }),
];

/** After the balancers, whose backends decide which interfaces matter. */
export const vnicCalls: readonly CallRow[] = [
  network("GetVnic", {
    affects: ["interfaces", "routes"],
    permissions: ["read vnics"],
    params: perVnicThatMatters,
  }),
];
