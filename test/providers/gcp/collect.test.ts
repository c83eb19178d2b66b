import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault, type GcpMock } from "../../../mocks/gcp/index.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import type { CollectSettings } from "../../../src/model/adapter.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: { id: string; config: JsonObject }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/gcp.json", import.meta.url), "utf8"),
);
const worldOf = (id: string): JsonObject =>
  cases.scenarios.find((each) => each.id === id)?.config ?? {};

async function collected(
  id: string,
  faults: readonly Fault[],
  settings: Partial<CollectSettings> = {},
  pageSize?: number,
): Promise<{ snapshot: Snapshot; calls: GcpMock["calls"] }> {
  const mock = await startGcpMock(
    { project: "p1", config: worldOf(id) },
    { faults, ...(pageSize !== undefined && { pageSize }) },
  );
  try {
    return { snapshot: await collectFrom(mock.url, "p1", settings), calls: mock.calls };
  } finally {
    await mock.close();
  }
}

const verdicts = (snapshot: Snapshot) =>
  reach(normalise(snapshot)).exposures.map(({ portRange, verdict, assumptions, via }) => ({
    port: portRange.from,
    verdict,
    assumptions,
    via,
  }));

test("a zone that does not answer is a gap of that zone, and the rows of the others are kept", async () => {
  const fault: Fault = {
    kind: "partial",
    operation: "compute.instances.aggregatedList",
    place: "zones/europe-west1-b",
  };
  const { snapshot } = await collected("gcp-001", [fault]);
  expect(snapshot.gaps).toMatchObject([
    {
      call: "compute.instances.aggregatedList",
      region: "europe-west1-b",
      reason: "unavailable",
      affects: expect.arrayContaining(["workloads"]),
    },
  ]);
  expect(verdicts(snapshot)).toMatchObject([{ port: 8080, verdict: "reachable" }]);
});

test("a scope that merely has no results is no gap", async () => {
  const { snapshot } = await collected("gcp-001", []);
  expect(JSON.stringify(snapshot.pages)).toContain("NO_RESULTS_ON_PAGE");
  expect(snapshot.gaps).toEqual([]);
});

test("403 rateLimitExceeded is asked again, and is throttling when it goes on", async () => {
  const operation = "compute.firewalls.list";
  const once = await collected("gcp-001", [{ kind: "throttle", operation, times: 1 }], {
    attempts: 3,
  });
  expect(once.snapshot.gaps).toEqual([]);
  expect(once.calls.filter((call) => call.operation === operation)).toHaveLength(2);
  const always = await collected("gcp-001", [{ kind: "throttle", operation }], { attempts: 3 });
  expect(always.snapshot.gaps).toMatchObject([{ call: operation, reason: "throttled" }]);
  expect(always.calls.filter((call) => call.operation === operation)).toHaveLength(3);
});

test("403 forbidden is denied at once", async () => {
  const operation = "compute.firewalls.list";
  const { snapshot, calls } = await collected("gcp-001", [{ kind: "deny", operation }], {
    attempts: 3,
  });
  expect(snapshot.gaps).toMatchObject([{ call: operation, reason: "denied" }]);
  expect(calls.filter((call) => call.operation === operation)).toHaveLength(1);
});

test("firewall rules come from the effective view where their list was denied", async () => {
  const { snapshot } = await collected("gcp-001", [
    { kind: "deny", operation: "compute.firewalls.list" },
  ]);
  expect(verdicts(snapshot)).toMatchObject([{ port: 8080, verdict: "reachable" }]);
});

const effective: readonly Fault[] = [
  { kind: "deny", operation: "compute.networks.getEffectiveFirewalls" },
  { kind: "deny", operation: "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls" },
  { kind: "deny", operation: "compute.firewallPolicies.list" },
];

test("without the effective firewalls, what the organisation may deny is an assumption that is named", async () => {
  const { snapshot } = await collected("gcp-001", effective);
  const all = reach(normalise(snapshot)).exposures;
  const open = all.find(({ portRange }) => portRange.from === 8080);
  const others = all.filter((each) => each !== open);
  expect(open).toMatchObject({ verdict: "reachable", certainty: "maybe" });
  expect(open?.assumptions.join("\n")).toContain("getEffectiveFirewalls was not read");
  expect(others.map(({ verdict }) => verdict)).not.toContain("reachable");
});

test("the organisation's own list answers where the effective view was denied", async () => {
  const { snapshot } = await collected("gcp-011", effective.slice(0, 2));
  expect(verdicts(snapshot).filter(({ verdict }) => verdict === "reachable")).toEqual([]);
});

test("a token that expires halfway leaves gaps behind what was read", async () => {
  const { snapshot } = await collected("gcp-040", [{ kind: "expired", after: 12 }], {
    attempts: 3,
  });
  expect(snapshot.pages.length).toBeGreaterThan(8);
  expect(snapshot.gaps.length).toBeGreaterThan(5);
  expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(["denied"]));
  expect(() => reach(normalise(snapshot))).not.toThrow();
});

test("a call that hangs costs one deadline", async () => {
  const started = performance.now();
  const operation = "compute.routes.list";
  const { snapshot } = await collected("gcp-001", [{ kind: "hang", operation }], {
    attemptTimeout: 300,
  });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(snapshot.gaps[0]).toMatchObject({ call: operation, reason: "timeout" });
  expect(new Set(snapshot.gaps.map(({ reason }) => reason))).toEqual(new Set(["timeout"]));
  expect(verdicts(snapshot).map(({ verdict }) => verdict)).not.toContain("reachable");
});

test("a reset connection is asked again", async () => {
  const operation = "compute.routes.list";
  const { snapshot } = await collected("gcp-001", [{ kind: "reset", operation, times: 1 }], {
    attempts: 2,
  });
  expect(snapshot.gaps).toEqual([]);
});

test("lists go on to their last page", async () => {
  const { snapshot } = await collected("gcp-021", [], {}, 1);
  const pages = snapshot.pages.filter(({ call }) => call === "compute.firewalls.list");
  expect(pages.map(({ last }) => last)).toEqual([undefined, true]);
});

test("pages hold the wire's own JSON", async () => {
  const { snapshot } = await collected("gcp-001", []);
  const body = JSON.stringify(
    snapshot.pages.find(({ call }) => call === "compute.instances.aggregatedList")?.body,
  );
  expect(body).toContain('"networkInterfaces":[{"name":"nic0"');
  expect(body).not.toContain('"_');
});
