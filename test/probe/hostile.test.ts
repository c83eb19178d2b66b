import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { hostileKinds, startHostile, type HostileKind } from "../../mocks/mcp/index.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const run = promisify(execFile);
const compiler = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

const confirmed = new Set<HostileKind>([
  "cursor-loop",
  "endless-pages",
  "many-tools",
  "huge-list",
  "acting-names",
  "asks-back",
  "session-injection",
]);

async function attack(kind: HostileKind): Promise<{ found: Fingerprint }> {
  const server = await startHostile(kind);
  try {
    const found = await probe(targetAt(server.port), probeOptions());
    expect(server.violations).toEqual([]);
    return { found };
  } finally {
    await server.close();
  }
}

test("each hostile server costs less than 6 s, 150 MB and its requests", async () => {
  const costs = await measure(hostileKinds);
  for (const { kind, confidence, ms, megabytes, requests, largest } of costs) {
    expect.soft(ms, `${kind}: milliseconds`).toBeLessThan(6300);
    expect.soft(megabytes, `${kind}: MB`).toBeLessThan(150);
    expect.soft(requests, `${kind}: requests`).toBeLessThanOrEqual(8 + 64 + 1);
    expect.soft(largest, `${kind}: bytes`).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect.soft(confidence === "confirmed", `${kind}: ${confidence}`).toBe(confirmed.has(kind));
  }
  expect(costs).toHaveLength(hostileKinds.length);
}, 60_000);

interface Cost {
  readonly kind: HostileKind;
  readonly confidence: string;
  readonly ms: number;
  /** Largest resident set of the process that probed this server and nothing else. */
  readonly megabytes: number;
  readonly requests: number;
  readonly largest: number;
}

/** A prober process for each server, four at a time: memory of one process says nothing about two servers. */
async function measure(kinds: readonly HostileKind[]): Promise<Cost[]> {
  const queue = [...kinds];
  const costs: Cost[] = [];
  async function work(): Promise<void> {
    for (let kind = queue.shift(); kind !== undefined; kind = queue.shift()) {
      const server = await startHostile(kind);
      try {
        const line = await probeInChild(server.port);
        costs.push({ kind, requests: server.seen.length, ...JSON.parse(line) });
        expect(server.violations).toEqual([]);
      } finally {
        await server.close();
      }
    }
  }
  await Promise.all(Array.from({ length: 4 }, work));
  return costs;
}

async function probeInChild(port: number): Promise<string> {
  const script = fileURLToPath(new URL("probe-once.ts", import.meta.url));
  const { stdout } = await run(process.execPath, ["--import", compiler, script, String(port)]);
  return stdout;
}

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
