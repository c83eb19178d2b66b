import { describe, expect, test } from "vitest";
import { collectScenario } from "../../../mocks/azure/collect-scenario.ts";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import { hintsOf } from "../../../src/hints/passive.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import { api, base, policy, service, serviceOf } from "./api-estate.ts";

describe("a function app with tools", () => {
  const app = `${base}/Microsoft.Web/sites/fn`;
  const trigger = (type: string): JsonObject => ({
    id: `${app}/functions/f`,
    name: "fn/f",
    type: "Microsoft.Web/sites/functions",
    properties: { config: { bindings: [{ type, name: "context", direction: "in" }] } },
  });
  const site: JsonObject = {
    id: app,
    name: "fn",
    type: "Microsoft.Web/sites",
    location: "eastus",
    kind: "functionapp",
    properties: { state: "Running", httpsOnly: true, defaultHostName: "fn.azurewebsites.net" },
  };

  test("is asked at the extension's own path, and says that it speaks MCP", () => {
    const resources = [site, trigger("mcpToolTrigger")];
    const { workloads, approaches = [] } = normalise(azureScenario({ config: { resources } }));
    const paths = approaches.flatMap(({ entry, family }) =>
      family === "ipv4" ? [entry.paths] : [],
    );
    expect(paths).toEqual([["/runtime/webhooks/mcp"]]);
    expect(hintsOf(workloads[0]!).map(({ id }) => id)).toContain("declared-protocol");
  });

  test("is told from one without", () => {
    const resources = [site, trigger("httpTrigger")];
    const { workloads, approaches = [] } = normalise(azureScenario({ config: { resources } }));
    expect(approaches.map(({ entry }) => entry.paths)).toEqual([[], []]);
    expect(workloads[0]?.texts).toEqual([]);
  });

  test("and servers of API Management are read over the wire", async () => {
    const resources = [
      site,
      trigger("mcpToolTrigger"),
      serviceOf(),
      api("orders", { backendId: "b" }),
      policy(`<validate-jwt />`),
      policy(`<base />`, service),
    ];
    const snapshot = await collectScenario({ config: { resources } });
    expect(snapshot.gaps).toEqual([]);
    const found = reach(normalise(snapshot)).exposures;
    expect(
      found.map(
        ({ workload, authGate, entry }) => `${workload.name} ${authGate} ${entry.paths.join()}`,
      ),
    ).toEqual(
      expect.arrayContaining(["orders jwt /orders-mcp/mcp", "fn none /runtime/webhooks/mcp"]),
    );
  }, 30_000);
});
