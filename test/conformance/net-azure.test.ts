import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { collectScenario } from "../../mocks/azure/collect-scenario.ts";
import { normalise } from "../../providers/azure/normalise.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

type CaseFile = {
  cloud: string;
  scenarios: (JsonObject & { id: string; title: string; tags: string[] })[];
};

const file: CaseFile = JSON.parse(readFileSync(new URL("net/azure.json", import.meta.url), "utf8"));

describe("Azure reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(file, { normalise, caseIds: [id] });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});

/** One of each front door: all of them take their time. */
const served = ["azure-021", "azure-060", "azure-075", "azure-100", "azure-116", "azure-121"];

test("cases come out the same when they are served and read over the wire", async () => {
  const read = await runNetworkCases(file, {
    normalise,
    caseIds: served,
    collect: collectScenario,
  });
  expect(read.map(({ outcome }) => outcome)).toEqual(served.map(() => "passed"));
}, 60_000);
