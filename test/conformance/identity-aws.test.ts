import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { runAwsIdentityCases } from "../../src/conformance/identity-aws.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`iam/${name}.json`, import.meta.url), "utf8"));
const file: { now: string; cases: (JsonObject & { id: string; title: string })[] } =
  read("aws-privesc");
const own: typeof file = read("postern-aws-privesc");
const world: JsonObject = read("aws-world");
const labels = new Set(["id", "title", "source", "why", "method", "pair", "already"]);

const run = (cases: readonly Json[]) =>
  runAwsIdentityCases({ now: file.now, cases }, world, { evaluator: awsPolicy });

describe("AWS escalation agrees with the labelled case", () => {
  test.each([...file.cases, ...own.cases].map((entry) => [entry.id, entry.title, entry] as const))(
    "%s: %s",
    (id, _, entry) => {
      expect(run([entry])).toEqual([{ id, outcome: "passed" }]);
    },
  );
});

test("labels do not decide: without them every answer stays the same", () => {
  const bare = file.cases
    .filter((_, index) => index % 5 === 0)
    .map((entry) => Object.fromEntries(Object.entries(entry).filter(([key]) => !labels.has(key))));
  expect(run(bare).every(({ outcome }) => outcome === "passed")).toBe(true);
});

test("a wrong expectation fails, with the path that was found", () => {
  const entry = file.cases.find(({ id }) => id === "aws-154");
  expect(run([{ ...entry, expect: "no" }])).toEqual([
    {
      id: "aws-154",
      outcome: "failed",
      expected: "no",
      actual: "yes: sts-001 arn:aws:iam::444455556666:role/central-admin",
    },
  ]);
});
