import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collectScenario } from "../../mocks/oci/collect-scenario.ts";
import { normalise } from "../../providers/oci/normalise.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

type CaseFile = {
  cloud: string;
  scenarios: (JsonObject & { id: string; title: string; provenance?: string })[];
};

const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(new URL(`net/${name}.json`, import.meta.url), "utf8"));

const file = read("oci");
/** Cases of our own: variations, near misses, and bugs that were found. */
const grown = read("postern-oci");
/** Reasoned cases count here too: they hold, though no document says so. */
const strict = {
  ...file,
  scenarios: file.scenarios.map((scenario) => ({ ...scenario, provenance: "provider-doc" })),
};

describe("OCI reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(strict, { normalise, caseIds: [id] });
    expect(result).toEqual({ id, outcome: "passed" });
  });
});

describe("OCI reachability agrees with a case of our own", () => {
  test.each(grown.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const results = await runNetworkCases(grown, { normalise, caseIds: [id] });
    expect(results).toEqual([{ id, outcome: "passed" }]);
  });
});

describe("read through the SDK, the labelled case has the same answer", () => {
  test.each(["oci-024", "oci-030", "oci-053", "oci-068", "oci-072", "oci-081"])(
    "%s",
    async (id) => {
      const options = { normalise, caseIds: [id], collect: collectScenario };
      const [result] = await runNetworkCases(strict, options);
      expect(result).toEqual({ id, outcome: "passed" });
    },
  );
});
