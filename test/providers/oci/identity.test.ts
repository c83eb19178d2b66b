import { afterEach, describe, expect, test } from "vitest";
import { collectFrom, withoutConfiguration } from "../../../mocks/oci/collect-scenario.ts";
import { startOciMock, type OciMock } from "../../../mocks/oci/index.ts";
import { powersIn, configFor, instanceOf, reportsOf } from "./identity.ts";

let mock: OciMock | undefined;
afterEach(async () => {
  await mock?.close();
});

const three = {
  compartments: ["web", "ops", "idle"],
  statements: [
    "Allow dynamic-group ops-dg to manage all-resources in tenancy",
    "Allow dynamic-group web-dg to manage virtual-network-family in tenancy",
  ],
};

describe("what instances may do", () => {
  test("follows the dynamic group that holds each, as read over the wire", async () => {
    const restore = withoutConfiguration();
    mock = await startOciMock({ regions: { "us-ashburn-1": configFor(three) } });
    const snapshot = await collectFrom(mock.endpoint).finally(restore);
    expect(snapshot.gaps).toEqual([]);
    const reports = reportsOf(snapshot);
    const powerOf = (name: string) => reports.get(instanceOf(name))?.power;
    expect([powerOf("ops"), powerOf("web"), powerOf("idle")]).toEqual(["admin", "broad", "none"]);
  });

  test.each([
    ["manage all-resources in tenancy", "admin yes account"],
    ["manage policies in tenancy", "admin yes account"],
    ["{POLICY_UPDATE} in tenancy", "admin yes account"],
    ["manage all-resources in compartment Web", "broad yes group"],
    ["manage policies in compartment Web", "escalates yes group"],
    ["manage buckets in tenancy", "broad yes account"],
    ["manage buckets in compartment Web", "manages yes group"],
    ["manage instances in compartment Web", "manages yes group"],
    ["read secret-bundles in tenancy", "reads-sensitive yes account"],
    ["read objects in compartment Web", "reads-sensitive yes group"],
    ["inspect all-resources in tenancy", "reads yes account"],
    ["read all-resources in tenancy", "reads-sensitive yes account"],
    ["use tag-namespaces in tenancy", "manages yes account"],
    ["manage all-resources in compartment Nowhere", "none yes resource"],
    [
      "manage all-resources in tenancy where request.principal.type = 'instance'",
      "admin yes account",
    ],
    [
      "manage all-resources in tenancy where request.principal.type = 'fnfunc'",
      "none yes resource",
    ],
    ["manage all-resources in tenancy where request.color = 'blue'", "admin maybe account"],
    [
      "manage all-resources in tenancy where request.networkSource.name = 'office'",
      "none yes resource",
    ],
    [
      "manage all-resources in tenancy where target.compartment.name = 'Web'",
      "escalates yes group",
    ],
    ["manage all-resources in tenancy where target.compartment.name != 'Web'", "admin yes account"],
    ["manage buckets in tenancy where target.bucket.name = 'one'", "reads yes resource"],
  ])("to %s", (grant, power) => {
    const identity = {
      compartments: [
        {
          id: "ocid1.compartment.oc1..web",
          name: "Web",
          compartmentId: "ocid1.tenancy.oc1..local",
        },
      ],
    };
    const statements = [`Allow dynamic-group web-dg to ${grant}`];
    expect(powersIn({ statements, identity })["web"]).toBe(power);
  });
});
