import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../providers/gcp/normalise.ts";
import { collectScenario } from "../../mocks/gcp/collect-scenario.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { wireSample } from "./wire-sample.ts";

type CaseFile = {
  cloud: string;
  scenarios: (JsonObject & { id: string; title: string; tags: string[] })[];
};

const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(new URL(`net/${name}.json`, import.meta.url), "utf8"));

const file = read("gcp");
/** Cases of our own: variations, near misses, and bugs that were found. */
const grown = read("postern-gcp");

describe("Google Cloud reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(file, { normalise, caseIds: [id] });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});

describe("Google Cloud reachability agrees with a case of our own", () => {
  test.each(grown.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const results = await runNetworkCases(grown, { normalise, caseIds: [id] });
    expect(results).toEqual([{ id, outcome: "passed" }]);
  });
});

test("cases that show every field come out the same when they are served and read over the wire", async () => {
  const scenarios = wireSample([...file.scenarios, ...grown.scenarios]);
  const results = await runNetworkCases(
    { ...file, scenarios: [...scenarios] },
    { normalise, collect: collectScenario },
  );
  expect(results.length).toBeGreaterThan(30);
  expect(results.filter(({ outcome }) => outcome === "failed")).toEqual([]);
}, 120_000);
