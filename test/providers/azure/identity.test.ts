import { describe, expect, test } from "vitest";
import { readIdentities } from "../../../providers/azure/identity.ts";
import { azurePolicy } from "../../../providers/azure/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import { listOf, objectOf, textOf } from "../../../src/conformance/read-json.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";
import { readRole, rolesKnown } from "./identity-case.ts";

const sub = "/subscriptions/s1";
const ra = "Microsoft.Authorization/roleAssignments/read";
const rd = "Microsoft.Authorization/roleDefinitions/read";
const da = "Microsoft.Authorization/denyAssignments/read";

function page(call: string, value: readonly Json[], params: JsonObject = {}) {
  const at = "2026-11-22T00:00:00Z";
  return {
    call,
    params,
    body: { value },
    region: "global",
    page: 0,
    requestId: "r",
    at,
    sha256: "",
  };
}

function builtIn(name: string): { readonly id: string; readonly permissions: Json } {
  const role = objectOf(readRole("azure", name));
  return { id: textOf(role["id"]) ?? "", permissions: listOf(role["permissions"]) };
}

function definition(name: string): Json {
  const { id, permissions } = builtIn(name);
  const properties = { roleName: name, type: "BuiltInRole", permissions, assignableScopes: ["/"] };
  return { id: `/providers/Microsoft.Authorization/roleDefinitions/${id}`, name: id, properties };
}

function held(role: string, scope: string, principalId = "p1", principalType = "ServicePrincipal") {
  const { id } = builtIn(role);
  const roleDefinitionId = `${sub}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
  const properties = { roleDefinitionId, principalId, principalType, scope };
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${role}`,
    properties,
  };
}

const machine = {
  id: `${sub}/resourceGroups/app/providers/Microsoft.Compute/virtualMachines/vm`,
  identity: { type: "SystemAssigned", principalId: "P1" },
};

function report(role: string, scope = sub, drop: readonly string[] = [], group = false) {
  const assignment = group ? held(role, scope, "g1", "Group") : held(role, scope);
  const pages = [
    page("Microsoft.Compute/virtualMachines/read", [machine]),
    page(ra, [assignment]),
    page(ra, [assignment], { assignedTo: "p1" }),
    page(rd, [definition(role)]),
    page(da, []),
  ].filter(({ call, params }) => !drop.includes(params["assignedTo"] ? `${call} p1` : call));
  const snapshot: Snapshot = {
    provider: "azure",
    scope: { provider: "azure", id: "s1", regions: [] },
    pages,
    gaps: [],
  };
  const read = readIdentities(snapshot);
  const estate = buildEstate([{ provider: "azure", scope: "s1", gaps: [], ...read }]);
  const [identity] = read.identities;
  if (!identity) throw new Error("no identity");
  return judge(identity, [machine.id], azurePolicy, estate);
}

describe.skipIf(!rolesKnown)("well-known roles (needs ../shared/catalogues)", () => {
  test.each([
    ["Owner", "admin"],
    ["User Access Administrator", "admin"],
    ["Role Based Access Control Administrator", "admin"],
    ["Contributor", "broad"],
    ["Reader", "reads"],
    ["Key Vault Secrets User", "reads-sensitive"],
    ["Storage Blob Data Owner", "broad"],
    ["Storage Blob Data Reader", "reads-sensitive"],
    ["Azure Kubernetes Service Cluster Admin Role", "reads-sensitive"],
    ["Network Contributor", "broad"],
    ["Monitoring Reader", "reads"],
    ["Monitoring Metrics Publisher", "reads"],
  ])("%s at the subscription is %s", (role, power) => {
    expect(report(role)).toMatchObject({ power, verdict: "yes", breadth: "account" });
  });

  test.each([
    ["Virtual Machine Contributor"],
    ["Website Contributor"],
    ["Log Analytics Contributor"],
    ["Managed Identity Operator"],
  ])("%s manages or more, and is no administrator", (role) => {
    const { powers } = report(role);
    expect(powers).toContain("manages");
    expect(powers).not.toContain("admin");
  });

  test("an assignment through a group counts, and in doubt once the group cannot be resolved", () => {
    expect(report("Owner", sub, [], true)).toMatchObject({ power: "admin", verdict: "yes" });
    expect(report("Owner", sub, [`${ra} p1`], true).verdict).toBe("maybe");
  });

  test.each([[ra], [`${ra} p1`], [rd], [da]])("without %s nothing gets surer", (call) => {
    for (const role of ["Owner", "Contributor", "Reader"]) {
      const less = report(role, sub, [call]);
      const sure = report(role);
      const same = less.power === sure.power && less.verdict === sure.verdict;
      expect(same || less.verdict === "maybe" || less.power === "unknown").toBe(true);
    }
    if (call === ra) expect(report("Reader", sub, [call]).power).not.toBe("none");
  });
});
