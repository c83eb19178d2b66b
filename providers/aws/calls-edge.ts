import { idsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html */
export const distributionCalls: readonly CallRow[] = [
  { action: "ListDistributions", affects: ["edges"], pageSize: 100 },
  {
    action: "GetVpcOrigin",
    affects: ["edges"],
    params: (recorded) =>
      recorded
        .bodies("cloudfront:ListDistributions")
        .flatMap((body) => Array.from(JSON.stringify(body).matchAll(/"VpcOriginId":"([^"]+)"/g)))
        .flatMap(([, id]) => id ?? [])
        .filter((id, index, all) => all.indexOf(id) === index)
        .map((Id) => ({ Id })),
  },
  {
    action: "ListDistributionTenants",
    affects: ["edges"],
    pageSize: 100,
    skip: (recorded) =>
      recorded
        .bodies("cloudfront:ListDistributions")
        .some((body) => JSON.stringify(body).includes('"tenant-only"'))
        ? undefined
        : "no distribution is for tenants",
  },
];

/** https://docs.aws.amazon.com/global-accelerator/latest/api/API_Operations.html */
export const acceleratorCalls: readonly CallRow[] = [
  { action: "ListAccelerators", affects: ["edges"], pageSize: 100 },
  {
    action: "ListListeners",
    affects: ["edges"],
    pageSize: 100,
    params: (recorded) =>
      idsOf(recorded, "globalaccelerator:ListAccelerators", "Accelerators", "AcceleratorArn"),
  },
  {
    action: "ListEndpointGroups",
    affects: ["edges"],
    pageSize: 100,
    params: (recorded) =>
      idsOf(recorded, "globalaccelerator:ListListeners", "Listeners", "ListenerArn"),
  },
  { action: "ListCustomRoutingAccelerators", affects: ["edges"], pageSize: 100 },
  {
    action: "ListCustomRoutingPortMappings",
    affects: ["edges"],
    // The most that a page may hold: https://docs.aws.amazon.com/global-accelerator/latest/api/API_ListCustomRoutingPortMappings.html
    pageSize: 20_000,
    params: (recorded) =>
      idsOf(
        recorded,
        "globalaccelerator:ListCustomRoutingAccelerators",
        "Accelerators",
        "AcceleratorArn",
      ),
  },
];

/** https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_Operations.html */
export const firewallCalls: readonly CallRow[] = [
  {
    action: "ListFirewalls",
    affects: ["routes"],
    pageSize: 100,
    // Only a firewall's endpoint that a route leads to stands in the way of anything.
    skip: (recorded) =>
      recorded
        .bodies("ec2:DescribeRouteTables")
        .some((body) => JSON.stringify(body).includes('"vpce-'))
        ? undefined
        : "no route leads to an endpoint of a firewall",
  },
  {
    action: "DescribeFirewall",
    affects: ["routes"],
    params: (recorded) =>
      idsOf(recorded, "network-firewall:ListFirewalls", "Firewalls", "FirewallArn"),
  },
  {
    action: "DescribeFirewallPolicy",
    affects: ["routes"],
    params: (recorded) => {
      const all = recorded
        .bodies("network-firewall:DescribeFirewall")
        .flatMap((body) =>
          Array.from(JSON.stringify(body).matchAll(/"FirewallPolicyArn":"([^"]+)"/g)),
        );
      const arns = new Set(all.flatMap(([, arn]) => arn ?? []));
      return [...arns].toSorted().map((FirewallPolicyArn) => ({ FirewallPolicyArn }));
    },
  },
];
