import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../providers/gcp/normalise.ts";
import { collectScenario } from "../../mocks/gcp/collect-scenario.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

type CaseFile = {
  cloud: string;
  scenarios: (JsonObject & { id: string; title: string; tags: string[] })[];
};

const file: CaseFile = JSON.parse(readFileSync(new URL("net/gcp.json", import.meta.url), "utf8"));

describe("Google Cloud reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(file, { normalise, caseIds: [id] });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});

test("each case comes out the same when it is served and read over the wire", async () => {
  const read = await runNetworkCases(file, { normalise, collect: collectScenario });
  expect(read.filter(({ outcome }) => outcome === "failed")).toEqual([]);
}, 60_000);
