import type { CallRow } from "./calls-row.ts";
import { childrenOf, everywhere, groupAndName } from "./calls-row.ts";
import * as names from "./operations.ts";
import { perResource, recordedResources } from "./recorded-ids.ts";

const network = (group: string, method: string): CallRow["ask"] =>
  everywhere({ sdk: "network", group, method });

/** https://learn.microsoft.com/rest/api/virtualnetwork/ and its neighbours for balancers, gateways and firewalls. */
export const networkCalls: readonly CallRow[] = [
  {
    operation: names.interfaceCall,
    affects: ["interfaces"],
    ask: network("networkInterfaces", "listAll"),
  },
  {
    operation: names.addressCall,
    affects: ["addresses"],
    ask: network("publicIPAddresses", "listAll"),
  },
  {
    operation: names.networkCall,
    affects: ["subnets"],
    ask: network("virtualNetworks", "listAll"),
  },
  {
    operation: names.rulesCall,
    affects: ["rule-sets"],
    ask: network("networkSecurityGroups", "listAll"),
  },
  { operation: names.routesCall, affects: ["routes"], ask: network("routeTables", "listAll") },
  {
    operation: names.networkManagerCall,
    affects: ["rule-sets"],
    ask: network("networkManagers", "listBySubscription"),
  },
  {
    operation: names.adminRulesCall,
    affects: ["rule-sets"],
    params: perResource(names.networkCall, "virtualNetwork"),
    async ask(clients, { params, token, signal }) {
      const query = token === undefined ? {} : { skipToken: token };
      const page = await clients.list({
        sdk: "network",
        group: "",
        method: "listNetworkManagerEffectiveSecurityAdminRules",
        args: [...groupAndName(params, "virtualNetwork"), query],
        token: undefined,
        signal,
      });
      const next = memberOf(page.body, "skipToken");
      return typeof next === "string" && next !== "" ? { ...page, next } : page;
    },
  },
  {
    operation: names.balancerCall,
    affects: ["balancers", "listeners", "targets"],
    ask: network("loadBalancers", "listAll"),
  },
  {
    operation: names.gatewayCall,
    affects: ["balancers", "listeners", "targets"],
    ask: network("applicationGateways", "listAll"),
  },
  {
    operation: names.wafCall,
    affects: ["edges"],
    ask: network("webApplicationFirewallPolicies", "listAll"),
  },
  {
    operation: names.firewallCall,
    affects: ["balancers", "listeners"],
    ask: network("azureFirewalls", "listAll"),
  },
  {
    operation: names.firewallPolicyCall,
    affects: ["listeners"],
    ask: network("firewallPolicies", "listAll"),
  },
  {
    operation: names.ruleGroupCall,
    affects: ["listeners", "targets"],
    params: perResource(names.firewallPolicyCall, "policy"),
    ask: childrenOf("policy", {
      sdk: "network",
      group: "firewallPolicyRuleCollectionGroups",
      method: "list",
    }),
  },
  { operation: names.ipGroupCall, affects: ["prefix-lists"], ask: network("ipGroups", "list") },
  {
    operation: names.linkServiceCall,
    affects: ["edges"],
    ask: network("privateLinkServices", "listBySubscription"),
  },
  {
    operation: names.privateEndpointCall,
    affects: ["edges"],
    ask: network("privateEndpoints", "listBySubscription"),
  },
];

/** What tells a location that Azure has for the subscription. */
const located = [
  names.networkCall,
  names.rulesCall,
  names.interfaceCall,
  names.siteCall,
  names.containerAppCall,
] as const;

/** Asked last: the answer is long, and a location must be known. */
export const tagCalls: readonly CallRow[] = [
  {
    operation: names.serviceTagCall,
    affects: ["prefix-lists"],
    /** The answer is the same for every location; one that exists is enough. */
    params(recorded) {
      for (const call of located) {
        const found = recordedResources(recorded, call).flatMap(({ location }) =>
          typeof location === "string" ? [location.toLowerCase().replaceAll(" ", "")] : [],
        );
        const [first] = found.toSorted();
        if (first !== undefined) return [{ location: first }];
      }
      return [];
    },
    async ask(clients, { params, token, signal }) {
      const args = [params["location"] ?? ""];
      return clients.list({
        sdk: "network",
        group: "serviceTags",
        method: "list",
        args,
        token,
        signal,
      });
    },
  },
];

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
