import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gcpPolicy } from "../../providers/gcp/policy/index.ts";
import { runGcpIdentityCases } from "../../src/conformance/identity-gcp.ts";
import { readRoles } from "../../src/conformance/roles-file.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

const catalogue = new URL("../../../shared/catalogues/gcp-predefined-roles.json", import.meta.url);
const present = existsSync(catalogue);
const read = (url: URL) => JSON.parse(readFileSync(url, "utf8"));
const file: {
  now: string;
  world: JsonObject;
  cases: (JsonObject & { id: string; title: string })[];
} = read(new URL("iam/gcp-privesc.json", import.meta.url));
const own: typeof file = read(new URL("iam/postern-gcp-privesc.json", import.meta.url));
const labels = new Set(["id", "title", "source", "why", "method", "pair", "already"]);
const readRole = readRoles(present ? [read(catalogue)] : []);

const run = (cases: readonly Json[]) =>
  runGcpIdentityCases({ ...file, cases }, { evaluator: gcpPolicy, readRole });

describe.skipIf(!present)(
  `Google Cloud escalation agrees with the labelled case${present ? "" : " (SKIPPED: the catalogue of predefined roles is absent)"}`,
  () => {
    test.each(
      [...file.cases, ...own.cases].map((entry) => [entry.id, entry.title, entry] as const),
    )("%s: %s", (id, _, entry) => {
      expect(run([entry])).toEqual([{ id, outcome: "passed" }]);
    });

    test("labels do not decide: without them every answer stays the same", () => {
      const bare = file.cases.map((entry) =>
        Object.fromEntries(Object.entries(entry).filter(([key]) => !labels.has(key))),
      );
      expect(run(bare).every(({ outcome }) => outcome === "passed")).toBe(true);
    });

    test("a wrong expectation fails, with the path that was found", () => {
      const entry = file.cases.find(({ id }) => id === "gcp-043");
      expect(run([{ ...entry, expect: "no" }])).toEqual([
        {
          id: "gcp-043",
          outcome: "failed",
          expected: "no",
          actual: "yes: gcp-get-access-token owner@prod.iam.gserviceaccount.com",
        },
      ]);
    });
  },
);

test("without a catalogue, what a predefined role holds stays open", () => {
  const entry = file.cases.find(({ id }) => id === "gcp-039");
  const results = runGcpIdentityCases(
    { ...file, cases: [{ ...entry, expect: "maybe" }] },
    { evaluator: gcpPolicy, readRole: readRoles([]) },
  );
  expect(results).toEqual([{ id: "gcp-039", outcome: "passed" }]);
});
