import { expect, test } from "vitest";
import { sendText, serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const limits = { silentMs: 150, pageMs: 150, recognitionMs: 2000 };

async function probeSlow(handler: MockHandler): Promise<Fingerprint> {
  const mock = await serve(handler, "/mcp", {});
  try {
    return await probe(targetAt(mock.port), probeOptions({ limits }));
  } finally {
    await mock.close();
  }
}

/** A bridge that starts a program for each question posted to it. */
function bridge(startMs: number): MockHandler {
  return (incoming, context) => {
    if (incoming.request.method !== "POST") {
      sendText(incoming, 404, `Cannot GET ${incoming.path}`);
      return;
    }
    setTimeout(() => {
      streamableStateful(incoming, context);
    }, startMs);
  };
}

test("a bridge whose program starts later than a silent port is given up is waited for", async () => {
  const found = await probeSlow(bridge(500));
  expect(found).toMatchObject({ confidence: "confirmed", era: "legacy" });
  expect(found.exchanges.slice(0, 3).map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
    "POST server/discover silent",
    "GET complete",
    "POST initialize complete",
  ]);
});

test("a bridge whose program does not start within the budget of the port is unknown", async () => {
  const found = await probeSlow(bridge(4000));
  expect(found).toMatchObject({
    confidence: "unknown",
    because: "The server answered one request and kept silent on another until the deadline",
  });
});

test("a port that gives no page either says nothing to HTTP", async () => {
  const started = performance.now();
  const found = await probeSlow(() => {});
  expect(found).toMatchObject({
    confidence: "unreachable",
    because: "The port accepts connections and says nothing to HTTP",
  });
  expect(found.exchanges.map(({ method }) => method)).toEqual(["POST server/discover", "GET"]);
  expect(performance.now() - started).toBeLessThan(1500);
});
