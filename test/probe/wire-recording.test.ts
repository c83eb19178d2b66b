import { expect, test } from "vitest";
import { hostileKinds, startHostile, startMcpMock } from "../../mocks/mcp/index.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

/** Written down again on purpose: the prober's own list cannot show a mistake in itself. */
const http = ["GET", "OPTIONS", "DELETE", "POST"];
const mcp = [
  "server/discover",
  "initialize",
  "notifications/initialized",
  "tools/list",
  "resources/list",
  "prompts/list",
];

interface Sent {
  readonly http: string;
  readonly path: string;
  /** Empty without a body. */
  readonly method: string;
}

function readSent(bytes: Uint8Array): Sent {
  const text = Buffer.from(bytes).toString("utf8");
  const [head = "", body = ""] = text.split("\r\n\r\n");
  const [verb = "", path = ""] = head.split(" ");
  const message: { method?: string } = body === "" ? {} : JSON.parse(body);
  return { http: verb, path: path.split("?")[0]!, method: message.method ?? "" };
}

async function record(server: Awaited<ReturnType<typeof startMcpMock>>) {
  const sent: Sent[] = [];
  await probe(
    targetAt(server.port),
    probeOptions({
      onRequest: (bytes) => sent.push(readSent(bytes)),
      limits: { recognitionMs: 1500, enumerationMs: 1500 },
    }),
  );
  const seen = server.seen.map(({ http: verb, path, method }): Sent => ({
    http: verb,
    path,
    method,
  }));
  const { violations } = server;
  await server.close();
  return { sent, seen, violations };
}

test.concurrent.each(hostileKinds)(
  "%s gets nothing but allowed methods out of the prober",
  async (kind) => {
    const { sent, violations } = await record(await startHostile(kind));

    expect(sent.length).toBeGreaterThan(0);
    for (const request of sent) {
      expect(http).toContain(request.http);
      if (request.http === "POST") expect(mcp).toContain(request.method);
      else expect(request.method).toBe("");
    }
    expect(violations).toEqual([]);
  },
);

test.concurrent.each(["streamable-stateful", "legacy-sse", "modern-only", "host-check"] as const)(
  "%s sees each request that was recorded, and no other",
  async (kind) => {
    const { sent, seen } = await record(await startMcpMock(kind));

    expect(seen).toEqual(sent);
  },
);
