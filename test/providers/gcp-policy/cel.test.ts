import { describe, expect, test } from "vitest";
import { parseCel } from "../../../providers/gcp/policy/cel-parser.ts";
import { holds } from "../../../providers/gcp/policy/conditions.ts";
import { landOf } from "./estate.ts";

const secret = "projects/prod/secrets/app/versions/1";
const account = "projects/prod/serviceAccounts/a@prod.iam.gserviceaccount.com";
const tags = new Map([
  ["projects/prod", { "1/env": "prod" }],
  ["folders/10", { "1/env": "dev", "1/team": "web" }],
  ["organizations/1", {}],
]);

interface Row {
  readonly expression: string;
  readonly verdict: "yes" | "maybe" | "no";
  readonly on?: string;
  readonly permission?: string;
  readonly changes?: string;
}

const only = (roles: string) =>
  `api.getAttribute("iam.googleapis.com/modifiedGrantsByRole", []).hasOnly([${roles}])`;
const setPolicy = "resourcemanager.projects.setIamPolicy";

const rows: readonly Row[] = [
  { expression: `request.time < timestamp("2027-01-01T00:00:00Z")`, verdict: "yes" },
  { expression: `request.time < timestamp("2026-11-22T00:00:00Z")`, verdict: "no" },
  { expression: `request.time <= timestamp("2026-11-22T00:00:00Z")`, verdict: "yes" },
  { expression: `request.time > timestamp('2026-11-21T23:59:59+00:00')`, verdict: "yes" },
  {
    expression: `request.time > timestamp("2026-01-01T00:00:00Z") && request.time < timestamp("2026-02-01T00:00:00Z")`,
    verdict: "no",
  },
  { expression: `request.time < timestamp("tomorrow")`, verdict: "maybe" },
  { expression: `request.time.getHours("Europe/Berlin") < 18`, verdict: "maybe" },
  { expression: `request.time.getHours() < 18 && false`, verdict: "no" },
  { expression: `destination.port == 22 || true`, verdict: "yes" },
  { expression: `destination.port == 22 && true`, verdict: "maybe" },
  { expression: `destination.ip == "10.0.0.1"`, verdict: "maybe" },
  { expression: `resource.name.startsWith("projects/123/secrets/app")`, verdict: "yes" },
  { expression: `resource.name.startsWith("projects/prod/secrets/app")`, verdict: "no" },
  { expression: `resource.name.endsWith("/versions/1")`, verdict: "yes" },
  { expression: `resource.name == "projects/123/secrets/app"`, verdict: "no" },
  { expression: `resource.type == "secretmanager.googleapis.com/SecretVersion"`, verdict: "yes" },
  { expression: `resource.type in ["secretmanager.googleapis.com/Secret", "x"]`, verdict: "no" },
  { expression: `resource.service != "storage.googleapis.com"`, verdict: "yes" },
  { expression: `!(resource.name.startsWith("projects/123/"))`, verdict: "no" },
  { expression: `resource.name.startsWith("a")`, on: account, verdict: "no" },
  { expression: `!resource.name.startsWith("a")`, on: account, verdict: "yes" },
  { expression: `resource.name.startsWith("a")`, on: "projects/prod", verdict: "maybe" },
  { expression: `resource.name.startsWith("a")`, on: "projects/prod/topics/t", verdict: "maybe" },
  {
    expression: `resource.name.startsWith("projects/_/buckets/b")`,
    on: "projects/prod",
    permission: setPolicy,
    verdict: "no",
  },
  {
    expression: `resource.name.startsWith("projects/prod")`,
    on: "projects/prod",
    permission: setPolicy,
    verdict: "maybe",
  },
  {
    expression: `resource.name.startsWith("projects/")`,
    on: "projects/prod",
    permission: setPolicy,
    verdict: "yes",
  },
  {
    expression: `resource.name.startsWith("projects/_/buckets/b")`,
    on: "projects/prod/buckets/b",
    verdict: "yes",
  },
  {
    expression: `resource.type == "storage.googleapis.com/Bucket"`,
    on: "projects/prod/buckets/b",
    verdict: "yes",
  },
  {
    expression: `resource.type == "storage.googleapis.com/Bucket"`,
    on: "projects/prod/buckets/b/objects/o/p",
    verdict: "no",
  },
  {
    expression: `resource.name == "projects/_/buckets/b/objects/o/p"`,
    on: "projects/prod/buckets/b/objects/o/p",
    verdict: "yes",
  },
  { expression: `resource.name.extract("secrets/{name}/") == "app"`, verdict: "yes" },
  { expression: `resource.name.extract("secrets/{name}") == "app/versions/1"`, verdict: "yes" },
  { expression: `resource.name.extract("{all}/secrets") == "projects/123"`, verdict: "yes" },
  { expression: `resource.name.extract("buckets/{name}/") == ""`, verdict: "yes" },
  { expression: `resource.name.extract("secrets/{name}+") == ""`, verdict: "yes" },
  { expression: `resource.name.extract("no place") == ""`, verdict: "maybe" },
  { expression: `resource.matchTag("1/env", "prod")`, verdict: "yes" },
  { expression: `resource.matchTag("1/env", "dev")`, verdict: "no" },
  { expression: `resource.matchTag("1/env", "dev")`, on: "folders/10", verdict: "yes" },
  { expression: `resource.matchTag("1/team", "web")`, verdict: "yes" },
  { expression: `resource.hasTagKey("1/team")`, verdict: "yes" },
  { expression: `resource.hasTagKey("1/other")`, verdict: "no" },
  { expression: `resource.matchTagId("tagKeys/1", "tagValues/2")`, verdict: "maybe" },
  {
    expression: only(`"roles/viewer"`),
    permission: setPolicy,
    changes: "roles/viewer",
    verdict: "yes",
  },
  {
    expression: only(`"roles/viewer"`),
    permission: setPolicy,
    changes: "roles/owner",
    verdict: "no",
  },
  { expression: only(`"roles/viewer"`), permission: setPolicy, verdict: "maybe" },
  { expression: only(`"roles/viewer"`), permission: "storage.buckets.get", verdict: "yes" },
  { expression: `true ? false : true`, verdict: "no" },
  { expression: `resource.unknown == 1 ? true : true`, verdict: "yes" },
  { expression: `"a" < "b" && 2 > 1 && -1 < 0`, verdict: "yes" },
  { expression: `1 + 1 == 2`, verdict: "maybe" },
  { expression: `"text"`, verdict: "maybe" },
];

describe("a condition is decided as far as the facts go", () => {
  test.each(rows)(
    "$expression on $on is $verdict",
    ({ expression, verdict, on = secret, permission = "any.thing.get", changes }) => {
      const { estate } = landOf({ tags });
      const result = holds(expression, { permission, resource: on, changes }, estate);
      expect(result.verdict).toBe(verdict);
      expect(result.open.length > 0).toBe(verdict === "maybe");
    },
  );
});

test("without a clock, dates stay open", () => {
  const { estate } = landOf({});
  const { startedAt: _, ...timeless } = estate;
  const expression = `request.time < timestamp("2027-01-01T00:00:00Z")`;
  const request = { permission: "a.b.get", resource: secret, changes: undefined };
  expect(holds(expression, request, timeless).verdict).toBe("maybe");
});

describe("what is no CEL names the place", () => {
  test.each([
    ["", 0],
    ["request.time <", 14],
    ["(true", 5],
    ["a b", 2],
    ["'open", 0],
    ["a && && b", 5],
    ["[1, 2", 5],
    ["a.1", 2],
    ["f(1,", 4],
    ["a # b", 2],
    ["a ? b", 5],
    ["x[1", 3],
    [`${"(".repeat(60)}true${")".repeat(60)}`, 50],
  ])("%s", (expression, at) => {
    const tree = parseCel(expression);
    expect("flaw" in tree ? tree.at : undefined).toBe(at);
  });

  test("a malformed condition leaves the grant open, with its character", () => {
    const { estate } = landOf({});
    const request = { permission: "a.b.get", resource: secret, changes: undefined };
    expect(holds("a b", request, estate)).toEqual({
      verdict: "maybe",
      open: ["unexpected b at character 3"],
    });
  });
});
