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

const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(new URL(`net/${name}.json`, import.meta.url), "utf8"));

const file = read("azure");
/** Variants of the same classes, and cases that came out of bugs. */
const own = read("postern-azure");

describe("Azure reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(file, { normalise, caseIds: [id] });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});

describe("Azure reachability agrees with a case of our own", () => {
  test.each(own.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const results = await runNetworkCases(own, { normalise, caseIds: [id] });
    expect(results).toEqual([{ id, outcome: "passed" }]);
  });
});

/** One of each front door: all of them take their time. */
const served = ["azure-021", "azure-060", "azure-075", "azure-100", "azure-116", "azure-121"];

/** Those whose answer hangs on a call that no other of these has. */
const ownServed = ["A rule sends one path to other origins"];

test("cases come out the same when they are served and read over the wire", async () => {
  const collected = { normalise, collect: collectScenario };
  const ids = own.scenarios.flatMap(({ id, title }) => (ownServed.includes(title) ? [id] : []));
  const results = [
    ...(await runNetworkCases(file, { ...collected, caseIds: served })),
    ...(await runNetworkCases(own, { ...collected, caseIds: ids })),
  ];
  expect(results).toEqual([...served, ...ids].map((id) => ({ id, outcome: "passed" })));
  expect(ids).toHaveLength(ownServed.length);
}, 60_000);
