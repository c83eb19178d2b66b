import { describe, expect, test } from "vitest";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import { escalationOf, ownStandings } from "../../../src/permissions/escalation.ts";
import { estateFrom } from "../../../src/permissions/merge-paths.ts";
import { hasCatalogue, landOf, type Land } from "./estate.ts";

const strong = "owner@prod.iam.gserviceaccount.com";
const middle = "middle@prod.iam.gserviceaccount.com";
const low = "low@prod.iam.gserviceaccount.com";
const role = "projects/prod/roles/r";
const admin = "projects/prod/roles/admin";
const actAs = "iam.serviceAccounts.actAs";
const vm = "projects/prod/zones/z/instances/vm";
const secret = "projects/prod/secrets/key";

const land = (permissions: readonly string[], more: Land = {}, on = "projects/prod"): Land => ({
  others: [strong, middle, low],
  ...more,
  bindings: [
    { role: admin, members: [`serviceAccount:${strong}`] },
    { role, resource: on },
    ...(more.bindings ?? []),
  ],
  roles: {
    [admin]: ["resourcemanager.projects.setIamPolicy"],
    [role]: permissions,
    ...more.roles,
  },
});
const way = (given: Land) => {
  const { identity, estate } = landOf(given);
  const view = estateFrom(identity, estate);
  const sure = ownStandings(identity, gcpPolicy, view).find(({ verdict }) => verdict === "yes");
  const own = sure?.standing ?? { power: "none", breadth: "resource" };
  const found = escalationOf(identity, own, gcpPolicy, view);
  return found ? `${found.verdict} ${found.hops.map(({ rule }) => rule).join(" ")}` : "no";
};
const holder = (kind: string, more: object = {}) => ({
  holders: [{ id: vm, kind, identity: strong, ...more }],
});

const becoming = [
  ["iam.serviceAccounts.getAccessToken", "gcp-get-access-token"],
  ["iam.serviceAccounts.signBlob", "gcp-sign-blob"],
  ["iam.serviceAccounts.signJwt", "gcp-sign-jwt"],
  ["iam.serviceAccountKeys.create", "gcp-create-key"],
  ["iam.serviceAccounts.setIamPolicy", "gcp-account-set-iam-policy"],
] as const;

describe("one permission on a stronger account is enough", () => {
  test.each(becoming)("%s", (permission, rule) => {
    const on = `projects/prod/serviceAccounts/${strong}`;
    expect(way(land([permission], {}, on))).toBe(`yes ${rule}`);
    expect(way(land([permission], {}, `projects/prod/serviceAccounts/${low}`))).toBe("no");
  });

  test.each(["iam.serviceAccounts.getOpenIdToken", "iam.serviceAccounts.get", actAs])(
    "%s alone is none",
    (permission) => expect(way(land([permission]))).toBe("no"),
  );
});

const sinks = [
  [
    "gcp-create-function",
    ["cloudfunctions.functions.create", "cloudfunctions.functions.sourceCodeSet"],
  ],
  [
    "gcp-create-instance",
    [
      "compute.instances.create",
      "compute.disks.create",
      "compute.instances.setMetadata",
      "compute.instances.setServiceAccount",
      "compute.subnetworks.use",
    ],
  ],
  ["gcp-create-run-service", ["run.services.create", "run.routes.invoke"]],
  ["gcp-create-run-service", ["run.services.create", "run.services.setIamPolicy"]],
  ["gcp-create-run-job", ["run.jobs.create", "run.jobs.run"]],
  ["gcp-create-scheduler-job", ["cloudscheduler.jobs.create"]],
  ["gcp-create-infra-manager-deployment", ["config.deployments.create"]],
  ["gcp-create-build-as", ["cloudbuild.builds.create"]],
] as const;

describe("acting as a stronger account needs every part of a sink", () => {
  test.each(sinks)("%s with %j", (rule, permissions) => {
    expect(way(land([actAs, ...permissions]))).toBe(`yes ${rule}`);
    for (const missing of [actAs, ...permissions]) {
      const rest = [actAs, ...permissions].filter((each) => each !== missing);
      expect([missing, way(land(rest))]).toEqual([missing, "no"]);
    }
  });

  test("a function that runs already is rewritten, and only if there is one", () => {
    const parts = [
      actAs,
      "cloudfunctions.functions.update",
      "cloudfunctions.functions.sourceCodeSet",
    ];
    expect(way(land(parts, holder("function")))).toBe("yes gcp-update-function");
    expect(way(land(parts))).toBe("no");
  });

  test("a service that is shut down is no sink", () => {
    expect(way(land([actAs, "deploymentmanager.deployments.create"]))).toBe("no");
  });
});

describe("things that hold a stronger account", () => {
  test.each([
    [
      ["compute.instances.setMetadata", "compute.instances.reset"],
      "instance",
      "yes gcp-set-instance-metadata",
    ],
    [
      ["compute.instances.setMetadata", "compute.instances.stop", "compute.instances.start"],
      "instance",
      "yes gcp-set-instance-metadata",
    ],
    [["compute.instances.setMetadata", "compute.instances.stop"], "instance", "no"],
    [["compute.instances.setMetadata"], "instance", "no"],
    [["compute.instances.setMetadata"], "instance-metadata-keys", "yes gcp-set-instance-keys"],
    [["compute.instances.osAdminLogin"], "instance-os-login", "yes gcp-os-login"],
    [["compute.instances.osAdminLogin"], "instance", "no"],
    [["cloudbuild.builds.create"], "build", "yes gcp-create-build"],
    [["cloudbuild.builds.create"], "instance", "no"],
  ] as const)("%j on what is %s", (permissions, kind, found) => {
    expect(way(land(permissions, holder(kind)))).toBe(found);
  });

  test("a holder that was not read may be one", () => {
    const open = holder("instance-os-login", { verdict: "maybe" });
    expect(way(land(["compute.instances.osLogin"], open))).toBe("maybe gcp-os-login");
  });
});

describe("chains", () => {
  const creator = (from: string, to: string) => ({
    role: "projects/prod/roles/token",
    members: [`serviceAccount:${from}`],
    resource: `projects/prod/serviceAccounts/${to}`,
  });
  const token = { "projects/prod/roles/token": ["iam.serviceAccounts.getAccessToken"] };
  const on = `projects/prod/serviceAccounts/${middle}`;

  test("through an account that may become the stronger one", () => {
    const more = { bindings: [creator(middle, strong)], roles: token };
    expect(way(land(["iam.serviceAccounts.getAccessToken"], more, on))).toBe(
      "yes gcp-get-access-token gcp-get-access-token",
    );
  });

  test("three changes of identity are followed, four are not", () => {
    const names = ["b", "c", "d"].map((name) => `${name}@prod.iam.gserviceaccount.com`);
    const [b = "", c = "", d = ""] = names;
    const three = [creator(middle, b), creator(b, strong)];
    const four = [creator(middle, c), creator(c, d), creator(d, strong)];
    const others = [strong, middle, low, ...names];
    const from = (bindings: typeof three) =>
      way(land(["iam.serviceAccounts.getAccessToken"], { bindings, roles: token, others }, on));
    expect([from(three).split(" ")[0], from(four)]).toEqual(["yes", "no"]);
  });

  test("a delegate needs the right to mint by itself", () => {
    const delegate = ["iam.serviceAccounts.implicitDelegation"];
    const more = { bindings: [creator(middle, strong)], roles: token };
    expect(way(land(delegate, more, on))).toBe("yes gcp-implicit-delegation");
    expect(way(land(delegate, {}, on))).toBe("no");
  });
});

test("agents of Google's own are nobody's to become", () => {
  const agent = "123@cloudbuild.gserviceaccount.com";
  const bindings = [{ role: admin, members: [`serviceAccount:${agent}`] }];
  const more = { others: [agent], bindings };
  const given = land(["iam.serviceAccounts.getAccessToken", "iam.serviceAccountKeys.create"], more);
  expect(way({ ...given, others: [agent] })).toBe("no");
});

describe("rewritten rights", () => {
  test("a custom role that is bound to the caller is filled", () => {
    expect(way(land(["iam.roles.update"]))).toBe("yes gcp-update-role");
  });

  test("a role of the organisation is not the project's to fill", () => {
    const foreign = "organizations/1/roles/r";
    const bindings = [{ role: "roles/x.updater" }, { role: foreign }];
    const roles = { "roles/x.updater": ["iam.roles.update"], [foreign]: ["a.b.get"] };
    expect(way({ bindings, roles })).toBe("no");
  });

  test("a role that is bound to one account alone gives that account", () => {
    const bindings = [{ role: "roles/x.updater" }];
    const roles = { "roles/x.updater": ["iam.roles.update"] };
    const narrow = `projects/prod/serviceAccounts/${low}`;
    expect(way(land(["a.b.get"], { bindings, roles }, narrow))).toBe("no");
  });

  test("a deny policy that the caller may delete holds nothing back", () => {
    const rule = {
      deniedPrincipals: ["principalSet://goog/public:all"],
      deniedPermissions: ["cloudresourcemanager.googleapis.com/projects.setIamPolicy"],
    };
    const denies = [{ on: "projects/prod", rule }];
    const set = "resourcemanager.projects.setIamPolicy";
    expect(way(land([set, "iam.denypolicies.delete"], { denies }))).toBe(
      "yes gcp-delete-deny-policy",
    );
    expect(way(land([set], { denies }))).toBe("no");
  });

  test.skipIf(!hasCatalogue)("of the roles it may hand out, one has to be more than it is", () => {
    const only = (name: string) =>
      `api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly(["${name}"])`;
    const set = (name: string): Land => ({
      bindings: [{ role, condition: only(name) }],
      roles: { [role]: ["resourcemanager.projects.setIamPolicy"] },
    });
    expect(way(set("roles/iam.securityAdmin"))).toBe("yes gcp-grant-self-projects");
    expect(way(set("roles/editor"))).toBe("yes gcp-grant-self-projects");
    expect(way(set("roles/viewer"))).toBe("no");
  });
});

describe("credentials", () => {
  const credentials = [{ id: secret, of: strong }];
  test("a secret that holds one is read, or opened first", () => {
    const read = ["secretmanager.versions.access"];
    expect(way(land(read, { credentials }, secret))).toBe("yes gcp-read-secret");
    expect(way(land(read, {}, secret))).toBe("no");
    expect(way(land(["secretmanager.secrets.setIamPolicy"], { credentials }, secret))).toBe(
      "yes gcp-secret-set-iam-policy",
    );
  });

  test("a storage key counts by what the account may do with storage", () => {
    const key = ["storage.hmacKeys.create"];
    const keeper = "projects/prod/roles/keeper";
    const more = {
      bindings: [{ role: keeper, members: [`serviceAccount:${middle}`] }],
      roles: { [keeper]: ["storage.buckets.delete", "compute.instances.delete"] },
    };
    expect(way(land(key, more))).toBe("yes gcp-create-hmac-key");
    expect(way(land(key))).toBe("no");
  });
});

test("limits of the token do not outlive a change of identity, and hold before it", () => {
  const permission = "iam.serviceAccounts.getAccessToken";
  const scopes = (name: string) => [`https://www.googleapis.com/auth/${name}`];
  expect(way(land([permission], { scopes: scopes("iam") }))).toBe("yes gcp-get-access-token");
  expect(way(land([permission], { scopes: scopes("compute") }))).toBe("no");
});
