import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../providers/aws/normalise.ts";
import { runNetworkCases } from "../../src/conformance/network-cases.ts";
import type { JsonObject } from "../../src/model/json.ts";

type CaseFile = {
  cloud: string;
  scenarios: (JsonObject & { id: string; title: string; tags: string[] })[];
};

const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(new URL(`net/${name}.json`, import.meta.url), "utf8"));

const file = read("aws");
/** Cases that came out of bugs. */
const grown = read("postern-aws");

describe("AWS reachability agrees with the labelled case", () => {
  test.each(file.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const [result] = await runNetworkCases(file, { normalise, caseIds: [id] });
    expect(result).toMatchObject({ outcome: expect.stringMatching(/^(passed|skipped)$/) });
  });
});

describe("a bug that was found once stays away", () => {
  test.each(grown.scenarios.map(({ id, title }) => [id, title]))("%s: %s", async (id) => {
    const results = await runNetworkCases(grown, { normalise, caseIds: [id] });
    expect(results).toEqual([{ id, outcome: "passed" }]);
  });
});

test("a wrong expectation fails, with what was expected and what came out", async () => {
  const scenario = file.scenarios.find(({ id }) => id === "aws-017");
  const closed = { ...scenario, expected: { exposures: [], notExposed: [] } };
  const [result] = await runNetworkCases({ cloud: "aws", scenarios: [closed] }, { normalise });
  expect(result).toEqual({
    id: "aws-017",
    outcome: "failed",
    expected: "no other exposure",
    actual: "i-mcp tcp ipv6 direct same none 8080-8080 from all who are asked about",
  });
});

test("a tuple with the wrong gate fails", async () => {
  const scenario = file.scenarios.find(({ id }) => id === "aws-005");
  const tuple = {
    workload: "i-mcp",
    protocol: "tcp",
    port: 8080,
    firstGate: "SG_NO_MATCH",
    via: "direct",
  };
  const wrong = { ...scenario, expected: { exposures: [], notExposed: [tuple] } };
  const [result] = await runNetworkCases({ cloud: "aws", scenarios: [wrong] }, { normalise });
  expect(result).toMatchObject({
    outcome: "failed",
    actual: expect.stringContaining("NO_INTERNET_ROUTE"),
  });
});

test("cases are selected by tag and reasoned ones are skipped", async () => {
  const classic = await runNetworkCases(file, { normalise, tags: ["clb"] });
  expect(classic.map(({ id }) => id)).toEqual(["aws-103", "aws-104"]);
  const without = await runNetworkCases(file, { normalise, notTags: ["lb"] });
  expect(without.map(({ id }) => id)).not.toContain("aws-103");
  const [reasoned] = await runNetworkCases(file, { normalise, caseIds: ["aws-084"] });
  expect(reasoned?.outcome).toBe("skipped");
});
