import { expect, test } from "vitest";
import { sendJson, sendText, serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { correlate } from "../../src/correlate/correlate.ts";
import { probe } from "../../src/probe/probe.ts";
import { identifyProduct } from "../../src/probe/signatures/index.ts";
import { severityOf } from "../../src/rules/severity.ts";
import { classify } from "../../src/tools/classify.ts";
import { anExposure, aWorkload } from "../fixtures/builders.ts";
import { probeOptions, targetAt } from "./target.ts";

const exposing = { "access-control-expose-headers": "mcp-session-id" };

/** MCP Inspector as it answers in its three modes. */
const page: MockHandler = (incoming) => {
  const { method } = incoming.request;
  const html = "<!doctype html><html><head><title>MCP Inspector</title></head></html>";
  if (method === "GET") sendText(incoming, 200, html, { "content-type": "text/html" });
  else sendText(incoming, 405, "");
};
const proxy: MockHandler = (incoming) => {
  const message =
    "Authentication required. Use the session token shown in the console when starting";
  const open = incoming.path === "/health" || incoming.path === "/";
  if (open) sendText(incoming, 404, "Cannot GET /", { "content-type": "text/html", ...exposing });
  else sendJson(incoming, 401, { error: "Unauthorized", message }, exposing);
};
const openProxy: MockHandler = (incoming) => {
  const { path, request } = incoming;
  const doors = ["POST /mcp", "GET /sse", "GET /mcp"];
  if (doors.includes(`${request.method} ${path}`)) sendJson(incoming, 500, {}, exposing);
  else sendText(incoming, 404, "Cannot", { "content-type": "text/html", ...exposing });
};

async function serversAt(handler: MockHandler) {
  const mock = await serve(handler, "/mcp", {});
  const fingerprint = await probe(targetAt(mock.port), probeOptions());
  await mock.close();
  expect(mock.seen.map(({ path }) => path)).not.toContain("/config");
  const exposure = anExposure();
  return correlate({
    exposures: [exposure],
    workloads: [aWorkload()],
    fingerprints: [fingerprint],
    targets: [{ target: fingerprint.target, exposures: [exposure.id] }],
    identities: new Map(),
    vantage: { kind: "internet" },
    classifyTool: (tool, product) =>
      classify(tool, { ...(product && { product }), useProductTables: true }),
    identify: ({ serverInfo, tools, banners }) =>
      identifyProduct({ serverInfo, tools: tools.map(({ name }) => name), banners }),
    severityOf,
  });
}

test.each([
  ["its page", page, "related"],
  ["its proxy", proxy, "auth-required"],
  ["its proxy without a token", openProxy, "likely"],
] as const)(
  "MCP Inspector is told by %s without asking for its configuration",
  async (_name, handler, confidence) => {
    const [server] = await serversAt(handler);
    expect(server?.endpoints[0]).toMatchObject({
      confidence,
      product: { id: "mcp-inspector", basis: "signals", kind: "developer-tool" },
    });
  },
);

const strangers: readonly (readonly [string, MockHandler])[] = [
  [
    "fails only at one door",
    (incoming) => {
      if (incoming.path === "/mcp") sendJson(incoming, 500, {}, exposing);
      else sendJson(incoming, 404, {}, exposing);
    },
  ],
  ["fails everywhere and exposes nothing", (incoming) => sendJson(incoming, 500, {})],
  [
    "speaks of it in an article",
    (incoming) =>
      sendText(incoming, 200, "<title>News</title><p>MCP Inspector had a hole</p>", {
        "content-type": "text/html",
      }),
  ],
];

test.each(strangers)("a server that %s is not taken for it", async (_name, handler) => {
  const [server] = await serversAt(handler);
  expect(server?.endpoints[0]?.product).toBeUndefined();
});
