import { describe, expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { resourceDocuments } from "../../../providers/gcp/identity-allow.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { Inventory } from "../../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Gap } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";
import { pageOf, snapshotOf } from "../gcp/node.ts";

const email = "mcp@prod.iam.gserviceaccount.com";
const owner = "owner@prod.iam.gserviceaccount.com";
const pool = "prod.svc.id.goog";
const account = (name: string) => ({ name: `projects/prod/serviceAccounts/${name}`, email: name });
const cluster = (mode: string, more: JsonObject = {}): JsonObject => ({
  name: "main",
  location: "europe-west3",
  workloadIdentityConfig: { workloadPool: pool },
  nodePools: [{ name: "default", config: { workloadMetadataConfig: { mode } } }],
  ...more,
});
const node: JsonObject = {
  name: "gke-main-1",
  selfLink: "https://www.googleapis.com/compute/v1/projects/prod/zones/europe-west3-a/instances/n",
  status: "RUNNING",
  labels: {
    "goog-gke-node": "",
    "goog-k8s-cluster-name": "main",
    "goog-k8s-cluster-location": "europe-west3",
    "goog-k8s-node-pool-name": "default",
  },
  serviceAccounts: [{ email, scopes: ["https://www.googleapis.com/auth/cloud-platform"] }],
};

async function inventoryOf(
  iam: JsonObject,
  { faults = [], owners = [] }: { faults?: readonly Fault[]; owners?: readonly string[] } = {},
): Promise<Inventory> {
  const config: JsonObject = {
    compute: { instances: [node] },
    resourceManager: {
      projects: [{ name: "projects/123456789012", projectId: "prod" }],
      getIamPolicy: {
        "projects/prod": {
          bindings: [
            { role: "roles/owner", members: [`serviceAccount:${owner}`] },
            { role: "roles/secretmanager.admin", members: [...owners] },
          ],
        },
      },
    },
    iam: {
      serviceAccounts: [account(email), account(owner)],
      roles: [
        {
          name: "roles/owner",
          includedPermissions: ["resourcemanager.projects.setIamPolicy"],
        },
        { name: "roles/storage.objectAdmin", includedPermissions: ["storage.objects.get"] },
        {
          name: "roles/iam.workloadIdentityUser",
          includedPermissions: ["iam.serviceAccounts.getAccessToken"],
        },
        {
          name: "roles/secretmanager.admin",
          includedPermissions: ["secretmanager.versions.access"],
        },
      ],
      ...iam,
    },
  };
  const mock = await startGcpMock({ project: "prod", config }, { faults });
  try {
    return normalise(await collectFrom(mock.url, "prod"));
  } finally {
    await mock.close();
  }
}

function judged(inventory: Inventory, id: string) {
  const estate = buildEstate([inventory]);
  const identity = estate.identities.get(id);
  if (!identity) throw new Error(`no ${id}`);
  return judge(identity, [], gcpPolicy, estate);
}

const bucketPolicy: Json = {
  resource: "//storage.googleapis.com/backups",
  assetType: "storage.googleapis.com/Bucket",
  project: "projects/123456789012",
  policy: {
    bindings: [{ role: "roles/storage.objectAdmin", members: [`serviceAccount:${email}`] }],
  },
};

describe("allow policies of single resources", () => {
  test("give what they say on the resource, below the project", async () => {
    const inventory = await inventoryOf({ resourcePolicies: [bucketPolicy] });
    const report = judged(inventory, email);
    expect(report.grants).toMatchObject([
      { resource: "projects/prod/buckets/backups", breadth: "resource", family: "storage" },
    ]);
    const estate = buildEstate([inventory]);
    const identity = estate.identities.get(email)!;
    const ask = (resource: string) =>
      gcpPolicy.decide(identity, "storage.objects.get", resource, estate).verdict;
    expect(ask("projects/prod/buckets/backups")).toBe("yes");
    expect(ask("projects/prod/buckets/other")).toBe("no");
    expect(report.assumptions.join()).not.toContain("single resources");
  });

  test("that were not read are named, and leave the verdicts as they are", async () => {
    const faults: Fault[] = [{ kind: "deny", operation: "cloudasset.searchAllIamPolicies" }];
    const inventory = await inventoryOf({ resourcePolicies: [bucketPolicy] }, { faults });
    expect(inventory.gaps).toMatchObject([
      { call: "cloudasset.searchAllIamPolicies", affects: ["grants"] },
      { call: "iam.roles.get", affects: ["grants"] },
    ]);
    const report = judged(inventory, email);
    expect(report.grants).toEqual([]);
    expect(report.limits.map(({ state, detail }) => `${state} ${detail}`).join()).toContain(
      "unsupported allow policies of single resources",
    );
    expect(report.power).toBe("none");
  });

  test("that were read in part are not taken for all of them", () => {
    const call = "cloudasset.searchAllIamPolicies";
    const page = pageOf(call, { results: [bucketPolicy] });
    const gap: Gap = {
      call,
      scope: "p1",
      region: "global",
      reason: "denied",
      detail: "",
      affects: ["grants"],
    };
    const ids = (...gaps: Gap[]) => resourceDocuments(snapshotOf([page], gaps)).map(({ id }) => id);
    const read = "projects/p1/buckets/backups#allow";
    expect(ids()).toEqual([read, "projects/p1#resources"]);
    expect(ids(gap)).toEqual([read]);
  });

  test("of what is read from itself are not taken from the search, which may be late", async () => {
    const late = (resource: string): Json => ({
      resource,
      policy: { bindings: [{ role: "roles/owner", members: [`serviceAccount:${email}`] }] },
    });
    const inventory = await inventoryOf({
      resourcePolicies: [
        late("//cloudresourcemanager.googleapis.com/projects/prod"),
        late(`//iam.googleapis.com/projects/prod/serviceAccounts/${owner}`),
      ],
    });
    expect(judged(inventory, email).power).toBe("none");
  });
});

describe("functions", () => {
  test("of either generation hold their account", async () => {
    const name = "projects/prod/locations/europe-west3/functions/f";
    const inventory = await inventoryOf({
      functions: [
        { name, environment: "GEN_1", serviceConfig: { serviceAccountEmail: owner } },
        { name: `${name}2`, environment: "GEN_2", serviceConfig: {} },
      ],
    });
    const holders = inventory.paths?.holders?.filter(({ kind }) => kind === "function");
    expect(holders).toEqual([{ id: name, kind: "function", identity: owner }]);
  });
});

describe("pods", () => {
  const pod = `${pool}[web/mcp]`;
  const asOwner: Json = {
    [`projects/prod/serviceAccounts/${owner}`]: {
      bindings: [{ role: "roles/iam.workloadIdentityUser", members: [`serviceAccount:${pod}`] }],
    },
  };
  const links = ({ workloads }: Inventory) =>
    workloads.flatMap(({ identities }) =>
      identities.map(({ id, how, verdict }) => `${id} ${how} ${verdict}`),
    );

  test("that a binding names are identities, and what answers on a node may be one", async () => {
    const inventory = await inventoryOf({
      clusters: [cluster("GKE_METADATA")],
      "serviceAccounts.getIamPolicy": asOwner,
    });
    expect(links(inventory)).toEqual([`${email} metadata maybe`, `${pod} pod maybe`]);
    expect(judged(inventory, pod)).toMatchObject({ power: "escalates", verdict: "yes" });
  });

  test("named as subjects of the pool are found too", async () => {
    const subject = `principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/${pool}/subject/ns/web/sa/mcp`;
    const inventory = await inventoryOf(
      { clusters: [cluster("GKE_METADATA")] },
      { owners: [subject, `serviceAccount:else.svc.id.goog[web/mcp]`] },
    );
    expect(links(inventory)).toEqual([`${email} metadata maybe`, `${pod} pod maybe`]);
    expect(judged(inventory, pod)).toMatchObject({ power: "reads-sensitive" });
  });

  test.each([
    ["have the account of a node that shields nothing", [cluster("GCE_METADATA")], "yes"],
    [
      "never have it in an Autopilot cluster",
      [cluster("", { autopilot: { enabled: true } })],
      "maybe",
    ],
    ["may have it where the cluster was not read", [], "maybe"],
  ])("%s", async (_, clusters, verdict) => {
    expect(links(await inventoryOf({ clusters }))).toEqual([`${email} metadata ${verdict}`]);
  });

  test.each([
    ["the clusters were", "container.projects.locations.clusters.list"],
    ["who may be an account was", "iam.projects.serviceAccounts.getIamPolicy"],
  ])("may be anybody where %s not read", async (_, operation) => {
    const faults: Fault[] = [{ kind: "deny", operation }];
    const inventory = await inventoryOf(
      { clusters: [cluster("GKE_METADATA")], "serviceAccounts.getIamPolicy": asOwner },
      { faults },
    );
    expect(links(inventory)).toEqual([`${email} metadata maybe`, "pods of main pod maybe"]);
  });

  test("may be anybody where the policy that would name them was not read", async () => {
    const operation = "cloudresourcemanager.projects.getIamPolicy";
    const inventory = await inventoryOf(
      { clusters: [cluster("GKE_METADATA")] },
      { owners: [`serviceAccount:${pod}`], faults: [{ kind: "deny", operation }] },
    );
    expect(links(inventory)).toEqual([`${email} metadata maybe`, "pods of main pod maybe"]);
  });

  test("beyond a hundred are told of, though not one by one", async () => {
    const members = Array.from({ length: 101 }, (__, i) => `serviceAccount:${pool}[web/mcp-${i}]`);
    const bindings = [{ role: "roles/iam.workloadIdentityUser", members }];
    const inventory = await inventoryOf({
      clusters: [cluster("GKE_METADATA")],
      "serviceAccounts.getIamPolicy": { [`projects/prod/serviceAccounts/${owner}`]: { bindings } },
    });
    expect(links(inventory)).toHaveLength(102);
    expect(links(inventory).at(-1)).toBe("further pods of main pod maybe");
  });

  test("are nobody whose tokens could be minted", async () => {
    const inventory = await inventoryOf(
      { clusters: [cluster("GKE_METADATA")], "serviceAccounts.getIamPolicy": asOwner },
      { owners: [`serviceAccount:${email}`] },
    );
    const estate = buildEstate([inventory]);
    const hops = Array.from(gcpPolicy.hops?.(estate.identities.get(email)!, estate) ?? []);
    expect(hops.map(({ to }) => to.id)).not.toContain(pod);
  });
});
