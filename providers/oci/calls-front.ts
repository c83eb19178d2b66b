import type { CallRow } from "./calls-row.ts";
import {
  perBackendSet,
  perCompartment,
  perContainer,
  perFirewallPolicy,
  perItem,
  perPolicyPart,
  withoutAttributes,
  withoutNetworks,
} from "./call-params.ts";

type Front = Omit<CallRow, "where">;

const compartments = { params: perCompartment, skip: withoutNetworks } as const;

/** What stands between the internet and machines, and what runs without one. https://docs.oracle.com/en-us/iaas/api/ */
const rows: readonly Front[] = [
  {
    operation: "loadbalancer:ListLoadBalancers",
    service: "loadbalancer",
    method: "listLoadBalancers",
    permissions: ["read load-balancers"],
    affects: ["balancers", "listeners", "targets"],
    limit: 100,
    ...compartments,
  },
  {
    operation: "loadbalancer:GetBackendSetHealth",
    service: "loadbalancer",
    method: "getBackendSetHealth",
    permissions: ["read load-balancers"],
    affects: ["target-health"],
    params: perBackendSet("loadbalancer:ListLoadBalancers", "loadBalancerId"),
  },
  {
    operation: "networkloadbalancer:ListNetworkLoadBalancers",
    service: "networkloadbalancer",
    method: "listNetworkLoadBalancers",
    permissions: ["read network-load-balancers"],
    affects: ["balancers", "listeners", "targets"],
    limit: 100,
    ...compartments,
  },
  {
    operation: "networkloadbalancer:GetBackendSetHealth",
    service: "networkloadbalancer",
    method: "getBackendSetHealth",
    permissions: ["read network-load-balancers"],
    affects: ["target-health"],
    params: perBackendSet("networkloadbalancer:ListNetworkLoadBalancers", "networkLoadBalancerId"),
  },
  {
    operation: "containerinstances:ListContainerInstances",
    service: "containerinstances",
    method: "listContainerInstances",
    permissions: ["inspect compute-container-instances"],
    affects: ["workloads"],
    limit: 100,
    ...compartments,
  },
  {
    operation: "containerinstances:GetContainerInstance",
    service: "containerinstances",
    method: "getContainerInstance",
    permissions: ["read compute-container-instances"],
    affects: ["workloads", "interfaces"],
    params: perItem("containerinstances:ListContainerInstances", "containerInstanceId"),
  },
  {
    operation: "containerinstances:GetContainer",
    service: "containerinstances",
    method: "getContainer",
    permissions: ["read compute-containers"],
    affects: ["user-data"],
    params: perContainer,
  },
  {
    operation: "apigateway:ListGateways",
    service: "gateway",
    method: "listGateways",
    permissions: ["inspect api-gateways"],
    affects: ["edges"],
    limit: 100,
    ...compartments,
  },
  {
    operation: "apigateway:ListDeployments",
    service: "deployment",
    method: "listDeployments",
    permissions: ["inspect api-deployments"],
    affects: ["edges"],
    limit: 100,
    ...compartments,
  },
  {
    operation: "apigateway:GetDeployment",
    service: "deployment",
    method: "getDeployment",
    permissions: ["read api-deployments"],
    affects: ["edges", "listeners", "targets"],
    params: perItem("apigateway:ListDeployments", "deploymentId"),
  },
  {
    operation: "networkfirewall:ListNetworkFirewalls",
    service: "networkfirewall",
    method: "/networkFirewalls",
    permissions: ["inspect network-firewalls"],
    affects: ["rule-sets"],
    limit: 100,
    ...compartments,
  },
  ...(
    [
      ["SecurityRule", "securityRules"],
      ["ServiceList", "serviceLists"],
      ["Service", "services"],
      ["AddressList", "addressLists"],
    ] as const
  ).flatMap(([name, path]) => policyPart(name, path)),
];

function policyPart(name: string, path: string): Front[] {
  const param = `${name.charAt(0).toLowerCase()}${name.slice(1)}Name`;
  const list = `networkfirewall:List${name}s`;
  const under = `/networkFirewallPolicies/{networkFirewallPolicyId}/${path}`;
  const common = {
    service: "networkfirewall",
    permissions: ["read network-firewall-policies"],
    affects: ["rule-sets"],
  } as const;
  return [
    { ...common, operation: list, method: under, limit: 100, params: perFirewallPolicy },
    {
      ...common,
      operation: `networkfirewall:Get${name}`,
      method: `${under}/{${param}}`,
      params: perPolicyPart(list, param),
    },
  ];
}

export const frontCalls: readonly CallRow[] = rows.map((row) =>
  Object.assign({ where: "region" } as const, row),
);

/** Policies live in the root compartment alone. */
export const zprCalls: readonly CallRow[] = [
  {
    operation: "zpr:ListZprPolicies",
    service: "zpr",
    method: "/zprPolicies",
    permissions: ["inspect zpr-policy"],
    affects: ["rule-sets", "limits"],
    where: "region",
    limit: 100,
    fixed: (compartmentId) => ({ compartmentId }),
    skip: withoutAttributes,
  },
];
