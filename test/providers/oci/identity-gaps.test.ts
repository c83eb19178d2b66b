import { describe, expect, test } from "vitest";
import { ociScenario, ociTenancy } from "../../../src/conformance/scenario-oci.ts";
import type { IdentityReport } from "../../../src/model/identity.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { configFor, instanceOf, powersIn, reportsOf, type Tenancy } from "./identity.ts";

const calls = [
  "ListCompartments",
  "ListRegionSubscriptions",
  "ListPolicies",
  "ListDynamicGroups",
  "ListDomains",
  "ListGroups",
  "ListNetworkSources",
].map((name) => `identity:${name}`);

const office = { name: "office", publicSourceList: ["203.0.113.0/24"], lifecycleState: "ACTIVE" };
const web = {
  id: "ocid1.compartment.oc1..web",
  name: "Web",
  compartmentId: ociTenancy,
  lifecycleState: "ACTIVE",
};

const subjects = [
  "any-user",
  "any-group",
  "dynamic-group web-dg",
  "dynamic-group nobody-dg",
  "dynamic-group 'Other'/'web-dg'",
  "dynamic-group id ocid1.dynamicgroup.oc1..web",
  "dynamic-group id ocid1.dynamicgroup.oc1..gone",
];
const grants = [
  "manage all-resources in tenancy",
  "manage policies in compartment Web",
  "manage buckets in compartment Web",
  "use dynamic-groups in tenancy",
  "inspect all-resources in tenancy where request.region = 'iad'",
  "manage all-resources in tenancy where request.networkSource.name = 'office'",
  "manage all-resources in tenancy where request.networkSource.name = 'nowhere'",
  "manage all-resources in tenancy where request.region = 'fra'",
];
const others: Tenancy[] = [
  {
    statements: [
      "Allow dynamic-group ops-dg to manage all-resources in tenancy",
      "Allow dynamic-group web-dg to use dynamic-groups in tenancy",
    ],
  },
  {
    statements: [
      "Allow group Administrators to manage all-resources in tenancy",
      "Allow dynamic-group web-dg to manage users in tenancy",
      "Allow dynamic-group web-dg to manage groups in tenancy",
    ],
  },
  {
    statements: [
      "Allow dynamic-group web-dg to manage all-resources in tenancy",
      "Deny any-user to manage buckets in tenancy",
    ],
  },
];
const tenancies: readonly Tenancy[] = [
  ...subjects.flatMap((subject) =>
    grants.map((grant) => ({ statements: [`Allow ${subject} to ${grant}`] })),
  ),
  ...others,
];

const wholes = tenancies.map(({ statements }) => {
  const identity = { compartments: [web], networkSources: [office] };
  const whole = ociScenario({ config: configFor({ statements, identity }) });
  return { statements, whole, before: reportsOf(whole) };
});

function without(snapshot: Snapshot, call: string, told: boolean): Snapshot {
  const gap = {
    call,
    scope: ociTenancy,
    region: "global",
    reason: "denied",
    detail: "denied",
    affects: [],
  } as const;
  return {
    ...snapshot,
    pages: snapshot.pages.filter((page) => page.call !== call),
    gaps: told ? [gap] : [],
  };
}

const wordOf = ({ power, verdict, breadth }: IdentityReport) => `${power} ${verdict} ${breadth}`;

describe("what was not read is never taken for something else", () => {
  describe.each([
    ["refused", true],
    ["missing from the record", false],
  ])("%s", (_, told) => {
    test.each(calls)("%s", (call) => {
      // What is not told is read in the same way, so that a part of them will do.
      for (const { statements, whole, before } of told ? wholes : wholes.slice(0, 9)) {
        for (const [id, after] of reportsOf(without(whole, call, told))) {
          const same = wordOf(after) === wordOf(before.get(id)!);
          const open = after.power === "unknown" || after.verdict === "maybe";
          expect(same || open, `${statements.join("; ")}: ${wordOf(after)}`).toBe(true);
        }
      }
    });
  });

  test("the policies of one compartment", () => {
    const gap = { call: "identity:ListPolicies", params: { compartmentId: web.id } };
    const powers = powersIn({ statements: [], identity: { compartments: [web] } }, [gap]);
    expect(powers).toEqual({ web: "unknown maybe resource", ops: "unknown maybe resource" });
  });

  test("an identity domain whose groups no list shows, where a statement names one", () => {
    const domain = { displayName: "Other", type: "SECONDARY", lifecycleState: "ACTIVE" };
    const named = "Allow dynamic-group 'Other'/'x' to manage buckets in tenancy";
    const identity = { domains: [domain] };
    expect(powersIn({ statements: [named], identity })["web"]).toBe("unknown maybe account");
    expect(powersIn({ statements: [named] })["web"]).toBe("none yes resource");
    expect(powersIn({ statements: [], identity })["web"]).toBe("none yes resource");
    const sure = "Allow any-user to manage all-resources in tenancy";
    expect(powersIn({ statements: [named, sure], identity })["web"]).toMatch(/^admin /);
  });

  test("a denial that leaves an administrator one is not asked about", () => {
    const statements = [
      "Allow dynamic-group web-dg to manage all-resources in tenancy",
      "Deny any-user to manage buckets in tenancy",
    ];
    expect(powersIn({ statements })["web"]).toBe("admin yes account");
  });

  test("whether deny statements act", () => {
    const statements = [
      "Allow dynamic-group web-dg to manage buckets in tenancy",
      "Allow dynamic-group ops-dg to manage buckets in tenancy",
      "Deny dynamic-group web-dg to manage buckets in tenancy",
    ];
    const { web: denied, ops } = powersIn({ statements });
    expect([denied, ops]).toEqual(["broad maybe account", "broad yes account"]);
    const report = reportsOf(ociScenario({ config: configFor({ statements }) }));
    expect(report.get(instanceOf("web"))?.assumptions).toContain(
      "whether deny statements act in this tenancy was not read",
    );
  });
});
