import { expect, test } from "vitest";
import { hostileKinds, startHostile, type HostileKind } from "../../mocks/mcp/index.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const confirmed = new Set<HostileKind>([
  "cursor-loop",
  "endless-pages",
  "many-tools",
  "huge-list",
  "acting-names",
  "asks-back",
  "session-injection",
]);

async function attack(
  kind: HostileKind,
): Promise<{ found: Fingerprint; ms: number; requests: number }> {
  const server = await startHostile(kind);
  const started = performance.now();
  try {
    const found = await probe(targetAt(server.port), probeOptions());
    expect(server.violations).toEqual([]);
    return { found, ms: performance.now() - started, requests: server.seen.length };
  } finally {
    await server.close();
  }
}

test.concurrent.each(hostileKinds)("%s is bounded in time, bytes and requests", async (kind) => {
  const { found, ms, requests } = await attack(kind);
  expect(ms).toBeLessThan(6500);
  expect(requests).toBeLessThanOrEqual(8 + 64 + 1);
  expect(found.confidence === "confirmed").toBe(confirmed.has(kind));
  for (const { bytes } of found.exchanges) expect(bytes).toBeLessThanOrEqual(4 * 1024 * 1024);
});

test("memory stays small under the largest answers", async () => {
  const before = process.memoryUsage().rss;
  for (const kind of [
    "endless-events",
    "endless-line",
    "huge-json",
    "gzip-bomb",
    "huge-list",
  ] as const) {
    await attack(kind);
  }
  const grown = process.memoryUsage().rss - before;
  expect(grown).toBeLessThan(200 * 1024 * 1024);
});

test("an encoded answer is recorded and not unpacked", async () => {
  const { found } = await attack("gzip-bomb");
  expect(found.exchanges[0]?.outcome).toBe("encoded");
});

test("pages stop at a repeated cursor, at 20 pages and at 2,000 tools", async () => {
  const loop = await attack("cursor-loop");
  expect(loop.found).toMatchObject({
    truncated: true,
    warnings: expect.arrayContaining(["tools/list repeats its cursor"]),
  });
  expect(loop.found.tools).toHaveLength(2);
  const pages = await attack("endless-pages");
  expect(pages.found.truncated).toBe(true);
  expect(pages.found.tools).toHaveLength(20);
  const many = await attack("many-tools");
  expect(many.found.truncated).toBe(true);
  expect(many.found.tools).toHaveLength(2000);
});

test("neither a redirect nor an endpoint event leads elsewhere", async () => {
  await attack("redirect-to-metadata");
  const { found } = await attack("foreign-endpoint");
  expect(found.warnings).toEqual([
    "The event stream names an endpoint at another origin; nothing was sent there",
  ]);
});

test("characters that act on a terminal are made visible and long text is clipped", async () => {
  const { found } = await attack("acting-names");
  const [first, second] = found.tools ?? [];
  expect(first?.name).toBe("\\u{1b}[31mred\\u{1b}]0;title\\u{7}");
  expect(first?.description).toBe("a\\u{202e}b\\u{200b}c\\u{e0041}d");
  expect(second?.name).toBe("__proto__");
  expect(second?.description).toHaveLength(4000);
  expect(second?.parameters).toEqual([{ name: "constructor", type: "string", values: [] }]);
});

test("a server's own requests are never answered", async () => {
  const { found } = await attack("asks-back");
  expect(found.warnings).toEqual(["The server sent a request of its own; it was not answered"]);
});
