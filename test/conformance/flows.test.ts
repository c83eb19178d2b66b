import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../providers/azure/normalise.ts";
import { wrongFlows } from "../../src/conformance/flows.ts";
import { azureScenario } from "../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../src/model/json.ts";

const file: { scenarios: JsonObject[] } = JSON.parse(
  readFileSync(new URL("net/azure.json", import.meta.url), "utf8"),
);
/** One machine at 10.0.1.4 whose subnet admits 8080 from the internet and everything from its own network. */
const base = file.scenarios.find(({ id }) => id === "azure-006")!;

function wrong(from: string, to: string, disposition: string): string[] {
  const scenario = { ...base, flows: [{ from, to, disposition }] };
  return wrongFlows(scenario, normalise(azureScenario(scenario))).map(({ actual }) => actual);
}

describe("a single flow between workloads", () => {
  test.each([
    ["vm-mcp 10.0.1.4", "vm-mcp 10.0.1.4:22/tcp", "ACCEPTED"],
    ["VM-MCP 10.0.9.9", "vm-mcp:22/udp", "ACCEPTED"],
    ["vm-mcp 192.168.7.7", "vm-mcp 10.0.1.4:22/tcp", "DENIED_IN at subnet"],
  ])("from %s to %s is %s, as it says", (from, to, disposition) => {
    expect(wrong(from, to, disposition)).toEqual([]);
  });

  test("that says otherwise is a difference", () => {
    expect(wrong("vm-mcp 10.0.1.4", "vm-mcp 10.0.1.4:22/tcp", "DENIED_IN")).toEqual([
      "flow from vm-mcp to vm-mcp tcp/22 accepted",
    ]);
    expect(wrong("vm-mcp 192.168.7.7", "vm-mcp 10.0.1.4:22/tcp", "ACCEPTED")).toEqual([
      "flow from vm-mcp to vm-mcp tcp/22 denied",
    ]);
  });

  test.each([
    ["vm-mcp", "vm-mcp 10.0.1.4:22/tcp"],
    ["internet 8.8.8.8", "vm-mcp 10.0.1.4:22/tcp"],
    ["vm-mcp 10.0.1.4", "1.1.1.1:53/udp"],
    ["vm-mcp 10.0.1.4", "vm-mcp 10.0.1.4 icmp"],
  ])("from %s to %s is not judged", (from, to) => {
    expect(wrong(from, to, "DENIED_IN")).toEqual([]);
    expect(wrong(from, to, "ACCEPTED")).toEqual([]);
  });
});
