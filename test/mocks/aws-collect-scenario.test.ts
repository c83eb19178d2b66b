import { existsSync, readFileSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";
import { collectScenario } from "../../mocks/aws/collect-scenario.ts";
import { keyedBy } from "../../mocks/aws/world.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { wireSample } from "../conformance/wire-sample.ts";

interface Scenario extends JsonObject {
  readonly id: string;
  /** Outputs by service and action. */
  readonly config: { readonly [service: string]: { readonly [action: string]: JsonObject } };
}

const corpus = new URL("../../../shared/groundtruth/net/aws.json", import.meta.url);
const missing = existsSync(corpus) ? "" : " (shared/groundtruth/net/aws.json is missing)";

test.skipIf(missing !== "")(
  `every field of the labelled network scenarios comes through the real SDK and the adapter as it was written${missing}`,
  async () => {
    const { scenarios }: { scenarios: Scenario[] } = JSON.parse(readFileSync(corpus, "utf8"));
    let compared = 0;
    for (const scenario of wireSample(scenarios)) {
      const { pages, gaps } = await collectScenario(scenario);
      expect(gaps, scenario.id).toEqual([]);
      for (const { call, params, body } of pages) {
        const [service = "", action = ""] = call.split(":");
        const output = scenario.config[service]?.[action];
        const key = keyedBy[call];
        const id = key && params[key];
        const want = typeof id === "string" ? output?.[id] : output;
        if (want === undefined) continue;
        expect(withoutMillis(body), `${scenario.id} ${call}`).toEqual(withoutMillis(want));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(200);
  },
);

test.each([
  ["denied", "ec2:DescribeSecurityGroups"],
  ["throttled", { call: "ec2:DescribeSecurityGroups", reason: "throttled" }],
  ["unavailable", { call: "ec2:DescribeSecurityGroups", reason: "unavailable" }],
  ["unsupported", { call: "ec2:DescribeSecurityGroups", reason: "unsupported" }],
])("a call that the scenario names as %s becomes that gap", async (reason, gap) => {
  const DescribeNetworkInterfaces = { NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] };
  const { gaps } = await collectScenario({
    config: { ec2: { DescribeNetworkInterfaces } },
    gaps: [gap],
  });
  expect(gaps[0]).toMatchObject({ call: "ec2:DescribeSecurityGroups", reason });
});

test("the environment's credentials are back afterwards", async () => {
  process.env["AWS_PROFILE"] = "mine";
  try {
    await collectScenario({ config: {} });
    expect(process.env["AWS_PROFILE"]).toBe("mine");
  } finally {
    delete process.env["AWS_PROFILE"];
  }
});

/** Dates come with milliseconds, the corpus writes them without. */
function withoutMillis(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/(\d{2}:\d{2}:\d{2})\.000Z/g, "$1Z"));
}
