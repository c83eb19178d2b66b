import { afterEach, beforeAll, expect, test } from "vitest";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { adapters } from "../../providers/index.ts";
import type { Page } from "../../src/model/snapshot.ts";
import { closeMocks, prepare, useExampleCredentials } from "./aws-harness.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

test("the registered adapter reads the demo account over the wire into an inventory", async () => {
  const adapter = await adapters.aws!();
  const { context, gaps } = await prepare(awsDemoWorld);
  const [scope] = await adapter.scopes(context);
  const pages: Page[] = [];
  for await (const page of adapter.collect(scope!, context)) pages.push(page);
  const inventory = adapter.normalise({ provider: "aws", scope: scope!, pages, gaps });
  expect(inventory.gaps).toEqual([]);
  expect(inventory.scope).toBe("111122223333");
  const gateway = inventory.workloads.find(({ name }) => name === "agent-gateway");
  expect(gateway).toMatchObject({
    id: "i-0a000000000000001",
    region: "us-east-1",
    state: "running",
  });
  expect(gateway?.identities).toHaveLength(1);
  expect(inventory.identities.map(({ name }) => name)).toContain("agent-gateway");
});

test("AWS_ENDPOINT_URL alone is enough to send every call elsewhere", async () => {
  const { context, mock } = await prepare(awsDemoWorld);
  const { endpoint = "", ...settings } = context.settings;
  process.env["AWS_ENDPOINT_URL"] = endpoint;
  try {
    const adapter = await adapters.aws!();
    await expect(adapter.scopes({ ...context, settings })).resolves.toHaveLength(1);
    expect(mock.calls).toHaveLength(2);
  } finally {
    delete process.env["AWS_ENDPOINT_URL"];
  }
});
