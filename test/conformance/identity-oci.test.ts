import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeCase } from "../../providers/oci/policy/judge-case.ts";
import { runIdentityCases } from "../../src/conformance/identity-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

const file: JsonObject & { cases: (JsonObject & { id: string; title: string })[] } = JSON.parse(
  readFileSync(new URL("iam/oci-capability.json", import.meta.url), "utf8"),
);
const evaluators = { oci: judgeCase };

describe("OCI capability agrees with the labelled case", () => {
  test.each(file.cases.map(({ id, title }) => [id, title]))("%s: %s", (id) => {
    expect(runIdentityCases(file, { evaluators, caseIds: [id] })).toEqual([
      { id, outcome: "passed" },
    ]);
  });
});
