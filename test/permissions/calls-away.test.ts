import { describe, expect, test } from "vitest";
import { callsOf, reportsOf, turned, without } from "./calls-away.ts";
import { awsHolders } from "./holders-aws.ts";
import { azureHolders } from "./holders-azure.ts";
import { gcpAccounts, gcpHolders } from "./holders-gcp.ts";
import { ociHolders } from "./holders-oci.ts";

describe.each([
  ["aws", awsHolders],
  ["azure", azureHolders],
  ["gcp", gcpHolders],
  ["gcp, by its list of accounts", gcpAccounts],
  ["oci", ociHolders],
] as const)("an administrator in each thing of %s", (_, world) => {
  const before = reportsOf(world);

  test("is reached by callers", () => {
    const sure = [...before.values()].filter(
      ({ power, verdict }) => power === "escalates" && verdict === "yes",
    );
    expect(sure.length).toBeGreaterThan(1);
  });

  test.each(callsOf(world))("without %s no word turns to another sure one", (call) => {
    expect(turned(before, reportsOf(without(world, call)))).toEqual([]);
  });

  test.each(callsOf(world))("without %s who can run nothing is as sure as before", (call) => {
    const after = reportsOf(without(world, call)).get([...before.keys()].find(isReader) ?? "");
    if (after && !limiting.test(call))
      expect(after).toMatchObject({ power: "reads", verdict: "yes" });
  });
});

/** What two lists together keep out of sight. */
const together = [
  [gcpHolders, "compute.instances.aggregatedList", "iam.projects.serviceAccounts.list"],
  [gcpAccounts, "iam.projects.serviceAccounts.list", "cloudresourcemanager.projects.get"],
  [gcpHolders, "iam.projects.serviceAccounts.list", "cloudresourcemanager.projects.get"],
] as const;

test.each(together)("two calls away turn no word either: %#", (world, first, second) => {
  const before = reportsOf(world);
  const after = reportsOf(without(without(world, first), second));
  expect(turned(before, after)).toEqual([]);
});

function isReader(id: string): boolean {
  return /reader/.test(id);
}

/** What gives, or takes from, every identity. */
const limiting =
  /organizations|Authorization|identity:List|getAncestry|getIamPolicy|listPolicies|roles|instances\.aggregatedList/;
