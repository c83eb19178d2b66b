import { expect, test } from "vitest";
import {
  decoyKinds,
  startDecoy,
  startMcpMock,
  type McpMock,
  type McpMockKind,
} from "../../mocks/mcp/index.ts";
import { encodeRequest, type OutgoingRequest } from "../../src/probe/methods.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const http = /^(GET|OPTIONS|DELETE|POST) \/\S* HTTP\/1\.1\r\n/;
const mcp = new Set([
  "server/discover",
  "initialize",
  "notifications/initialized",
  "tools/list",
  "resources/list",
  "prompts/list",
]);
const kinds: readonly McpMockKind[] = [
  "streamable-stateful",
  "streamable-stateless",
  "streamable-sse",
  "modern-only",
  "legacy-sse",
  "oauth-protected",
  "api-key",
  "api-key-site-wide",
  "host-check",
  "open-handshake",
];

async function recordWire(mock: McpMock): Promise<string[]> {
  const wire: string[] = [];
  const onRequest = (bytes: Uint8Array): void => {
    wire.push(Buffer.from(bytes).toString("utf8"));
  };
  await probe(targetAt(mock.port), probeOptions({ onRequest, limits: { recognitionMs: 800 } }));
  await mock.close();
  return wire;
}

test("nothing but the allowed methods leaves the process, whatever answers", async () => {
  const mocks = [
    ...(await Promise.all(kinds.map(async (kind) => startMcpMock(kind)))),
    ...(await Promise.all(decoyKinds.map(async (kind) => startDecoy(kind)))),
  ];
  const wire = (await Promise.all(mocks.map(recordWire))).flat();
  expect(wire.length).toBeGreaterThan(60);
  for (const request of wire) {
    expect(request).toMatch(http);
    expect(request).toContain("\r\nAccept-Encoding: identity\r\n");
    const body = request.slice(request.indexOf("\r\n\r\n") + 4);
    if (!request.startsWith("POST")) expect(body).toBe("");
    else {
      const message: { method: string; result?: unknown } = JSON.parse(body);
      expect(mcp.has(message.method)).toBe(true);
      expect(message.result).toBeUndefined();
    }
  }
});

const base: OutgoingRequest = { http: "GET", path: "/", host: "a", headers: [] };
const refused: readonly (readonly [string, object])[] = [
  ["another HTTP method", { http: "PUT" }],
  ["a tool call", { http: "POST", message: { method: "tools/call", id: "1" } }],
  ["a resource read", { http: "POST", message: { method: "resources/read", id: "1" } }],
  ["a POST without a message", { http: "POST" }],
  ["a GET with a message", { message: { method: "tools/list", id: "1" } }],
  ["a path that ends its line", { path: "/ HTTP/1.1\r\nX: y" }],
  ["a host that ends its line", { host: "a\r\nX: y" }],
  ["a header that ends its line", { headers: [["A", "b\r\nC: d"]] }],
];

test.each(refused)("%s cannot be written", (_name, change) => {
  expect(() => encodeRequest(Object.assign({}, base, change))).toThrow(RangeError);
});
