import { describe, expect, test } from "vitest";
import { readIdentities } from "../../../providers/gcp/identity.ts";
import type { Json } from "../../../src/model/json.ts";
import type { Page } from "../../../src/model/snapshot.ts";
import { ask, member } from "./estate.ts";

const email = "mcp@prod.iam.gserviceaccount.com";
const page = (call: string, body: Json): Page => ({
  call,
  region: "global",
  params: {},
  page: 0,
  at: "2026-11-22T00:00:00Z",
  sha256: "",
  body,
  last: true,
});

function machine(items: Json): Page {
  const selfLink = "https://www.googleapis.com/compute/v1/projects/prod/zones/z/instances/vm";
  const serviceAccounts = [{ email, scopes: [] }];
  const instances = [{ name: "vm", selfLink, serviceAccounts, metadata: { items } }];
  return page("compute.instances.aggregatedList", { items: { "zones/z": { instances } } });
}

function kindsIn(...pages: readonly Page[]): string[] {
  const scope = { provider: "gcp", id: "prod", regions: [] } as const;
  const { paths } = readIdentities({ provider: "gcp", scope, pages, gaps: [] });
  return (paths.holders ?? []).map(({ kind, verdict = "yes" }) => `${kind} ${verdict}`);
}

const login = (value: string): Json => [{ key: "enable-oslogin", value }];
const project = (items: Json): Page =>
  page("compute.projects.get", { commonInstanceMetadata: { items } });

describe("how a machine lets people in", () => {
  test.each([
    ["its own setting decides", machine(login("TRUE")), project(login("FALSE")), "os-login yes"],
    ["else the project's", machine([]), project(login("true")), "os-login yes"],
    ["which may switch it off", machine([]), project(login("false")), "metadata-keys yes"],
    ["and is off where nobody set it", machine([]), project([]), "metadata-keys yes"],
  ])("%s", (_, own, above, mode) => {
    expect(kindsIn(own, above)).toEqual(["instance yes", `instance-${mode}`]);
  });

  test("stays open where the project was not read", () => {
    const open = ["instance-os-login maybe", "instance-metadata-keys maybe"];
    expect(kindsIn(machine([]))).toEqual(["instance yes", ...open]);
  });
});

test("services hold their account, and those of Cloud Functions are functions too", () => {
  const template = { serviceAccount: email };
  const services = [
    { name: "projects/prod/locations/r/services/a", template },
    {
      name: "projects/prod/locations/r/services/b",
      template,
      labels: { "goog-managed-by": "cloudfunctions" },
    },
  ];
  const listed = page("run.projects.locations.services.list", { services });
  expect(kindsIn(listed)).toEqual(["service yes", "service yes", "function yes"]);
});

describe("members that stand for whoever holds a basic role", () => {
  const roles = { "roles/owner": ["a.b.c"], "projects/prod/roles/x": ["x.y.z"] };
  const bucket = "projects/prod/buckets/b";
  const asOwner = {
    resource: bucket,
    role: "projects/prod/roles/x",
    members: ["projectOwner:prod"],
  };
  test.each([
    ["cover who holds it on the project", [{ role: "roles/owner" }], "yes"],
    [
      "cover who holds it beside others",
      [{ role: "roles/owner", members: ["user:a@example.com", member] }],
      "yes",
    ],
    ["cover nobody else", [{ role: "roles/owner", members: ["user:a@example.com"] }], "no"],
    ["stay open under a condition", [{ role: "roles/owner", condition: "1 == 1" }], "maybe"],
  ] as const)("%s", (_, bindings, verdict) => {
    expect(ask({ roles, bindings: [...bindings, asOwner] }, "x.y.z", bucket).verdict).toBe(verdict);
    expect(member).toContain(email);
  });
});
