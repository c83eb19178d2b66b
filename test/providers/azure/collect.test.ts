import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { startAzureMock, type AzureMock, type Fault } from "../../../mocks/azure/index.ts";
import { azureAdapter } from "../../../providers/azure/index.ts";
import type { CollectContext } from "../../../src/model/adapter.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../../src/model/snapshot.ts";
import { reach } from "../../../src/reach/reach.ts";

const file: { scenarios: { id: string; config: { resources: JsonObject[] } }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/azure.json", import.meta.url), "utf8"),
);

const resourcesOf = (id: string): JsonObject[] =>
  file.scenarios.find((each) => each.id === id)!.config.resources;

let mock: AzureMock | undefined;
afterEach(async () => mock?.close());

interface Read extends Snapshot {
  readonly waits: readonly number[];
}

const encoded = Buffer.from("uvx mcp-server --transport http").toString("base64");

function contextOf(endpoint: string, gaps: Gap[], maxDetailCalls: number): CollectContext {
  return {
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    onAttempt: () => {},
    now: () => new Date("2026-01-01T00:00:00Z"),
    random: () => 0.5,
    sleep: async () => {},
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [],
      endpoint,
      attemptTimeout: 20_000,
      attempts: 3,
      maxDetailCalls,
    },
  };
}

async function collected(
  id: string,
  options: { faults?: Fault[]; pageSize?: number },
  settings: { attempts?: number; attemptTimeout?: number } = {},
  others: JsonObject[] = [],
): Promise<Read> {
  const { attempts = 3, attemptTimeout = 20_000 } = settings;
  mock = await startAzureMock(
    { subscription: "s1", resources: [...resourcesOf(id), ...others] },
    options,
  );
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  const waits: number[] = [];
  const plain = contextOf(mock.url, gaps, 0);
  const context: CollectContext = {
    ...plain,
    sleep: async (ms) => void waits.push(ms),
    settings: { ...plain.settings, attemptTimeout, attempts },
  };
  const [scope] = await azureAdapter.scopes(context);
  for await (const page of azureAdapter.collect(scope!, context)) pages.push(page);
  return { provider: "azure", scope: scope!, pages, gaps, waits };
}

const rules = "Microsoft.Network/networkSecurityGroups/read";

function exposed(snapshot: Snapshot): string[] {
  const { exposures } = reach(azureAdapter.normalise(snapshot));
  return exposures.map(
    ({ workload, verdict, portRange }) =>
      `${workload.name} ${portRange.from}-${portRange.to} ${verdict}`,
  );
}

describe("reading a subscription over the wire", () => {
  test("a throttled list is asked again after the time that Azure names, and nothing is lost", async () => {
    const fault: Fault = {
      kind: "throttle",
      path: "/networkSecurityGroups",
      times: 1,
      retryAfter: 7,
    };
    const read = await collected("azure-006", { faults: [fault] });
    expect(read.gaps).toEqual([]);
    expect(read.waits).toContain(7000);
    expect(exposed(read)).toEqual(["vm-mcp 8080-8080 reachable"]);
  }, 30_000);

  test("throttling without a time to wait is retried too", async () => {
    const fault: Fault = { kind: "throttle", path: "/networkSecurityGroups", times: 1 };
    const read = await collected("azure-006", { faults: [fault] });
    expect(read.gaps).toEqual([]);
    expect(exposed(read)).toEqual(["vm-mcp 8080-8080 reachable"]);
  }, 30_000);

  test("a denied list is a gap, and only what depends on it is unknown", async () => {
    const fault: Fault = { kind: "deny", path: "/networkSecurityGroups" };
    const read = await collected("azure-006", { faults: [fault] });
    const gap = { call: rules, reason: "denied", affects: ["rule-sets"] };
    expect(read.gaps).toContainEqual(expect.objectContaining(gap));
    const verdicts = new Set(exposed(read).map((line) => line.split(" ").at(-1)));
    expect(verdicts).toEqual(new Set(["unknown"]));
  }, 30_000);

  test("a denied list of security groups leaves container apps as sure as before", async () => {
    const fault: Fault = { kind: "deny", path: "/networkSecurityGroups" };
    const read = await collected("azure-070", { faults: [fault] });
    expect(read.gaps.map(({ call }) => call)).toContain(rules);
    expect(exposed(read)).toEqual(["mcp 8000-8000 reachable"]);
  }, 30_000);

  test("a list that never answers costs its deadline and becomes a gap", async () => {
    const fault: Fault = { kind: "hang", path: "/routeTables" };
    const read = await collected(
      "azure-006",
      { faults: [fault] },
      { attempts: 1, attemptTimeout: 3000 },
    );
    const call = "Microsoft.Network/routeTables/read";
    expect(read.gaps).toContainEqual(expect.objectContaining({ call, reason: "timeout" }));
    const asked = mock!.calls.filter(({ path }) => path.endsWith("/routeTables"));
    expect(asked).toHaveLength(1);
  }, 30_000);

  test("every page of a list is followed, and the links that name the real host stay on the mock", async () => {
    const read = await collected("azure-016", { pageSize: 1 });
    expect(read.gaps).toEqual([]);
    const machines = read.pages.filter(
      ({ call }) => call === "Microsoft.Compute/virtualMachines/read",
    );
    expect(machines.map(({ page }) => page)).toEqual([0, 1]);
    expect(exposed(read)).toEqual(["vm-mcp 8080-8080 reachable"]);
  }, 30_000);

  test("doors that are not followed are one gap a type, and change nothing else", async () => {
    const door = (type: string, name: string): JsonObject => ({
      id: `/subscriptions/s1/resourceGroups/rg/providers/${type}/${name}`,
      name,
      type,
    });
    const others = [
      door("Microsoft.ApiManagement/service", "apim-b"),
      door("Microsoft.ApiManagement/service", "apim-a"),
      door("Microsoft.Network/frontDoors", "classic"),
    ];
    const read = await collected("azure-006", {}, {}, others);
    expect(read.gaps).toEqual([]);
    const call = "Microsoft.ApiManagement/service/read";
    expect(azureAdapter.normalise(read).gaps).toMatchObject([
      { call, reason: "unsupported", detail: expect.stringContaining("(apim-a, apim-b)") },
      { call: "Microsoft.Network/frontDoors/read", reason: "unsupported", affects: ["edges"] },
    ]);
    expect(exposed(read)).toEqual(["vm-mcp 8080-8080 reachable"]);
  }, 30_000);

  test("only reads reach the wire", async () => {
    await collected("azure-121", {});
    const posts = mock!.calls.filter(({ method }) => method !== "GET");
    expect(
      posts.every(({ path }) => path.endsWith("/listNetworkManagerEffectiveSecurityAdminRules")),
    ).toBe(true);
    expect(mock!.calls.some(({ path }) => /listkeys|listsecrets|\/list$/i.test(path))).toBe(false);
  }, 30_000);

  test("user data is asked of exposed machines alone, and of nothing that has none", async () => {
    const resources = resourcesOf("azure-006").map((each) =>
      each["name"] === "vm-mcp"
        ? Object.assign({}, each, {
            properties: { ...Object(each["properties"]), userData: encoded },
          })
        : each,
    );
    mock = await startAzureMock({ subscription: "s1", resources });
    const context = contextOf(mock.url, [], 5);
    const [scope] = await azureAdapter.scopes(context);
    const machine = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute";
    const exposedOnes = [
      { id: `${machine}/virtualMachines/vm-mcp`, region: "global" },
      { id: `${machine}/virtualMachineScaleSets/x/virtualMachines/0`, region: "global" },
      {
        id: "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Web/sites/x",
        region: "global",
      },
    ];
    const pages: Page[] = [];
    for await (const page of azureAdapter.details(scope!, exposedOnes, context)) pages.push(page);
    const asked = mock.calls.filter(({ query }) => query["$expand"] === "userData");
    expect(asked.map(({ path }) => path)).toEqual([exposedOnes[0]!.id]);
    for await (const page of azureAdapter.collect(scope!, context)) pages.push(page);
    const { workloads } = azureAdapter.normalise({
      provider: "azure",
      scope: scope!,
      pages,
      gaps: [],
    });
    expect(workloads.map(({ texts }) => texts)).toMatchObject([
      [{ kind: "user-data", text: "uvx mcp-server --transport http" }],
    ]);
  }, 30_000);
});
