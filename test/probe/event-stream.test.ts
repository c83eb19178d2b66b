import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeLimits } from "../../src/probe/limits.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

type Post = (incoming: Incoming, stream: ServerResponse, answer: string) => void;

const accepts: Post = ({ response }, stream, answer) => {
  response.writeHead(202).end();
  stream.write(`data: ${answer}\n\n`);
};

/** A stream at /sse that begins in this way; what is posted elsewhere is answered in that one. */
async function streamed(
  begin: (port: number) => string,
  post: Post = accepts,
  limits: Partial<ProbeLimits> = {},
): Promise<{ found: Fingerprint; open: number; posted: readonly string[]; ms: number }> {
  let stream: ServerResponse | undefined;
  let open = 0;
  const posted: string[] = [];
  const handler: MockHandler = (incoming, context) => {
    const { request, response, path, message } = incoming;
    if (path === "/sse" && request.headers.accept === "text/event-stream") {
      stream = response;
      open += 1;
      response.on("close", () => {
        open -= 1;
      });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(begin(context.port));
    } else if (stream && message && message["method"] !== "server/discover") {
      posted.push(request.url ?? "");
      post(incoming, stream, JSON.stringify(answerLegacy(message, context) ?? {}));
    } else sendText(incoming, 404, `No ${path}`);
  };
  const mock = await serve(handler, "/mcp", {});
  const started = performance.now();
  const found = await probe(targetAt(mock.port), probeOptions({ limits }));
  const ms = performance.now() - started;
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  const left = open;
  await mock.close();
  return { found, posted, open: left, ms };
}

const endpoint = (place: string) => (): string => `event: endpoint\ndata: ${place}\n\n`;
const missing: Post = (incoming) => sendText(incoming, 404, "no");

describe("an endpoint that does not answer", () => {
  test.each([
    ["/m?sessionId=1", "confirmed"],
    ["/m?session_id=1", "confirmed"],
    ["/m/session-1/", "confirmed"],
    ["/m?my-session=1", "confirmed"],
    ["/m?a=1&id=abcdefgh", "confirmed"],
    ["/m?id=abcdefg", "likely"],
    ["/m?id", "likely"],
    ["/session", "likely"],
    ["/m", "likely"],
  ])("at %s is %s", async (place, confidence) => {
    const { found, posted, open } = await streamed(endpoint(place), missing);
    expect(found.confidence).toBe(confidence);
    expect(found.authentication.verdict).toBe("unknown");
    expect(found.tools).toBeUndefined();
    expect(posted[0]).toBe(place);
    expect(open).toBe(0);
    expect(found.because).toBe(
      confidence === "likely"
        ? "The event stream names an endpoint that did not answer"
        : "The event stream named an endpoint with a session of its own",
    );
  });

  test("but asks for a key says so", async () => {
    const { found } = await streamed(endpoint("/m?sessionId=1"), (incoming) => {
      sendText(incoming, 401, "X-API-Key is missing");
    });
    expect(found).toMatchObject({
      confidence: "confirmed",
      authentication: { verdict: "static-secret", scheme: "X-API-Key" },
    });
  });

  test("is not waited for once its stream has ended", async () => {
    const { found, ms } = await streamed(endpoint("/m?sessionId=1"), ({ response }, stream) => {
      response.writeHead(202).end();
      setTimeout(() => stream.end(), 30);
    });
    expect(found.authentication.verdict).toBe("unknown");
    expect(ms).toBeLessThan(3000);
  });
});

describe("an endpoint that answers", () => {
  test.each<[string, (port: number) => string]>([
    ["by a path", endpoint("/m?sessionId=1")],
    ["by its own origin", (port) => endpoint(`http://127.0.0.1:${port}/m?sessionId=1`)()],
    ["as it sees itself behind a proxy", endpoint("http://localhost:9/m?sessionId=1")],
    ["next to the stream", endpoint("m?sessionId=1")],
    ["with space around it", endpoint("  /m?sessionId=1  ")],
    ["without a session", endpoint("/m?sessionId=1")],
  ])("is read %s", async (_name, begin) => {
    const { found, posted, open } = await streamed(begin);
    expect(found).toMatchObject({
      confidence: "confirmed",
      because: "The event stream named its endpoint and answered initialize there",
      authentication: { verdict: "open" },
      warnings: [],
    });
    expect(new Set(posted)).toEqual(new Set(["/m?sessionId=1"]));
    expect(open).toBe(0);
  });

  test("is heard among other messages, by its id", async () => {
    const { found } = await streamed(endpoint("/m"), ({ response }, stream, answer) => {
      response.writeHead(202).end();
      stream.write(`data: ${JSON.stringify(rpcError(1, -32_603, "Not yours"))}\n\n`);
      stream.write(`data: {"jsonrpc":"2.0","id":7,"method":"ping"}\n\ndata: nonsense\n\n`);
      stream.write(`data: ${answer}\n\n`);
    });
    expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
    expect(found.tools?.length).toBeGreaterThan(0);
    expect(found.warnings).toEqual(["The server sent a request of its own; it was not answered"]);
  });

  test("may take longer for its lists than the search may", async () => {
    const slow: Post = ({ message, response }, stream, answer) => {
      response.writeHead(202).end();
      const ms = message?.["method"] === "tools/list" ? 700 : 0;
      setTimeout(() => stream.write(`data: ${answer}\n\n`), ms);
    };
    const { found } = await streamed(endpoint("/m"), slow, { recognitionMs: 500 });
    expect(found.authentication.verdict).toBe("open");
    const cut = await streamed(endpoint("/m"), slow, { enumerationMs: 300 });
    expect(cut.found).toMatchObject({
      confidence: "confirmed",
      authentication: { verdict: "unknown" },
    });
  });

  test("by an error is no list", async () => {
    const { found } = await streamed(endpoint("/m"), ({ message, response }, stream, answer) => {
      response.writeHead(202).end();
      const refusal = JSON.stringify(rpcError(message?.["id"], -32_603, "Internal error"));
      stream.write(`data: ${message?.["method"] === "tools/list" ? refusal : answer}\n\n`);
    });
    expect(found).toMatchObject({
      confidence: "confirmed",
      authentication: { verdict: "unknown" },
    });
    expect(found.tools).toBeUndefined();
  });
});

test("a stream that keeps its first event back is waited for only so long", async () => {
  const { found, ms, open } = await streamed(() => ": wait\n\n", accepts, { firstEventMs: 200 });
  expect(found.confidence).toBe("unknown");
  expect(ms).toBeLessThan(2500);
  expect(open).toBe(0);
});

describe("a stream that names no place of its own", () => {
  test.each<[string, string]>([
    ["an origin elsewhere", "event: endpoint\ndata: https://other.example/m?sessionId=1\n\n"],
    ["another scheme", "event: endpoint\ndata: ftp://localhost:9/m?sessionId=1\n\n"],
    ["another port", "event: endpoint\ndata: http://127.0.0.1:9/m?sessionId=1\n\n"],
    ["a host that begins alike", "event: endpoint\ndata: http://localhost.example/m\n\n"],
    ["what is no place", "event: endpoint\ndata: http://[\n\n"],
    ["what would break a line", "event: endpoint\ndata: /m\u0001?sessionId=1\n\n"],
    ["too long a place", `event: endpoint\ndata: /m?sessionId=${"1".repeat(2048)}\n\n`],
  ])("but %s is not followed, and told", async (_name, begin) => {
    const { found, posted, open } = await streamed(() => begin);
    expect(posted).toEqual([]);
    expect(open).toBe(0);
    expect(found.confidence).toBe("none");
    expect(found.warnings).toEqual([
      "The event stream names an endpoint at another origin; nothing was sent there",
    ]);
  });

  test("but begins with another event is none", async () => {
    const { found, open } = await streamed(() => 'event: price\ndata: {"a":1}\n\n');
    expect(found.confidence).toBe("none");
    expect(found.warnings).toEqual([]);
    expect(open).toBe(0);
  });
});

test("a refusal of the stream is looked into like any other", async () => {
  const mock = await serve(
    (incoming) => {
      if (incoming.path === "/sse") sendJson(incoming, 401, rpcError(null, -32_001, "No token"));
      else sendText(incoming, 404, "no");
    },
    "/mcp",
    {},
  );
  const found = await probe(targetAt(mock.port), probeOptions());
  await mock.close();
  expect(found).toMatchObject({
    confidence: "auth-required",
    authentication: { verdict: "static-secret" },
  });
  expect(new URL(found.url).pathname).toBe("/sse");
});
