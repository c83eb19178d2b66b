import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeCase } from "../../providers/oci/policy/judge-case.ts";
import { runIdentityCases } from "../../src/conformance/identity-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

type Cases = JsonObject & { cases: (JsonObject & { id: string; title: string })[] };

function read(name: string): Cases {
  return JSON.parse(readFileSync(new URL(`iam/${name}`, import.meta.url), "utf8"));
}

const evaluators = { oci: judgeCase };

describe.each(["oci-capability.json", "postern-oci.json"])(
  "OCI capability agrees with the labelled case of %s",
  (name) => {
    const file = read(name);
    test.each(file.cases.map(({ id, title }) => [id, title]))("%s: %s", (id) => {
      expect(runIdentityCases(file, { evaluators, caseIds: [id] })).toEqual([
        { id, outcome: "passed" },
      ]);
    });
  },
);
