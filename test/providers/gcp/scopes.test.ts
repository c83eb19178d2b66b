import { afterEach, describe, expect, test, vi } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { connect } from "../../../providers/gcp/connect.ts";
import { findScopes } from "../../../providers/gcp/scopes.ts";
import type { CollectContext } from "../../../src/model/adapter.ts";
import { contextFor } from "./context.ts";

async function scopesOf(
  faults: readonly Fault[],
  settings: Partial<CollectContext["settings"]> = {},
): Promise<unknown> {
  const mock = await startGcpMock({ project: "p1", config: {} }, { faults });
  const context = contextFor({ endpoint: mock.url, ...settings });
  try {
    return await findScopes(context, connect(context)).catch((error: unknown) => error);
  } finally {
    await mock.close();
  }
}

describe("finding the projects", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("a revoked token stops the run with what to do about it", async () => {
    const found = await scopesOf([{ kind: "expired" }]);
    expect(found).toMatchObject({
      code: "CREDENTIALS_EXPIRED",
      hint: expect.stringContaining("gcloud auth application-default login"),
    });
  });

  test("a project that refuses its regions is still audited", async () => {
    expect(await scopesOf([{ kind: "deny" }])).toEqual([
      { provider: "gcp", id: "p1", regions: [] },
    ]);
  });

  test("an endpoint that never answers is unreachable", async () => {
    const found = await scopesOf([{ kind: "hang" }], { attemptTimeout: 100 });
    expect(found).toMatchObject({
      code: "ENDPOINT_UNREACHABLE",
      message: expect.stringMatching(/in time/),
    });
  });

  test("an endpoint where nothing listens is unreachable, and asked once", async () => {
    const context = contextFor({ endpoint: "http://127.0.0.1:1", attempts: 5 });
    const found = await findScopes(context, connect(context)).catch((error: unknown) => error);
    expect(found).toMatchObject({
      code: "ENDPOINT_UNREACHABLE",
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  test("no project at all is said, with where to name one", async () => {
    vi.stubEnv("GOOGLE_CLOUD_PROJECT", undefined);
    const found = await scopesOf([], { scopes: [] });
    expect(found).toMatchObject({
      code: "CREDENTIALS_MISSING",
      hint: expect.stringMatching(/--scope/),
    });
  });

  test("a throttled list of regions is asked again", async () => {
    const fault: Fault = { kind: "throttle", operation: "compute.regions.list", times: 1 };
    expect(await scopesOf([fault], { attempts: 2 })).toMatchObject([{ regions: ["us-central1"] }]);
  });
});

test("an expired token in the middle of a run is a gap, not the end of it", async () => {
  const mock = await startGcpMock(
    { project: "p1", config: {} },
    { faults: [{ kind: "expired", operation: "compute.routes.list" }] },
  );
  const { gaps } = await collectFrom(mock.url, "p1");
  await mock.close();
  expect(gaps).toMatchObject([{ call: "compute.routes.list", reason: "denied" }]);
});
