import { describe, expect, test } from "vitest";
import { sendText, type Incoming } from "../../mocks/mcp/mock-server.ts";
import { judgeAuthentication, scoreRefusal } from "../../src/probe/authentication.ts";
import {
  demandsCredentials,
  refusedByLibrary,
  rpcErrorText,
  speaksOfMcp,
} from "../../src/probe/rpc-error.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { at, fails, json, missing, page, says } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";
import { reply } from "./reply.ts";

const said = (status: number, body: string, more: Partial<Reply> = {}): Reply =>
  reply(status, {}, body, more);

const error = (message: string, version = "2.0"): string =>
  JSON.stringify({ jsonrpc: version, id: 1, error: { code: -32_000, message } });

test("an error is read from a message of JSON-RPC 2.0 alone", () => {
  expect(rpcErrorText(said(400, error("no")))).toBe("no");
  expect(rpcErrorText(said(400, error("no", "1.0")))).toBeUndefined();
  expect(rpcErrorText(said(400, '{"jsonrpc":"2.0","result":{}}'))).toBeUndefined();
});

const version = "Unsupported protocol version";
test.each([
  [400, error("No valid session"), true],
  [200, error("No valid session"), false],
  [500, error(version), true],
  [400, error("no such pet"), false],
  [400, version, true],
  [500, version, false],
  [400, "No valid session", false],
])("%i %s speaks of MCP: %s", (status, body, speaks) => {
  expect(speaksOfMcp(said(status, body))).toBe(speaks);
});

test.each([
  [400, "Missing API key", true],
  [500, "Missing API key", false],
  [400, "<p>Missing API key", false],
  [200, error("Missing API key"), true],
  [200, error("Missing pet"), false],
])("%i %s demands credentials: %s", (status, body, demands) => {
  expect(demandsCredentials(said(status, body))).toBe(demands);
});

test("the words of libraries count with 401 alone", () => {
  expect(refusedByLibrary(said(401, "no bearer token\n"))).toBe(true);
  expect(refusedByLibrary(said(403, "no bearer token\n"))).toBe(false);
});

test("metadata makes OAuth of whatever demands credentials", () => {
  const metadata = { resource: "https://a.example/", servers: [], mentionsMcp: false };
  const signs = { listing: "unasked", hostCheck: false, mtls: false, metadata } as const;
  expect(judgeAuthentication({ ...signs, refusal: said(400, "Missing API key") }).verdict).toBe(
    "oauth",
  );
  expect(judgeAuthentication({ ...signs, refusal: said(400, "Missing pet") }).verdict).toBe(
    "unknown",
  );
});

test("a refusal in an event is JSON-RPC too", () => {
  const event = { event: "message", data: error("Unauthorized") };
  expect(scoreRefusal({ refusal: said(200, "", { events: [event] }) }).score).toBe(2);
  expect(scoreRefusal({ refusal: said(200, "") }).score).toBe(0);
});

describe("errors in JSON-RPC at one place", () => {
  /** GET fails there, POST says nothing. */
  const failing =
    (path: string, status: number, elsewhere = missing): typeof missing =>
    (incoming: Incoming) => {
      if (incoming.path !== path) elsewhere(incoming);
      else if (incoming.request.method === "POST") sendText(incoming, 500, "");
      else fails(status, "no")(incoming);
    };
  const rows: readonly (readonly [name: string, handler: typeof missing, told: boolean])[] = [
    ["named for MCP", failing("/mcp", 405), true],
    ["named for MCP, with 200", failing("/mcp", 200), false],
    ["of another name", failing("/sse", 405), false],
    ["and at another", failing("/mcp", 405, fails(405, "no")), false],
  ];
  test.concurrent.each(rows)("%s", async (_name, handler, told) => {
    const { found } = await probeHandler(handler);
    expect(found.confidence === "likely").toBe(told);
  });

  test.concurrent("say nothing where the same place was all that answered", async () => {
    const { found } = await probeHandler(fails(405, "no"));
    expect(found.confidence).not.toBe("likely");
  });
});

test("a key that an event stream demands with 400 is told", async () => {
  const { found } = await probeHandler(at("/sse", says(400, "Missing API key", page), missing));
  expect(found).toMatchObject({
    confidence: "likely",
    authentication: { verdict: "static-secret" },
  });
});

test("an event stream at the root that names no endpoint is no server", async () => {
  const { found } = await probeHandler((incoming) => {
    const { request, response, path } = incoming;
    if (path !== "/" || request.method !== "GET") missing(incoming);
    else response.writeHead(200, { "content-type": "text/event-stream" }).end("data: 1\n\n");
  });
  expect(found.confidence).toBe("none");
  expect(
    found.exchanges.filter(({ method, url }) => method === "GET" && url.endsWith("/")),
  ).toHaveLength(1);
});

test("CORS for MCP's headers counts on the answer before the last too", async () => {
  const headers = { ...json, "access-control-expose-headers": "mcp-session-id" };
  const { found } = await probeHandler((incoming) => {
    const { path, message } = incoming;
    if (path !== "/mcp" || message === undefined) missing(incoming);
    else if (message["method"] === "initialize") sendText(incoming, 500, "");
    else sendText(incoming, 400, "{}", headers);
  });
  expect(found.confidence).toBe("likely");
});
