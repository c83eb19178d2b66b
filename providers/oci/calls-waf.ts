import { isObject } from "../reader.ts";
import type { Recorded } from "../call.ts";
import { itemsOf, perCompartment, textOf, withoutNetworks } from "./call-params.ts";
import type { CallRow } from "./calls-row.ts";

const common = { service: "waf", where: "region", affects: ["listeners"] } as const;

/** Firewalls stand before load balancers alone. https://docs.oracle.com/en-us/iaas/api/#/en/waf/20210930/ */
export const wafCalls: readonly CallRow[] = [
  {
    ...common,
    operation: "waf:ListWebAppFirewalls",
    method: "/webAppFirewalls",
    permissions: ["inspect web-app-firewall"],
    limit: 100,
    params: perCompartment,
    skip: (recorded) => withoutNetworks(recorded) ?? withoutBalancers(recorded),
  },
  {
    ...common,
    operation: "waf:GetWebAppFirewallPolicy",
    method: "/webAppFirewallPolicies/{webAppFirewallPolicyId}",
    permissions: ["read waf-policy"],
    params: (recorded) => {
      const ids = itemsOf(recorded, "waf:ListWebAppFirewalls").flatMap(
        (item) => textOf(item, "webAppFirewallPolicyId") ?? [],
      );
      return [...new Set(ids)].map((webAppFirewallPolicyId) => ({ webAppFirewallPolicyId }));
    },
  },
  {
    ...common,
    operation: "waf:GetNetworkAddressList",
    method: "/networkAddressLists/{networkAddressListId}",
    permissions: ["read waf-network-address-list"],
    params: (recorded) =>
      listsNamed(recorded).map((networkAddressListId) => ({ networkAddressListId })),
  },
];

function withoutBalancers(recorded: Recorded): string | undefined {
  const call = "loadbalancer:ListLoadBalancers";
  const none = recorded.bodies(call).length > 0 && itemsOf(recorded, call).length === 0;
  return none ? "the region has no load balancer" : undefined;
}

/** Conditions name lists of addresses by their ids. */
function listsNamed(recorded: Recorded): string[] {
  const conditions = recorded
    .bodies("waf:GetWebAppFirewallPolicy")
    .flatMap((body) => (isObject(body) ? JSON.stringify(body["requestAccessControl"] ?? "") : []));
  const ids = conditions.flatMap(
    (text) => text.match(/ocid1\.webappfirewallnetworkaddresslist\.[\w.-]+/gi) ?? [],
  );
  return [...new Set(ids)];
}
