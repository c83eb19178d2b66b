import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { answerModern, rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import { probeHandler } from "./probe-handler.ts";

const holding: MockHandler = (incoming, context) => {
  if (incoming.message?.["method"] !== "notifications/initialized") {
    streamableStateless(incoming, context);
    return;
  }
  incoming.response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
};

test("a server that holds its answer to a notification open is listed all the same", async () => {
  const started = performance.now();
  const { found } = await probeHandler(holding);
  expect(found.tools?.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(4000);
});

/** A list in pages whose last one says so with null. */
const paging: MockHandler = (incoming, context) => {
  const { message, body } = incoming;
  if (message?.["method"] !== "tools/list") {
    streamableStateless(incoming, context);
    return;
  }
  const last = body.includes('"cursor":"2"');
  const result = {
    tools: [{ name: last ? "b" : "a", inputSchema: { type: "object" } }],
    nextCursor: last ? null : "2",
  };
  sendJson(incoming, 200, { jsonrpc: "2.0", id: message["id"] ?? null, result });
};

test("pages are followed to a cursor that is null", async () => {
  const { found } = await probeHandler(paging);
  expect(found.tools?.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(found.truncated).toBe(false);
});

test("a server that knows only a later revision is asked in that one", async () => {
  const later = "2027-03-01";
  const { found } = await probeHandler((incoming, context) => {
    const { message, request } = incoming;
    const asked = JSON.stringify(message ?? {}).includes(`"${later}"`);
    const header = request.headers["mcp-protocol-version"] === later;
    if (message === undefined || incoming.path !== "/mcp") sendText(incoming, 404, "no");
    else if (!asked || !header) {
      const data = { supported: [later], requested: "2026-07-28" };
      sendJson(incoming, 400, rpcError(null, -32_022, "Unsupported protocol version", data));
    } else {
      const text = JSON.stringify(message).replaceAll(later, "2026-07-28");
      const { body } = answerModern(
        JSON.parse(text),
        String(request.headers["mcp-method"]),
        context,
      );
      const answered = JSON.stringify(body).replaceAll("2026-07-28", later);
      sendJson(incoming, 200, JSON.parse(answered));
    }
  });
  expect(found).toMatchObject({
    confidence: "confirmed",
    era: "modern",
    protocolVersions: [later],
    serverInfo: { name: "mock-mcp" },
    authentication: { verdict: "open" },
  });
  expect(found.tools?.length).toBeGreaterThan(0);
});

test("answers that are encoded against our wish are unknown and never none", async () => {
  const { found } = await probeHandler(({ response }) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync("{}"));
  });
  expect(found).toMatchObject({
    confidence: "unknown",
    because: expect.stringContaining("encodes"),
  });
});
