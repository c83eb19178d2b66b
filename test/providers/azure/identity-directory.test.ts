import { describe, expect, test } from "vitest";
import type { Fault } from "../../../mocks/azure/index.ts";
import { graphHost, graphUrl } from "../../../providers/azure/graph-address.ts";
import type { IdentityReport } from "../../../src/model/identity.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import {
  assignment,
  custom,
  definition,
  owner,
  readWorld,
  resource,
  sub,
  system,
} from "./identity-world.ts";

const admins = "09600000-0000-4000-8000-00000000000a";

async function wordOf(
  more: Parameters<typeof readWorld>[2],
  resources: JsonObject[] = [],
  faults: Fault[] = [],
): Promise<string> {
  const { report } = await readWorld(resources, faults, more);
  const { power, verdict } = report("p-caller");
  return `${power} ${verdict}`;
}

const role = (name: string, more: JsonObject = {}, principal = "p-caller") => ({
  directory: { roles: [{ principal, role: name, ...more }] },
});
const appRole = (...names: string[]) => ({ directory: { appRoles: { "p-caller": names } } });

/** A machine for each name, with an identity that is called by it. */
const machineFor = (name: string): JsonObject =>
  resource("Microsoft.Compute/virtualMachines", name, system(name.toLowerCase()));

async function wordsOf(
  names: readonly string[],
  more: Parameters<typeof readWorld>[2],
): Promise<ReadonlyMap<string, string>> {
  const { report } = await readWorld(names.map(machineFor), [], more);
  return new Map(
    names.map((name) => {
      const { power, verdict } = report(name.toLowerCase());
      return [name, `${power} ${verdict}`];
    }),
  );
}

describe("a role of the directory", () => {
  const expected: readonly (readonly [string, string])[] = [
    ["Global Administrator", "escalates yes"],
    ["Privileged Role Administrator", "escalates yes"],
    ["Privileged Authentication Administrator", "escalates yes"],
    ["Application Administrator", "escalates maybe"],
    ["Cloud Application Administrator", "escalates maybe"],
    ["Directory Readers", "none yes"],
    ["Global Reader", "none yes"],
  ];
  test("makes its holder what it lets it become", async () => {
    const names = expected.map(([name]) => name);
    const roles = names.map((name) => ({ principal: name.toLowerCase(), role: name }));
    expect([...(await wordsOf(names, { directory: { roles } }))]).toEqual(expected);
  });

  test("counts through a group, and not where another holds it", async () => {
    const held = role("Global Administrator", {}, admins);
    expect(await wordOf({ ...held, groups: { "p-caller": [admins] } })).toBe("escalates yes");
    expect(await wordOf(held)).toBe("none yes");
  });

  test("of a unit, or of a single application, leaves the rest of the directory alone", async () => {
    const scoped = { scope: "/administrativeUnits/1" };
    expect(await wordOf(role("Global Administrator", scoped))).toBe("none yes");
  });

  test("that the tenant made counts by what it allows", async () => {
    const actions = ["microsoft.directory/roleAssignments/allProperties/allTasks"];
    expect(await wordOf(role("Helpers", { actions }))).toBe("escalates yes");
    expect(await wordOf(role("Global Administrator", { actions: [] }))).toBe("none yes");
  });
});

describe("an application role of Microsoft Graph", () => {
  const expected: readonly (readonly [string, string])[] = [
    ["RoleManagement.ReadWrite.Directory", "escalates yes"],
    ["AppRoleAssignment.ReadWrite.All", "escalates yes"],
    ["Application.ReadWrite.All", "escalates maybe"],
    ["User.Read.All", "none yes"],
    ["Directory.Read.All", "none yes"],
  ];
  test("makes its holder what it lets it become", async () => {
    const names = expected.map(([name]) => name);
    const appRoles = Object.fromEntries(
      names.map((name) => [name.toLowerCase(), ["User.Read.All", name]]),
    );
    expect([...(await wordsOf(names, { directory: { appRoles } }))]).toEqual(expected);
  });

  test("that writes members of groups gives what such a group holds", async () => {
    const held = assignment(admins, owner, { principalType: "Group" });
    expect(await wordOf(appRole("GroupMember.ReadWrite.All"), [held])).toBe("escalates yes");
    expect(await wordOf(appRole("GroupMember.ReadWrite.All"))).toBe("none yes");
  });

  test("of an identity that the caller can become is a step of the way", async () => {
    const strong = resource("Microsoft.Compute/virtualMachines", "strong", system("p-strong"));
    const resources = [
      strong,
      definition(custom, ["Microsoft.Compute/virtualMachines/runCommand/action"]),
      assignment("p-caller", custom),
    ];
    const directory = { appRoles: { "p-strong": ["RoleManagement.ReadWrite.Directory"] } };
    expect(await wordOf({ directory }, resources)).toBe("escalates yes");
    expect(await wordOf({}, resources)).toBe("none yes");
  });
});

describe("a directory that does not let itself be read", () => {
  const denied: Fault[] = [{ kind: "deny", path: "/v1.0/" }];
  const held = (name: string): JsonObject[] => [
    definition(custom, [name]),
    assignment("p-caller", custom),
  ];
  const reportOf = async (resources: JsonObject[]): Promise<IdentityReport> =>
    (await readWorld(resources, denied)).report("p-caller");

  test("leaves what a weak identity is in doubt, and names the lists", async () => {
    const report = await reportOf(held("*/read"));
    expect(report).toMatchObject({
      power: "reads",
      verdict: "maybe",
      worst: "admin",
      best: "reads",
    });
    expect(report.assumptions).toContainEqual(
      expect.stringMatching(/^Microsoft\.Graph\/roleManagement.* could not be read/),
    );
    expect(await reportOf([])).toMatchObject({ power: "none", verdict: "maybe", worst: "admin" });
  });

  test("takes nothing from an administrator, or from who becomes one", async () => {
    expect(await reportOf([assignment("p-caller", owner)])).toMatchObject({
      power: "admin",
      verdict: "yes",
    });
    const strong = resource("Microsoft.Compute/virtualMachines", "strong", system("p-strong"));
    const way = held("Microsoft.Compute/virtualMachines/runCommand/action");
    expect(await reportOf([strong, ...way, assignment("p-strong", owner)])).toMatchObject({
      power: "escalates",
      verdict: "yes",
    });
  });

  test("is a gap of each list, and single identities are not asked about", async () => {
    const { inventory, asked } = await readWorld([], denied);
    const calls = inventory.gaps.filter(({ call }) => call.startsWith("Microsoft.Graph/"));
    expect(calls.map(({ call, reason }) => `${call} ${reason}`)).toEqual([
      "Microsoft.Graph/servicePrincipals/read denied",
      "Microsoft.Graph/servicePrincipals/appRoleAssignedTo/read denied",
      "Microsoft.Graph/roleManagement/directory/roleAssignments/read denied",
      "Microsoft.Graph/servicePrincipals/transitiveMemberOf/read denied",
    ]);
    expect(asked.filter((path) => path.includes("transitiveMemberOf"))).toEqual([]);
  });
});

describe("groups that the directory lists", () => {
  const deny = (principal: string): JsonObject => ({
    id: `${sub}/providers/Microsoft.Authorization/denyAssignments/d`,
    type: "Microsoft.Authorization/denyAssignments",
    properties: {
      scope: sub,
      permissions: [{ actions: ["*"], notActions: [] }],
      principals: [{ id: principal, type: "Group" }],
      excludePrincipals: [],
    },
  });
  const held = assignment("p-caller", owner);

  test("decide whom a denial of a group binds", async () => {
    const member = { groups: { "p-caller": [admins] } };
    expect(await wordOf(member, [held, deny(admins)])).toBe("none yes");
    expect(await wordOf({}, [held, deny(admins)])).toBe("admin yes");
    const denied: Fault[] = [{ kind: "deny", path: "/transitiveMemberOf" }];
    expect(await wordOf(member, [held, deny(admins)], denied)).toBe("admin maybe");
  });

  test("stand in where the list of assignments does not resolve them", async () => {
    const through = assignment(admins, owner, { principalType: "Group" });
    const { report } = await readWorld([through], [], { groups: { "p-caller": [admins] } });
    expect(report("p-caller").power).toBe("admin");
  });
});

describe("the address of Microsoft Graph", () => {
  test.each([
    [undefined, "https://graph.microsoft.com"],
    ["https://management.usgovcloudapi.net", "https://graph.microsoft.us"],
    ["https://management.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"],
    ["https://arm.example.com", "https://graph.microsoft.com"],
  ])("beside %s is %s", (endpoint, host) => {
    expect(graphHost(endpoint)).toBe(host);
  });

  test("is the only one that a further page is asked of", () => {
    const about = { path: "/x", query: { $top: "2" } };
    const host = "https://graph.microsoft.com";
    expect(graphUrl(host, { ...about, token: undefined })).toBe(`${host}/v1.0/x?%24top=2`);
    const token = "https://elsewhere.example/v1.0/x?$skiptoken=a";
    expect(graphUrl(host, { ...about, token })).toBe(`${host}/v1.0/x?$skiptoken=a`);
  });
});
