import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectFrom, withoutConfiguration } from "../../../mocks/oci/collect-scenario.ts";
import type { Fault } from "../../../mocks/oci/faults.ts";
import { startOciMock } from "../../../mocks/oci/index.ts";
import { isDomainUrl } from "../../../providers/oci/call-params.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { configFor, instanceOf, powersIn, reportsOf } from "./identity.ts";

let restore = (): void => {};
beforeAll(() => {
  restore = withoutConfiguration();
});
afterAll(() => restore());

async function collected(config: JsonObject, faults: readonly Fault[] = []): Promise<Snapshot> {
  const mock = await startOciMock({ regions: { "us-ashburn-1": config } }, { faults });
  try {
    // The client of identity domains is large, and loads within the first attempt.
    return await collectFrom(mock.endpoint, { attemptTimeout: 60_000 });
  } finally {
    await mock.close();
  }
}

const recorded = (config: JsonObject): Snapshot => ociScenario({ config });

const wordOf = (snapshot: Snapshot, id: string) => {
  const report = reportsOf(snapshot).get(id);
  return report && `${report.power} ${report.verdict} ${report.breadth}`;
};

const url = "https://idcs-0a1b.identity.oraclecloud.com:443";
const domain = { displayName: "Workloads", type: "SECONDARY", lifecycleState: "ACTIVE", url };
const web = "ALL {instance.compartment.id = 'ocid1.compartment.oc1..web'}";
const group = (name: string, matchingRule: string): Json => ({
  displayName: name,
  ocid: `ocid1.dynamicgroup.oc1..w${name}`,
  matchingRule,
});
const withDomain = (statement: string, groups: readonly Json[]): JsonObject =>
  configFor({
    statements: [statement],
    identity: { domains: [domain], domainGroups: { [url]: [...groups] } },
  });

describe("dynamic groups of another identity domain, which its own address tells", () => {
  const named = "Allow dynamic-group 'Workloads'/'dg' to manage all-resources in tenancy";
  test("hold whom their rule holds", async () => {
    const snapshot = await collected(withDomain(named, [group("dg", web)]));
    expect(snapshot.gaps).toEqual([]);
    expect(wordOf(snapshot, instanceOf("web"))).toBe("admin yes account");
    expect(wordOf(snapshot, instanceOf("ops"))).toBe("none yes resource");
  });

  test("are found by their OCID", () => {
    const byId =
      "Allow dynamic-group id ocid1.dynamicgroup.oc1..wdg to manage all-resources in tenancy";
    const snapshot = recorded(withDomain(byId, [group("dg", web)]));
    expect(wordOf(snapshot, instanceOf("web"))).toBe("admin yes account");
  });

  test("are none where the list does not show the name", () => {
    const snapshot = recorded(withDomain(named, [group("other", web)]));
    expect(wordOf(snapshot, instanceOf("web"))).toBe("none yes resource");
  });

  const domainCall = "identitydomains:ListDynamicResourceGroups";

  test("stay open where the domain refused to tell", async () => {
    const snapshot = await collected(withDomain(named, [group("dg", web)]), [
      { kind: "deny", call: domainCall },
    ]);
    expect(snapshot.gaps).toMatchObject([{ call: domainCall, params: { domain: url } }]);
    expect(wordOf(snapshot, instanceOf("web"))).toBe("admin maybe account");
  });

  test("stay open where the list was cut", () => {
    const snapshot = recorded(withDomain(named, [group("other", web)]));
    const pages = snapshot.pages.map((page) =>
      page.call === domainCall ? { ...page, body: { Resources: [], totalResults: 1 } } : page,
    );
    expect(wordOf({ ...snapshot, pages }, instanceOf("web"))).toBe("admin maybe account");
  });

  test("stay open where the list broke off", () => {
    const snapshot = recorded(withDomain(named, [group("other", web)]));
    const gap = {
      call: domainCall,
      scope: snapshot.scope.id,
      params: { domain: url },
      reason: "unavailable",
      detail: "",
      affects: [],
    } as const;
    expect(wordOf({ ...snapshot, gaps: [gap] }, instanceOf("web"))).toBe("admin maybe account");
  });

  test.each([
    [url, true],
    ["https://idcs-0a1b.eu-frankfurt-idcs-1.identity.eu-frankfurt-1.oraclecloud.com:443", true],
    ["https://idcs-0a1b.identity.oraclegovcloud.com", true],
    ["http://idcs-0a1b.identity.oraclecloud.com", false],
    ["https://idcs-0a1b.identity.oraclecloud.com.evil.example", false],
    ["https://evil.example/idcs-0a1b.identity.oraclecloud.com", false],
    ["https://idcs-0a1b.objectstorage.eu-frankfurt-1.oraclecloud.com", false],
    ["https://user@idcs-0a1b.identity.oraclecloud.com", false],
  ])("are asked for at %s: %s", (address, asked) => {
    expect(isDomainUrl(address)).toBe(asked);
  });
});

const fn = "ocid1.fnfunc.oc1.iad.f";
const app = "ocid1.fnapp.oc1.iad.a";
const compartment = "ocid1.compartment.oc1..ops";
const functions: JsonObject = {
  applications: [{ id: app, compartmentId: compartment, lifecycleState: "ACTIVE" }],
  functions: [
    {
      id: fn,
      applicationId: app,
      compartmentId: compartment,
      displayName: "f",
      lifecycleState: "ACTIVE",
      definedTags: { ops: { role: "fn" } },
    },
    { id: `${fn}gone`, applicationId: app, compartmentId: compartment, lifecycleState: "DELETED" },
  ],
};
const fnAdmin =
  "Allow any-user to manage all-resources in tenancy where all {request.principal.type = 'fnfunc', request.principal.compartment.id = 'ocid1.compartment.oc1..ops'}";

describe("functions", () => {
  test("that were not read may be ones that escalate", () => {
    const statements = [
      fnAdmin,
      "Allow dynamic-group web-dg to manage fn-function in tenancy",
      "Allow dynamic-group web-dg to use fn-invocation in tenancy",
    ];
    expect(powersIn({ statements })["web"]).not.toContain("escalates");
    for (const call of ["functions:ListApplications", "functions:ListFunctions"])
      expect(powersIn({ statements }, [call])["web"]).toBe("escalates maybe account");
  });

  test("that are listed are principals, with their place and tags", async () => {
    const tagged =
      "Allow any-user to manage buckets in tenancy where request.principal.tag.ops.role = 'fn'";
    const snapshot = await collected(
      configFor({ statements: [fnAdmin, tagged], identity: functions }),
    );
    expect(snapshot.gaps).toEqual([]);
    const reports = reportsOf(snapshot);
    expect(reports.get(fn)).toMatchObject({
      power: "admin",
      verdict: "yes",
      kind: "resource-principal",
    });
    expect(reports.has(`${fn}gone`)).toBe(false);
  });

  test.each([
    [
      "whoever updates and invokes",
      ["manage fn-function", "use fn-invocation"],
      "ops",
      "escalates yes account",
    ],
    ["whoever updates alone", ["manage fn-function"], "ops", "manages yes group"],
    ["whoever invokes alone", ["use fn-invocation"], "ops", "none yes resource"],
    [
      "whoever does so elsewhere",
      ["manage fn-function", "use fn-invocation"],
      "web",
      "manages yes group",
    ],
  ])("are taken over by %s: %j in %s is %s", (_, rights, place, word) => {
    const statements = [
      fnAdmin,
      ...rights.map((right) => `Allow dynamic-group web-dg to ${right} in compartment ${place}`),
    ];
    const snapshot = recorded(configFor({ statements, identity: functions }));
    expect(wordOf(snapshot, instanceOf("web"))).toBe(word);
  });
});

describe("a tag that a dynamic group looks at", () => {
  const identity = (matchingRule: string): JsonObject => ({
    dynamicGroups: [
      {
        id: "ocid1.dynamicgroup.oc1..web",
        name: "web-dg",
        matchingRule: web,
        lifecycleState: "ACTIVE",
      },
      {
        id: "ocid1.dynamicgroup.oc1..tag",
        name: "tag-dg",
        matchingRule,
        lifecycleState: "ACTIVE",
      },
    ],
  });
  const strong = "Allow dynamic-group tag-dg to manage all-resources in tenancy";
  const uses = (place: string) => [
    strong,
    `Allow dynamic-group web-dg to use instances in compartment ${place}`,
    "Allow dynamic-group web-dg to use tag-namespaces in tenancy",
  ];
  test.each([
    ["is one's own to set", uses("web"), "tag.ops.role.value = 'admin'", "escalates yes account"],
    ["may be any value", uses("web"), "tag.ops.role.value", "escalates yes account"],
    [
      "does not help beside a place elsewhere",
      uses("web"),
      "ALL {tag.ops.role.value = 'admin', instance.compartment.id = 'ocid1.compartment.oc1..ops'}",
      "manages yes account",
    ],
    [
      "cannot be set on an instance elsewhere",
      uses("ops"),
      "tag.ops.role.value = 'admin'",
      "manages yes account",
    ],
    [
      "cannot be set without the namespace",
      uses("web").slice(0, 2),
      "tag.ops.role.value = 'admin'",
      "manages yes group",
    ],
  ])("%s", (_, statements, rule, word) => {
    const snapshot = recorded(configFor({ statements, identity: identity(rule) }));
    expect(wordOf(snapshot, instanceOf("web"))).toBe(word);
  });
});
