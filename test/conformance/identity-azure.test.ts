import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { azurePolicy } from "../../providers/azure/policy/index.ts";
import { runAzureIdentityCases } from "../../src/conformance/identity-azure.ts";
import { readRoles } from "../../src/conformance/roles-file.ts";

const catalogue = new URL("../../../shared/catalogues/azure-built-in-roles.json", import.meta.url);
const files = ["azure-privesc", "postern-azure-privesc"].map(
  (name): { cases: readonly unknown[] } =>
    JSON.parse(readFileSync(new URL(`iam/${name}.json`, import.meta.url), "utf8")),
);
const available = existsSync(catalogue);
const readRole = readRoles(available ? [JSON.parse(readFileSync(catalogue, "utf8"))] : []);

describe.skipIf(!available)("labelled Azure identities (needs ../shared/catalogues)", () => {
  const results = files.flatMap((file) =>
    runAzureIdentityCases(JSON.parse(JSON.stringify(file)), { evaluator: azurePolicy, readRole }),
  );

  it.each(results.map((result) => [result.id, result] as const))(
    "answers %s as labelled",
    (_, result) => {
      expect(result).toEqual({ id: result.id, outcome: "passed" });
    },
  );

  it("answers every case of the files", () => {
    expect(results).toHaveLength(files.flatMap(({ cases }) => cases).length);
  });
});
