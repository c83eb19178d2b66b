import { describe, expect, test } from "vitest";
import { changedRole } from "../../../providers/gcp/policy/decide.ts";
import { ask, member, self, type Land } from "./estate.ts";

const role = "projects/prod/roles/r";
const give = (permission: string, more: object = {}): Land => ({
  bindings: [{ role, ...more }],
  roles: { [role]: [permission] },
});
const get = "iam.serviceAccounts.getAccessToken";
const other = "o@prod.iam.gserviceaccount.com";
const account = `projects/prod/serviceAccounts/${other}`;
const everyone = "principalSet://goog/public:all";
const me = `principal://iam.googleapis.com/projects/-/serviceAccounts/${self}`;
const deny = (rule: object, on = "organizations/1") => ({
  denies: [
    {
      on,
      rule: {
        deniedPrincipals: [everyone],
        deniedPermissions: ["iam.googleapis.com/serviceAccounts.getAccessToken"],
        ...rule,
      },
    },
  ],
});
const bound = (
  resources: readonly string[],
  blocks: readonly string[] | null,
  more: object = {},
) => ({
  boundaries: [
    { details: { rules: [{ resources: [...resources], effect: "ALLOW" }] }, blocks, ...more },
  ],
});
const manager = "//cloudresourcemanager.googleapis.com";
const scope = (name: string) => ({ scopes: [`https://www.googleapis.com/auth/${name}`] });

describe("members", () => {
  const pod = "prod.svc.id.goog[web/mcp]";
  const pool =
    "iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/prod.svc.id.goog";
  test.each([
    [member, "yes"],
    [member.toUpperCase().replace("SERVICEACCOUNT", "serviceAccount"), "yes"],
    ["serviceAccount:other@prod.iam.gserviceaccount.com", "no"],
    ["allUsers", "yes"],
    ["allAuthenticatedUsers", "yes"],
    ["domain:example.com", "no"],
    [`user:${self}`, "no"],
    [`deleted:${member}?uid=1`, "no"],
    ["projectOwner:prod", "no"],
    ["group:in@example.com", "yes"],
    ["group:nested@example.com", "yes"],
    ["group:loop@example.com", "maybe"],
    ["group:out@example.com", "no"],
    ["group:unread@example.com", "maybe"],
    ["principalSet://goog/group/in@example.com", "yes"],
    [everyone, "yes"],
    [me, "yes"],
    [`serviceAccount:${pod}`, "yes"],
    ["serviceAccount:prod.svc.id.goog[web/other]", "no"],
    ["serviceAccount:else.svc.id.goog[web/mcp]", "no"],
    [`principal://${pool}/subject/ns/web/sa/mcp`, "yes"],
    [`principal://${pool}/subject/ns/other/sa/mcp`, "no"],
    [`principalSet://${pool}/*`, "yes"],
    [`principalSet://${pool}/namespace/web`, "yes"],
    [`principalSet://${pool}/namespace/w`, "no"],
    [`principalSet://${pool}/attribute.team/x`, "maybe"],
    [`principalSet://${pool.replace("prod.svc", "x.svc")}/*`, "no"],
    ["principalSet://cloudresourcemanager.googleapis.com/projects/123", "yes"],
    ["principalSet://cloudresourcemanager.googleapis.com/folders/10", "yes"],
    ["principalSet://cloudresourcemanager.googleapis.com/folders/20", "no"],
    ["principalSet://cloudresourcemanager.googleapis.com/projects/123/type/ServiceAccount", "yes"],
    ["principalSet://cloudresourcemanager.googleapis.com/projects/123/type/ServiceAgent", "no"],
    ["something:new", "no"],
  ])("%s covers the caller: %s", (entry, verdict) => {
    const land: Land = {
      ...give("a.b.get", { members: [entry] }),
      trust: [pod],
      groups: {
        "in@example.com": [member],
        "nested@example.com": ["group:in@example.com"],
        "loop@example.com": ["group:loop@example.com"],
        "out@example.com": ["user:a@example.com"],
      },
    };
    expect(ask(land, "a.b.get").verdict).toBe(verdict);
  });
});

describe("an allow policy reaches what is below it", () => {
  test.each([
    ["organizations/1", "yes"],
    ["folders/10", "yes"],
    ["folders/20", "no"],
    ["projects/prod", "yes"],
    ["projects/123", "yes"],
    ["projects/sandbox", "no"],
    [account, "yes"],
    [`projects/123/serviceAccounts/${other}`, "yes"],
    [`projects/-/serviceAccounts/${other}`, "yes"],
    ["projects/prod/serviceAccounts/third@prod.iam.gserviceaccount.com", "no"],
  ])("%s: %s", (resource, verdict) => {
    expect(ask({ ...give(get, { resource }), others: [other] }, get, account).verdict).toBe(
      verdict,
    );
  });
});

describe("limits", () => {
  const own = { ...give(get, { resource: account }), others: [other] };
  const rows: readonly (readonly [string, Partial<Land>, string])[] = [
    ["nothing", {}, "yes"],
    ["a deny of the organisation", deny({}), "no"],
    ["a deny of a folder elsewhere", deny({}, "folders/20"), "yes"],
    [
      "a deny of another permission",
      deny({ deniedPermissions: ["iam.googleapis.com/roles.get"] }),
      "yes",
    ],
    [
      "a deny of all of a kind",
      deny({ deniedPermissions: ["iam.googleapis.com/serviceAccounts.*"] }),
      "no",
    ],
    [
      "a deny of a verb",
      deny({ deniedPermissions: ["iam.googleapis.com/*.getAccessToken"] }),
      "no",
    ],
    [
      "a deny that spares the permission",
      deny({
        deniedPermissions: ["iam.googleapis.com/*.*"],
        exceptionPermissions: ["iam.googleapis.com/serviceAccounts.getAccessToken"],
      }),
      "yes",
    ],
    ["a deny that spares the caller", deny({ exceptionPrincipals: [me] }), "yes"],
    [
      "a deny that spares an unread group",
      deny({ exceptionPrincipals: ["principalSet://goog/group/u@e.com"] }),
      "maybe",
    ],
    [
      "a deny of an unread group",
      deny({ deniedPrincipals: ["principalSet://goog/group/u@e.com"] }),
      "maybe",
    ],
    [
      "a deny of someone else",
      deny({ deniedPrincipals: ["principal://goog/subject/a@e.com"] }),
      "yes",
    ],
    [
      "a deny on a tag that was not read",
      deny({ denialCondition: { expression: `resource.matchTag("1/e", "p")` } }),
      "maybe",
    ],
    [
      "a boundary around the project",
      bound([`${manager}/projects/123`], ["iam.googleapis.com/*"]),
      "yes",
    ],
    [
      "a boundary around the organisation",
      bound([`${manager}/organizations/1`], ["iam.googleapis.com/*"]),
      "yes",
    ],
    [
      "a boundary elsewhere",
      bound([`${manager}/projects/x`], ["iam.googleapis.com/serviceAccounts.*"]),
      "no",
    ],
    [
      "a boundary that blocks other services",
      bound([`${manager}/projects/x`], ["run.googleapis.com/*"]),
      "yes",
    ],
    [
      "a boundary around another project and this one",
      bound([`${manager}/projects/x`, `${manager}/projects/123`], ["iam.googleapis.com/*"]),
      "yes",
    ],
    [
      "a boundary elsewhere beside one around the project under a condition",
      {
        boundaries: [
          ...bound([`${manager}/projects/x`], ["iam.googleapis.com/*"]).boundaries,
          ...bound([`${manager}/projects/123`], ["iam.googleapis.com/*"], { conditional: true })
            .boundaries,
        ],
      },
      "maybe",
    ],
    [
      "a boundary of a version that blocks service accounts",
      bound([`${manager}/projects/x`], null, { version: "3" }),
      "no",
    ],
    [
      "a boundary of a version that does not",
      bound([`${manager}/projects/x`], null, { version: "2" }),
      "yes",
    ],
    ["a boundary of unknown version", bound([`${manager}/projects/x`], null), "maybe"],
    [
      "a boundary under a condition",
      bound([`${manager}/projects/x`], ["iam.googleapis.com/*"], { conditional: true }),
      "maybe",
    ],
    ["all scopes", scope("cloud-platform"), "yes"],
    ["the scope of IAM", scope("iam"), "yes"],
    ["the scope of storage", scope("devstorage.full_control"), "no"],
    ["all scopes for reading", scope("cloud-platform.read-only"), "no"],
    ["an unknown scope", scope("new.service"), "maybe"],
    ["no scope", { scopes: [] }, "no"],
    ["an unread deny policy", { without: ["folders/10#deny"] }, "maybe"],
    ["an unread boundary", { without: ["organizations/1#boundary"] }, "maybe"],
    ["unread access scopes", { ...scope("cloud-platform"), without: [`${self}#scopes`] }, "maybe"],
    ["an unread role", { without: [`${role}#role`] }, "maybe"],
  ];
  test.each(rows)("%s", (_, limit, verdict) => {
    expect(ask({ ...own, ...limit }, get, account).verdict).toBe(verdict);
  });

  test.each([
    [
      "a boundary that blocks other services",
      bound([`${manager}/projects/x`], ["run.googleapis.com/*"]),
    ],
    ["a deny of another account", deny({ deniedPrincipals: [`${me}x`] })],
    ["a scope that permits it", scope("iam")],
  ])("what leaves the right alone assumes nothing: %s", (_, limit) => {
    expect(ask({ ...own, ...limit }, get, account).assumptions).toEqual([]);
  });

  test("a deny for a group that was not read says what it hangs on", () => {
    const limit = deny({ deniedPrincipals: ["principalSet://goog/group/unread@example.com"] });
    expect(ask({ ...own, ...limit }, get, account)).toMatchObject({
      verdict: "maybe",
      assumptions: ["a group whose members were not read"],
    });
  });

  test.each([
    "projects/prod#allow",
    "organizations/1#allow",
    "projects/prod#ancestry",
    `${account}#allow`,
  ])("what nothing gives stays open while %s was not read", (id) => {
    const land: Land = { others: [other], without: [id] };
    expect(ask(land, get, account).verdict).toBe("maybe");
    expect(ask({ others: [other] }, get, account).verdict).toBe("no");
  });
});

test("a limit on the roles that may be granted decides by the role", () => {
  const permission = "resourcemanager.projects.setIamPolicy";
  const condition = `api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly(["roles/viewer"])`;
  const land = give(permission, { condition });
  const granting = (changed: string) =>
    ask(land, permission, "*", { [changedRole]: changed }).verdict;
  expect([granting("roles/viewer"), granting("roles/owner")]).toEqual(["yes", "no"]);
});

test("`*` stands for the places that a permission of the resource manager is about", () => {
  const folder = "resourcemanager.folders.setIamPolicy";
  expect(ask(give(folder, { resource: "organizations/1" }), folder, "*").verdict).toBe("yes");
  expect(ask(give(folder, { resource: "projects/prod" }), folder, "*").verdict).toBe("no");
});
