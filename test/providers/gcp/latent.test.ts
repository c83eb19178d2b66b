import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: (JsonObject & { title: string })[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);

/** Each way to a workload: what serves, and what would after a moment. */
function told(title: string): string[] {
  const scenario = cases.scenarios.find((each) => each.title === title);
  expect(scenario?.title).toBe(title);
  const { exposures } = reach(normalise(gcpScenario(scenario ?? {})));
  return exposures.map(({ workload, via, latent }) => `${workload.name} ${via} ${latent ?? "now"}`);
}

test.each<[string, readonly string[]]>([
  [
    "At its ratio a pool hands over",
    ["vm-c fr now", "vm-mcp fr LB_NO_TARGET", "vm-b fr LB_TARGET_UNHEALTHY"],
  ],
  [
    "Above its ratio a pool serves",
    ["vm-mcp fr now", "vm-b fr LB_TARGET_UNHEALTHY", "vm-c fr LB_NO_TARGET"],
  ],
  [
    "All of both pools fail: the first serves",
    ["vm-mcp fr now", "vm-b fr now", "vm-c fr LB_NO_TARGET"],
  ],
  [
    "At its ratio a backend service serves",
    ["vm-mcp fr now", "vm-b fr LB_TARGET_UNHEALTHY", "vm-c fr LB_NO_TARGET"],
  ],
  ["One of two fails, and gets nothing", ["vm-b fr now", "vm-mcp fr LB_TARGET_UNHEALTHY"]],
  ["Every backend fails its health check", ["vm-mcp fr LB_TARGET_UNHEALTHY"]],
  ["A group that is drained", ["vm-mcp fr LB_NO_TARGET"]],
  ["A machine that is being staged", ["vm-mcp direct INSTANCE_NOT_RUNNING"]],
  ["A stopped machine behind a passthrough rule", ["vm-mcp fr INSTANCE_NOT_RUNNING"]],
])("%s", (title, expected) => {
  expect(new Set(told(title))).toEqual(new Set(expected));
});
