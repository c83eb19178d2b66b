import { expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import { candidatesFor } from "../../src/probe/paths.ts";
import { movedTo } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

const slash: MockHandler = (incoming, context) => {
  if (incoming.path === "/mcp") {
    sendText(incoming, 307, "", { location: "http://internal.invalid/mcp/" });
  } else movedTo("/mcp/", streamableStateful)(incoming, context);
};

const hub = legacySse();
const hubAtMcp: MockHandler = (incoming, context) => {
  if (incoming.path === "/mcp" && incoming.request.method === "GET") {
    hub({ ...incoming, path: "/sse" }, context);
  } else hub({ ...incoming, path: incoming.path === "/sse" ? "/none" : incoming.path }, context);
};

const named: MockHandler = (incoming, context) => {
  if (incoming.path === "/" && incoming.request.method === "GET") {
    sendJson(incoming, 200, { message: "Use /tools/mcp-api for MCP protocol communication" });
  } else movedTo("/tools/mcp-api", modernOnly)(incoming, context);
};

/** A modern envelope around a server that knows only legacy versions, as the Go SDK answers. */
const legacyOnly: MockHandler = (incoming, context) => {
  const { message } = incoming;
  if (message?.["method"] !== "server/discover") {
    streamableStateful(incoming, context);
    return;
  }
  const result = { supportedVersions: ["2025-06-18", "2025-11-25"], capabilities: { tools: {} } };
  sendJson(incoming, 200, { jsonrpc: "2.0", id: message["id"] ?? null, result });
};

const places: readonly (readonly [
  name: string,
  handler: MockHandler,
  path: string,
  era: string,
])[] = [
  ["behind a redirect that only adds a slash", slash, "/mcp/", "legacy"],
  ["at the root", movedTo("/", streamableStateful), "/", "legacy"],
  ["as an event stream at /mcp", hubAtMcp, "/mcp", "legacy"],
  ["where the start page says", named, "/tools/mcp-api", "modern"],
  ["behind a discover answer that lists legacy versions", legacyOnly, "/mcp", "legacy"],
];

test.each(places)("a server %s is found within the budget", async (_name, handler, path, era) => {
  const { found } = await probeHandler(handler);
  expect(found).toMatchObject({
    confidence: "confirmed",
    era,
    authentication: { verdict: "open" },
  });
  expect(new URL(found.url).pathname).toBe(path);
});

test("a server under a forwarded prefix is found first", async () => {
  const { found } = await probeHandler(movedTo("/team/a/mcp", modernOnly), {
    paths: ["/team/a/*"],
  });
  expect(found.confidence).toBe("confirmed");
  expect(found.exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /team/a/mcp",
    "POST tools/list /team/a/mcp",
    "GET /.well-known/oauth-protected-resource/team/a/mcp",
    "GET /.well-known/oauth-protected-resource",
  ]);
});

test("the error that names supported versions is proof, even when no list follows", async () => {
  const { found } = await probeHandler((incoming) => {
    const id = incoming.message?.["id"] ?? null;
    const data = { supported: ["2027-03-01"], requested: "2026-07-28" };
    sendJson(incoming, 400, rpcError(id, -32_022, "Unsupported protocol version", data));
  });
  expect(found).toMatchObject({
    confidence: "confirmed",
    era: "modern",
    protocolVersions: ["2027-03-01"],
    authentication: { verdict: "unknown" },
  });
  expect(found.tools).toBeUndefined();
});

test("a start page that names MCP is a hint and no more", async () => {
  const { found } = await probeHandler((incoming) => {
    if (incoming.request.method === "POST") sendText(incoming, 404, "no");
    else sendJson(incoming, 200, { name: "Jira MCP Server" });
  });
  expect(found.confidence).toBe("likely");
});

/** As cloud-run-mcp and context7 publish it. */
const metadataAtRoot: MockHandler = (incoming, context) => {
  if (incoming.path === "/.well-known/oauth-protected-resource") {
    sendJson(incoming, 200, { resource: `http://127.0.0.1:${context.port}/mcp` });
  } else movedTo("/mcp", modernOnly)(incoming, context);
};

test("OAuth metadata at the root counts when the path has none of its own", async () => {
  const {
    found: { authentication },
  } = await probeHandler(metadataAtRoot);
  expect(authentication).toMatchObject({ verdict: "open", advertisesOauth: true });
});

test("OAuth metadata at the root tells what a refusal at /mcp asks for", async () => {
  const { found } = await probeHandler((incoming, context) => {
    if (incoming.path === "/mcp") sendJson(incoming, 401, { error: "invalid_token" });
    else metadataAtRoot(incoming, context);
  });
  expect(found).toMatchObject({
    confidence: "auth-required",
    authentication: { verdict: "oauth", advertisesOauth: true },
  });
});

/** A server that fails at every path, as MCP Inspector's proxy does before it was told what to start. */
const failing =
  (exposed: string): MockHandler =>
  (incoming) => {
    sendJson(incoming, 500, {}, { "access-control-expose-headers": exposed });
  };

test.each([
  ["mcp-session-id", "likely"],
  ["Link, Mcp-Protocol-Version", "likely"],
  ["x-request-id", "none"],
  ["x-mcp-session-identity", "none"],
])("a failing server whose CORS exposes %s is %s", async (exposed, confidence) => {
  const { found } = await probeHandler(failing(exposed));
  expect(found.confidence).toBe(confidence);
  expect(found.authentication.verdict).toBe("unknown");
});

test.each([
  [404, "nginx", { frontDoor: true }, "unknown"],
  [404, "awselb/2.0", {}, "unknown"],
  [502, "awselb/2.0", {}, "unknown"],
  [404, "nginx", {}, "none"],
  [404, "awselb/2.0", { hosts: ["a.example.com"] }, "none"],
  [410, "awselb/2.0", {}, "none"],
  [421, "nginx", { hosts: ["a.example.com"] }, "unknown"],
  [503, "nginx", { hosts: ["a.example.com"] }, "unknown"],
] as const)("a %d of %s at %j is %s", async (status, server, target, confidence) => {
  const { found } = await probeHandler(
    (incoming) => sendText(incoming, status, "Nothing here", { server }),
    target,
  );
  expect(found.confidence).toBe(confidence);
});

test("a refusal of the host name that localhost does not lift either stays a refusal of the name", async () => {
  const { found } = await probeHandler((incoming) => {
    const local = (incoming.request.headers.host ?? "").startsWith("localhost");
    if (local) sendText(incoming, 404, "no");
    else sendText(incoming, 403, "Invalid Host header");
  });
  expect(found).toMatchObject({
    confidence: "unknown",
    because: expect.stringContaining("host name"),
  });
});

test("every candidate says why and none is asked twice", () => {
  const all = candidatesFor({
    hosts: ["a.azurewebsites.net"],
    paths: ["/mcp", "/a/*", "/a", "/x/sse", "/bad path", "*"],
  });
  expect(new Set(all.map(({ path, step }) => `${step} ${path}`)).size).toBe(all.length);
  expect(all.every(({ reason }) => reason.length > 0)).toBe(true);
  expect(all.slice(0, 4).map(({ path }) => path)).toEqual(["/mcp", "/a/mcp", "/a/sse", "/a"]);
  expect(all.some(({ path }) => path.includes("bad"))).toBe(false);
});
