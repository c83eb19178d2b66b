import { describe, expect, test } from "vitest";
import { identityCalls, operations } from "../../../providers/gcp/calls-identity.ts";
import { readIdentities } from "../../../providers/gcp/identity.ts";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Page, Snapshot } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";

const email = "mcp@prod.iam.gserviceaccount.com";
const name = `projects/prod/serviceAccounts/${email}`;
const denyName = (place: string) =>
  `policies/cloudresourcemanager.googleapis.com%2F${place.replace("/", "%2F")}/denypolicies/d`;
const places = ["", "folders/10", "organizations/1"];
const instances = "compute.instances.aggregatedList";

const page = (call: string, body: Json, params: JsonObject = {}): Page => ({
  call,
  region: "global",
  params,
  page: 0,
  at: "2026-11-22T00:00:00Z",
  sha256: "",
  body,
  last: true,
});
const machine = (scopes: readonly string[]): Page =>
  page(instances, {
    items: {
      "zones/z": {
        instances: [
          {
            name: "vm",
            selfLink: "https://www.googleapis.com/compute/v1/projects/prod/zones/z/instances/vm",
            serviceAccounts: [{ email, scopes: [...scopes] }],
          },
        ],
      },
    },
  });

const pages: readonly Page[] = [
  page("cloudresourcemanager.projects.get", { name: "projects/123" }),
  page(operations.ancestry, {
    ancestor: [
      { resourceId: { type: "project", id: "prod" } },
      { resourceId: { type: "folder", id: "10" } },
      { resourceId: { type: "organization", id: "1" } },
    ],
  }),
  page(operations.projectPolicy, {
    bindings: [{ role: "roles/owner", members: [`serviceAccount:${email}`] }],
  }),
  page(operations.folderPolicy, {}, { resource: "folders/10" }),
  page(operations.organizationPolicy, {}, { resource: "organizations/1" }),
  page(operations.accounts, { accounts: [{ name, email, displayName: "MCP" }] }),
  page(operations.accountPolicy, {}, { resource: name }),
  page(
    operations.role,
    { name: "roles/owner", includedPermissions: ["resourcemanager.projects.setIamPolicy"] },
    { name: "roles/owner" },
  ),
  page(operations.projectRoles, {}),
  page(operations.organizationRoles, {}, { parent: "organizations/1" }),
  ...places.map((place) => page(operations.denies, {}, { place })),
  ...places.map((place) => page(operations.boundaryBindings, {}, { place })),
  page(operations.boundaries, {}, { parent: "organizations/1" }),
];

const snapshotOf = (kept: readonly Page[]): Snapshot => ({
  provider: "gcp",
  scope: { provider: "gcp", id: "prod", regions: [] },
  pages: kept,
  gaps: [],
});

function judged(kept: readonly Page[]) {
  const inventory = {
    provider: "gcp" as const,
    scope: "prod",
    gaps: [],
    ...readIdentities(snapshotOf(kept)),
  };
  const estate = buildEstate([inventory], "2026-11-22T00:00:00Z");
  const identity = estate.identities.get(email);
  return identity && judge(identity, [], gcpPolicy, estate);
}

test("an account is judged from recorded pages, by its address", () => {
  const { identities } = readIdentities(snapshotOf(pages));
  expect(identities).toMatchObject([
    { id: email, scope: "prod", name: "MCP", kind: "service-account" },
  ]);
  expect(judged(pages)).toMatchObject({
    power: "admin",
    verdict: "yes",
    assumptions: [expect.stringMatching(/^allow policies of single resources .* were not read/)],
  });
});

describe("what was not read never makes a verdict surer", () => {
  const asked = [...new Set(pages.map(({ call }) => call))].filter(
    (call) => !["cloudresourcemanager.projects.get", operations.accounts].includes(call),
  );
  const harmless = new Set<string>([
    operations.accountPolicy,
    operations.projectRoles,
    operations.organizationRoles,
    operations.boundaries,
  ]);
  test.each(asked)("without %s", (call) => {
    const report = judged(pages.filter((each) => each.call !== call));
    const sure = report?.power === "admin" && report.verdict === "yes";
    expect(sure).toBe(harmless.has(call));
    expect(["admin", "unknown"]).toContain(report?.power);
    if (!sure) expect(report?.assumptions.length).toBeGreaterThan(0);
  });

  test("an account is unread, not without rights, where the project's policy was denied", () => {
    const report = judged(pages.filter(({ call }) => call !== operations.projectPolicy));
    expect(report).toMatchObject({ power: "unknown", worst: "admin" });
  });
});

test("a deny policy counts by its rules, which only a get shows", () => {
  const policy = denyName("projects/prod");
  const listed = pages.map((each) =>
    each.call === operations.denies && each.params["place"] === ""
      ? { ...each, body: { policies: [{ name: policy }] } }
      : each,
  );
  const rule = {
    denyRule: {
      deniedPrincipals: ["principalSet://goog/public:all"],
      deniedPermissions: ["cloudresourcemanager.googleapis.com/projects.setIamPolicy"],
    },
  };
  const full = page(operations.deny, { name: policy, rules: [rule] }, { name: policy });
  expect(judged([...listed, full])).toMatchObject({ power: "none" });
  expect(judged(listed)).toMatchObject({ power: "admin", verdict: "maybe" });
});

test("a boundary whose policy was not read leaves the verdict open", () => {
  const policy = "organizations/1/locations/global/principalAccessBoundaryPolicies/b";
  const bound = pages.map((each) =>
    each.call === operations.boundaryBindings && each.params["place"] === ""
      ? { ...each, body: { policyBindings: [{ policy }] } }
      : each,
  );
  expect(judged(bound)).toMatchObject({ power: "admin", verdict: "maybe" });
  const around = (resource: string, version?: string) =>
    bound.map((each) =>
      each.call === operations.boundaries
        ? {
            ...each,
            body: {
              principalAccessBoundaryPolicies: [
                {
                  name: policy,
                  details: {
                    rules: [{ resources: [resource], effect: "ALLOW" }],
                    ...(version !== undefined && { enforcementVersion: version }),
                  },
                },
              ],
            },
          }
        : each,
    );
  const manager = "//cloudresourcemanager.googleapis.com";
  expect(judged(around(`${manager}/projects/123`))).toMatchObject({
    power: "admin",
    verdict: "yes",
  });
  expect(judged(around(`${manager}/projects/x`, "1"))).toMatchObject({
    power: "admin",
    verdict: "yes",
  });
  for (const version of ["2", "latest", undefined]) {
    expect(judged(around(`${manager}/projects/x`, version))).toMatchObject({
      power: "none",
      verdict: "yes",
    });
  }
});

describe("access scopes", () => {
  const auth = "https://www.googleapis.com/auth/";
  test.each([
    [
      "limit an account that only machines hold",
      [machine([`${auth}logging.write`])],
      "none",
      "yes",
    ],
    [
      "unite over machines",
      [machine([`${auth}logging.write`]), machine([`${auth}cloud-platform`])],
      "admin",
      "yes",
    ],
    [
      "do not hold where Cloud Run has the account too",
      [
        machine([`${auth}logging.write`]),
        page("run.projects.locations.services.list", {
          services: [{ template: { serviceAccount: email } }],
        }),
      ],
      "admin",
      "yes",
    ],
  ] as const)("%s", (_, more, power, verdict) => {
    expect(judged([...pages, ...more])).toMatchObject({ power, verdict });
  });
});

test("a project outside any organisation has no boundary to be read", () => {
  const alone = pages
    .filter(({ call }) => call !== operations.boundaryBindings && call !== operations.boundaries)
    .map((each) =>
      each.call === operations.ancestry
        ? { ...each, body: { ancestor: [{ resourceId: { type: "project", id: "prod" } }] } }
        : each,
    );
  expect(judged(alone)).toMatchObject({ power: "admin", verdict: "yes" });
});

test("every call is a read, and asks what the pages before it name", () => {
  const recorded = {
    bodies: (call: string) => pages.filter((each) => each.call === call).map(({ body }) => body),
  };
  const paths = identityCalls.flatMap(({ operation, params, request }) =>
    (params?.(recorded) ?? [{}]).map((each) => {
      const own = Object.fromEntries(
        Object.entries(each).map(([key, value]) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      );
      const { method = "GET", path } = request({ project: "prod", region: "global", params: own });
      return `${operation} ${method} ${path}`;
    }),
  );
  expect(paths).toEqual([
    "cloudresourcemanager.projects.getAncestry POST /v1/projects/prod:getAncestry",
    "cloudresourcemanager.projects.getIamPolicy POST /v3/projects/prod:getIamPolicy",
    "cloudresourcemanager.folders.getIamPolicy POST /v3/folders/10:getIamPolicy",
    "cloudresourcemanager.organizations.getIamPolicy POST /v3/organizations/1:getIamPolicy",
    "iam.projects.serviceAccounts.list GET /v1/projects/prod/serviceAccounts",
    `iam.projects.serviceAccounts.getIamPolicy POST /v1/${name}:getIamPolicy`,
    "iam.projects.roles.list GET /v1/projects/prod/roles",
    "iam.organizations.roles.list GET /v1/organizations/1/roles",
    "iam.roles.get GET /v1/roles/owner",
    "iam.policies.listPolicies GET /v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fprod/denypolicies",
    "iam.policies.listPolicies GET /v2/policies/cloudresourcemanager.googleapis.com%2Ffolders%2F10/denypolicies",
    "iam.policies.listPolicies GET /v2/policies/cloudresourcemanager.googleapis.com%2Forganizations%2F1/denypolicies",
    ...["projects/prod", "folders/10", "organizations/1"].map(
      (place) =>
        `iam.policyBindings.searchTargetPolicyBindings GET /v3/${place}/locations/global/policyBindings:searchTargetPolicyBindings`,
    ),
    "iam.organizations.locations.principalAccessBoundaryPolicies.list GET /v3/organizations/1/locations/global/principalAccessBoundaryPolicies",
  ]);
});
