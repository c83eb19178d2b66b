import { describe, expect, test } from "vitest";
import type { Fault } from "../../../mocks/azure/index.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import {
  assignment,
  custom,
  definition,
  group,
  owner,
  readWorld as read,
  resource,
  sub,
  system,
  type NamedResource,
} from "./identity-world.ts";

const may = (action: string): readonly JsonObject[] => [
  definition(custom, [action]),
  assignment("p-caller", custom),
  assignment("p-strong", owner),
];

describe("what runs as another identity is found whatever its type", () => {
  test.each([
    ["Microsoft.Automation/automationAccounts", "Microsoft.Automation/automationAccounts/*"],
    ["Microsoft.Logic/workflows", "Microsoft.Logic/workflows/write"],
    ["Microsoft.DataFactory/factories", "Microsoft.DataFactory/factories/*"],
    ["Microsoft.ApiManagement/service", "Microsoft.ApiManagement/service/apis/policies/write"],
    ["Microsoft.App/jobs", "Microsoft.App/jobs/*"],
    ["Microsoft.Compute/virtualMachines", "Microsoft.Compute/virtualMachines/runCommand/action"],
    ["Microsoft.Web/sites/slots", "Microsoft.Web/sites/slots/publishxml/action"],
  ])("%s of an owner, and the right to run code on it", async (type, action) => {
    const name = type.endsWith("slots") ? "site/slots/staging" : "strong";
    const strong = resource(type, name, system("p-strong"));
    const id = type.endsWith("slots") ? `${group}/Microsoft.Web/sites/${name}` : strong.id;
    const { report, inventory } = await read([{ ...strong, id }, ...may(action)]);
    expect(report("p-caller")).toMatchObject({ power: "escalates", verdict: "yes" });
    const holders = inventory.paths?.holders?.filter(({ identity }) => identity === "p-strong");
    expect(holders).toHaveLength(1);
  });

  test("an identity that a list names by its id alone is the one that the list of identities tells", async () => {
    const uai = resource("Microsoft.ManagedIdentity/userAssignedIdentities", "strong-id", {
      properties: { principalId: "p-strong" },
    });
    const flow = resource("Microsoft.Logic/workflows", "flow", {
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: { [uai.id.toUpperCase()]: {} },
      },
    });
    const { report } = await read([uai, flow, ...may("Microsoft.Logic/workflows/write")]);
    expect(report("p-caller")).toMatchObject({ power: "escalates", verdict: "yes" });
  });

  test("without the list of everything the rest is as sure as before", async () => {
    const faults: Fault[] = [{ kind: "deny", path: `${sub}/resources` }];
    const found = await read([assignment("p-caller", owner)], faults);
    expect(found.inventory.gaps).toContainEqual(
      expect.objectContaining({ call: "Microsoft.Resources/subscriptions/resources/read" }),
    );
    expect(found.report("p-caller")).toMatchObject({ power: "admin", verdict: "yes" });
  });
});

describe("who holds an assignment and is on no list, where a list was not read", () => {
  test.each([
    ["ServicePrincipal", "escalates"],
    ["", "escalates"],
    ["User", "reads-sensitive"],
    ["Group", "reads-sensitive"],
    ["ForeignGroup", "reads-sensitive"],
    ["Device", "reads-sensitive"],
  ])("may be something that runs there, by its type %j: %s", async (principalType, power) => {
    const world = [
      definition(custom, ["Microsoft.Web/sites/publishxml/action"]),
      assignment("p-caller", custom),
      assignment("p-strong", owner, { principalType }),
    ];
    const denied: Fault[] = [{ kind: "deny", path: "/Microsoft.Web/sites" }];
    const { report } = await read(world, denied);
    expect(report("p-caller")).toMatchObject({ power, verdict: "maybe" });
  });
});

describe("a cluster", () => {
  const cluster = (properties: Json): JsonObject =>
    resource("Microsoft.ContainerService/managedClusters", "aks", {
      ...system("p-control"),
      properties,
    });
  const profile = (objectId: string): JsonObject => ({
    kubeletidentity: { objectId, resourceId: `${group}/x/aks-agentpool` },
  });
  const admin = "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action";

  test("gives the identity of its nodes, with the credential of its local administrator", async () => {
    const strong = cluster({ identityProfile: profile("p-strong") });
    const { report } = await read([strong, ...may(admin)]);
    expect(report("p-caller")).toMatchObject({ power: "escalates", verdict: "yes" });
  });

  test("gives nothing without local accounts", async () => {
    const strong = cluster({ identityProfile: profile("p-strong"), disableLocalAccounts: true });
    const { report } = await read([strong, ...may(admin)]);
    expect(report("p-caller").power).not.toBe("escalates");
  });

  test("does not give the identity of its control plane", async () => {
    const strong = cluster({ identityProfile: profile("p-weak") });
    const { report } = await read([
      strong,
      definition(custom, [admin]),
      assignment("p-caller", custom),
      assignment("p-control", owner),
    ]);
    expect(report("p-caller").power).not.toBe("escalates");
    expect(report("p-control").power).toBe("admin");
  });

  test("is asked about only where one is listed", async () => {
    const path = "providers/Microsoft.ContainerService/managedClusters";
    expect((await read([])).asked).not.toContain(path);
    expect((await read([cluster({})])).asked).toContain(path);
    const faults: Fault[] = [{ kind: "deny", path: `${sub}/resources` }];
    expect((await read([], faults)).asked).toContain(path);
  });
});

describe("a vault", () => {
  const get = "data:Microsoft.KeyVault/vaults/secrets/getSecret/action";
  const policy = (objectId: string, permissions: JsonObject): JsonObject => ({
    accessPolicies: [{ objectId, tenantId: "t", permissions }],
  });
  const vault = (properties: JsonObject): NamedResource =>
    resource("Microsoft.KeyVault/vaults", "kv", { properties });

  test.each([
    ["reads its secrets", { secrets: ["Get", "list"] }, "yes"],
    ["does all with them", { secrets: ["all"] }, "yes"],
    ["lists only", { secrets: ["List"] }, "no"],
    ["sets only", { secrets: ["set"] }, "no"],
    ["decrypts with its keys only", { keys: ["decrypt"] }, "no"],
  ])("whose access policy %s", async (_, permissions, verdict) => {
    const kv = vault(policy("P-Caller", permissions));
    expect((await read([kv])).decide("p-caller", get, kv.id).verdict).toBe(verdict);
  });

  test.each([
    [true, "an access policy", "no"],
    [true, "a role", "yes"],
    [false, "an access policy", "yes"],
    [false, "a role", "no"],
  ])("that follows roles: %s, gives its secrets by %s: %s", async (follows, way, verdict) => {
    const policies = way === "a role" ? {} : policy("p-caller", { secrets: ["get"] });
    const kv = vault({ enableRbacAuthorization: follows, ...policies });
    const secrets = definition(custom, [], ["Microsoft.KeyVault/vaults/secrets/*"]);
    const roles = way === "a role" ? [secrets, assignment("p-caller", custom)] : [];
    const { decide } = await read([kv, ...roles]);
    expect(decide("p-caller", get, `${kv.id}/secrets/x`).verdict).toBe(verdict);
  });

  test("that gives its secrets makes who holds the policy one that reads what is sensitive", async () => {
    const kv = vault(policy("p-caller", { secrets: ["get"] }));
    const { report } = await read([kv]);
    expect(report("p-caller").grants).toMatchObject([
      { plane: "data", access: "read", family: "secrets", breadth: "resource", verdict: "yes" },
    ]);
  });
});
