import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeLimits } from "../../src/probe/limits.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const result = (id: Json | undefined, value: Json): JsonObject => ({
  jsonrpc: "2.0",
  id: id ?? null,
  result: value,
});

function methodOf({ message }: Incoming): string {
  const method = message?.["method"];
  return typeof method === "string" ? method : "";
}

/** Offers these lists; each of so many pages has one entry with a text of so many bytes, sent after so many milliseconds. */
const paging =
  (pages: number, { offers = ["tools"], bytes = 0, delayMs = 0 } = {}): MockHandler =>
  (incoming) => {
    const { message, path, body } = incoming;
    const method = methodOf(incoming);
    const page = Number(/"cursor":"(\d+)"/.exec(body)?.[1] ?? 1);
    const key = method.split("/")[0] ?? "";
    if (path !== "/mcp" || message === undefined || method === "server/discover") {
      sendText(incoming, message === undefined ? 404 : 400, "Server not initialized");
    } else if (method === "initialize") {
      const capabilities = Object.fromEntries(offers.map((name) => [name, {}]));
      const serverInfo = { name: "a", version: "1" };
      const value = { protocolVersion: "2025-06-18", capabilities, serverInfo };
      sendJson(incoming, 200, result(message["id"], value));
    } else if (message["id"] === undefined) incoming.response.writeHead(202).end();
    else {
      const value = {
        [key]: [{ name: `${key} ${page}`, description: "x".repeat(bytes) }],
        ...(page < pages && { nextCursor: String(page + 1) }),
      };
      setTimeout(() => sendJson(incoming, 200, result(message["id"], value)), delayMs);
    }
  };

async function probed(
  handler: MockHandler,
  limits: Partial<ProbeLimits> = {},
): Promise<{ found: Fingerprint; asked: readonly string[] }> {
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port), probeOptions({ limits }));
  await mock.close();
  return { found, asked: mock.seen.map(({ method }) => method).filter((method) => method !== "") };
}

describe("the requests of the lists", () => {
  test("are not those of the search", async () => {
    const { found } = await probed(paging(12));
    expect(found.tools).toHaveLength(12);
    expect(found.truncated).toBe(false);
  });

  test.each([
    [1, undefined, "unknown"],
    [2, 1, "open"],
    [3, 2, "open"],
  ])("are %d at most, and what they leave out is told", async (listRequests, tools, verdict) => {
    const { found, asked } = await probed(paging(9), { listRequests });
    expect(found.tools?.length).toBe(tools);
    expect(found.truncated).toBe(tools !== undefined);
    expect(found.authentication.verdict).toBe(verdict);
    expect(asked.filter((method) => method !== "server/discover").slice(0, 2)).toEqual([
      "initialize",
      "notifications/initialized",
    ]);
    expect(asked.filter((method) => method === "tools/list")).toHaveLength(tools ?? 0);
  });

  test("begin by saying that the handshake is over, once, and only where there was one", async () => {
    const { asked } = await probed(streamableStateless);
    expect(asked.filter((method) => method === "notifications/initialized")).toHaveLength(1);
    const mock = await startMcpMock("modern-only");
    await probe(targetAt(mock.port), probeOptions());
    await mock.close();
    expect(mock.seen.some(({ method }) => method === "notifications/initialized")).toBe(false);
  });

  test.each([
    [20, 20, false],
    [21, 20, true],
  ])("read %d pages as %d", async (pages, tools, truncated) => {
    const { found } = await probed(paging(pages));
    expect(found.tools).toHaveLength(tools);
    expect(found.truncated).toBe(truncated);
  });
});

test("bytes of a list are counted over its pages, and each list has its own", async () => {
  const offers = ["tools", "resources", "prompts"];
  const { found } = await probed(paging(3, { offers, bytes: 100_000 }), { listBytes: 330_000 });
  expect(found).toMatchObject({ resources: 3, prompts: 3, truncated: false });
  expect(found.tools).toHaveLength(3);
  const cut = await probed(paging(9, { bytes: 100_000 }), { listBytes: 330_000 });
  expect(cut.found.tools).toHaveLength(3);
  expect(cut.found.truncated).toBe(true);
});

test.each(["tools", "resources", "prompts"])(
  "a first page of %s over the limit is cut and not counted",
  async (name) => {
    const big = paging(1, { offers: ["tools", "resources", "prompts"], bytes: 300_000 });
    const small = paging(1, { offers: ["tools", "resources", "prompts"] });
    const { found } = await probed(
      (incoming, context) => {
        const own = methodOf(incoming).startsWith(name);
        (own ? big : small)(incoming, context);
      },
      { listBytes: 100_000 },
    );
    expect(found.truncated).toBe(true);
    const counts = {
      tools: found.tools?.length,
      resources: found.resources,
      prompts: found.prompts,
    };
    const expected = { tools: 1, resources: 1, prompts: 1, [name]: undefined };
    expect(counts).toEqual(expected);
  },
);

test("pages that fill the limit exactly or pass it in one piece are the last", async () => {
  const { found } = await probed(paging(9, { bytes: 3000 }), { listBytes: 5000 });
  expect(found.tools).toHaveLength(2);
  expect(found.truncated).toBe(true);
  expect(found.exchanges.every(({ bytes }) => bytes >= 0)).toBe(true);
});

test("the time of the lists is their own", async () => {
  const { found } = await probed(paging(9, { delayMs: 150 }), { enumerationMs: 700 });
  const count = found.tools?.length ?? 0;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(7);
  expect(found.truncated).toBe(true);
  const { found: whole } = await probed(paging(4, { delayMs: 150 }), { recognitionMs: 450 });
  expect(whole.tools).toHaveLength(4);
});

test("entries that are no tools are left out", async () => {
  const { found } = await probed((incoming, context) => {
    if (incoming.message?.["method"] !== "tools/list") streamableStateless(incoming, context);
    else {
      const tools = [null, { title: "no name" }, { name: "a" }];
      sendJson(incoming, 200, result(incoming.message["id"], { tools }));
    }
  });
  expect(found.tools?.map(({ name }) => name)).toEqual(["a"]);
});
