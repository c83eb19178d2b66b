import { expect } from "vitest";
import { serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import type { Fingerprint, Target } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

/** What a probe finds at a server, and how many sessions it leaves open there. */
export async function probeHandler(
  handler: MockHandler,
  more: Partial<Target> = {},
): Promise<{ found: Fingerprint; open: number }> {
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port, more), probeOptions());
  const open = mock.sessions.size;
  await mock.close();
  expect(mock.violations).toEqual([]);
  return { found, open };
}
