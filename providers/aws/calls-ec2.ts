import type { Json } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import type { CallRow } from "./calls-row.ts";

/** Parsing blocks: 1,000 instances hold the event loop for 220 ms. Half of that is the most a probe next to it may wait. */
const pageSize = 500;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
export const computeCalls: readonly CallRow[] = [
  {
    action: "DescribeNetworkInterfaces",
    affects: ["interfaces", "addresses"],
    pageSize,
    always: true,
  },
  { action: "DescribeInstances", affects: ["workloads", "identity-links"], pageSize },
  { action: "DescribeAddresses", affects: ["addresses"] },
  { action: "DescribeVpcs", affects: ["subnets"], pageSize },
  { action: "DescribeSubnets", affects: ["subnets"], pageSize },
  { action: "DescribeRouteTables", affects: ["routes"], pageSize: 100 },
  { action: "DescribeInternetGateways", affects: ["gateways"], pageSize },
  { action: "DescribeEgressOnlyInternetGateways", affects: ["gateways"], pageSize: 255 },
  { action: "DescribeNetworkAcls", affects: ["rule-sets"], pageSize },
  { action: "DescribeSecurityGroups", affects: ["rule-sets"], pageSize },
  { action: "DescribeManagedPrefixLists", affects: ["prefix-lists"], pageSize: 100 },
  {
    action: "GetManagedPrefixListEntries",
    affects: ["prefix-lists"],
    pageSize: 100,
    params: (recorded) => referencedPrefixLists(recorded).map((PrefixListId) => ({ PrefixListId })),
  },
  { action: "DescribeVpcBlockPublicAccessOptions", affects: ["public-access-block"] },
  { action: "DescribeVpcBlockPublicAccessExclusions", affects: ["public-access-block"], pageSize },
  {
    action: "DescribeInstanceAttribute",
    affects: ["user-data"],
    per: "exposed-workload",
    detail: (workloadId) => ({
      InstanceId: workloadId.slice(workloadId.lastIndexOf("/") + 1),
      Attribute: "userData",
    }),
  },
];

/** Lists that a rule or a route names; the account's other ones decide nothing. */
function referencedPrefixLists(recorded: Recorded): readonly string[] {
  const bodies = ["ec2:DescribeSecurityGroups", "ec2:DescribeRouteTables"].flatMap((call) =>
    recorded.bodies(call),
  );
  const names = ["PrefixListId", "DestinationPrefixListId"];
  const found = names.flatMap((name) => bodies.flatMap((body) => texts(body, name)));
  return [...new Set(found)].toSorted();
}

/** The text of every member called `name`, at any depth. */
function texts(value: Json, name: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, Json | undefined]) =>
    key === name && typeof member === "string" ? [member] : texts(member ?? null, name),
  );
}
