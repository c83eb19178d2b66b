import { describe, expect, test } from "vitest";
import { sendText, serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import type { Fingerprint, Target } from "../../src/model/server.ts";
import type { ProbeOptions } from "../../src/probe/options.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const limits = { wakePauseMs: 60, wakeMs: 900, silentMs: 120, headerMs: 120, recognitionMs: 400 };

async function woken(
  handler: MockHandler,
  more: Partial<Target> = {},
  options: Partial<ProbeOptions> = {},
): Promise<{ found: Fingerprint; ms: number }> {
  const mock = await serve(handler, "/mcp", {});
  const started = performance.now();
  const target = targetAt(mock.port, { scalesToZero: true, ...more });
  const found = await probe(target, probeOptions({ limits, ...options }));
  const ms = performance.now() - started;
  await mock.close();
  return { found, ms };
}

/** The first so many requests are answered in one way, all later ones in another. */
function first(
  requests: number,
  before: MockHandler,
  after: MockHandler = modernOnly,
): MockHandler {
  let asked = 0;
  return (incoming, context) => {
    asked += 1;
    (asked > requests ? after : before)(incoming, context);
  };
}

const says =
  (status: number, headers: Readonly<Record<string, string>> = {}): MockHandler =>
  (incoming) =>
    sendText(incoming, status, `Nothing at ${incoming.path}`, headers);
const silent: MockHandler = () => {};
const cut: MockHandler = ({ request }) => request.socket.destroy();

/** Answers one question, and no other until that one is asked again. */
function dozing(): MockHandler {
  let posts = 0;
  return (incoming, context) => {
    if (incoming.path === "/mcp" && incoming.request.method === "POST") posts += 1;
    const missing = posts === 1 && incoming.path === "/mcp" ? says(404) : silent;
    (posts > 1 ? modernOnly : missing)(incoming, context);
  };
}

describe("a platform that scales to zero is asked again", () => {
  test.each<[string, MockHandler]>([
    ["a gateway says 502", first(4, says(502))],
    ["a gateway says 503", first(4, says(503))],
    ["a gateway says 504", first(4, says(504))],
    ["it says nothing", first(2, silent)],
    ["it closes every connection", first(1, cut)],
    ["it answers once and then keeps silent", dozing()],
  ])("when %s", async (_name, handler) => {
    const { found } = await woken(handler);
    expect(found.confidence).toBe("confirmed");
  });

  test("and both attempts are told, in their order", async () => {
    const { found } = await woken(first(4, says(503)));
    const statuses = found.exchanges.map(({ status }) => status);
    expect(statuses.slice(0, 4)).toEqual([503, 503, 503, 503]);
    expect(statuses.slice(4)).toContain(200);
  });

  test("after a pause where a gateway answered, and at once where nobody did", async () => {
    const slow = { limits: { ...limits, wakePauseMs: 900 } };
    expect((await woken(first(4, says(503)), {}, slow)).ms).toBeGreaterThan(890);
    expect((await woken(first(1, cut), {}, slow)).ms).toBeLessThan(800);
  });

  test("with more patience, up to the limit", async () => {
    let asked = 0;
    const late =
      (ms: number): MockHandler =>
      (incoming, context) => {
        asked += 1;
        setTimeout(() => modernOnly(incoming, context), asked === 1 ? 600 : ms);
      };
    expect((await woken(late(500))).found.confidence).toBe("confirmed");
    asked = 0;
    expect((await woken(late(1500))).found.confidence).not.toBe("confirmed");
  });
});

describe("it is not asked again", () => {
  const count =
    (seen: string[], handler: MockHandler): MockHandler =>
    (incoming, context) => {
      seen.push(incoming.path);
      handler(incoming, context);
    };

  test.each<[string, MockHandler, Partial<Target>]>([
    ["when the platform never sleeps", says(503), { scalesToZero: false }],
    ["when it says that nothing is there", says(404), {}],
    ["when it asks to slow down", says(429), {}],
    ["when it answers by a page for every name", says(421), {}],
  ])("%s", async (_name, handler, more) => {
    const seen: string[] = [];
    const { found } = await woken(count(seen, handler), more);
    expect(found.confidence).not.toBe("confirmed");
    const posts = found.exchanges.filter(
      ({ method, url }) => method === "POST server/discover" && new URL(url).pathname === "/mcp",
    );
    expect(posts).toHaveLength(1);
  });

  test("when the run was interrupted", async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const { found } = await woken(
      count(seen, (incoming) => {
        stop.abort();
        incoming.request.socket.destroy();
      }),
      {},
      { signal: stop.signal },
    );
    expect(found.confidence).not.toBe("confirmed");
    expect(seen).toHaveLength(1);
  });
});
