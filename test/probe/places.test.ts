import { expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import { sendJson, sendText, serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import { candidatesFor } from "../../src/probe/paths.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

/** The same server at another path. */
function movedTo(path: string, handler: MockHandler, from = "/mcp"): MockHandler {
  return (incoming, context) => {
    if (incoming.path === path) handler({ ...incoming, path: from }, context);
    else sendText(incoming, 404, `Cannot ${incoming.request.method} ${incoming.path}`);
  };
}

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

async function probeHandler(
  handler: MockHandler,
  paths: readonly string[] = [],
): Promise<Fingerprint> {
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port, { paths }), probeOptions());
  await mock.close();
  expect(mock.violations).toEqual([]);
  return found;
}

test.each(places)("a server %s is found within the budget", async (_name, handler, path, era) => {
  const found = await probeHandler(handler);
  expect(found).toMatchObject({
    confidence: "confirmed",
    era,
    authentication: { verdict: "open" },
  });
  expect(new URL(found.url).pathname).toBe(path);
});

test("a server under a forwarded prefix is found first", async () => {
  const found = await probeHandler(movedTo("/team/a/mcp", modernOnly), ["/team/a/*"]);
  expect(found.confidence).toBe("confirmed");
  expect(found.exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /team/a/mcp",
    "POST tools/list /team/a/mcp",
    "GET /.well-known/oauth-protected-resource/team/a/mcp",
    "GET /.well-known/oauth-protected-resource",
  ]);
});

test("the error that names supported versions is proof, even when no list follows", async () => {
  const found = await probeHandler((incoming) => {
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
  const found = await probeHandler((incoming) => {
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
  const { authentication } = await probeHandler(metadataAtRoot);
  expect(authentication).toMatchObject({ verdict: "open", advertisesOauth: true });
});

test("OAuth metadata at the root tells what a refusal at /mcp asks for", async () => {
  const found = await probeHandler((incoming, context) => {
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
  const found = await probeHandler(failing(exposed));
  expect(found.confidence).toBe(confidence);
  expect(found.authentication.verdict).toBe("unknown");
});

const absent: MockHandler = ({ response }) => {
  response.writeHead(404, { "content-type": "text/html", server: "nginx" }).end("<h1>404</h1>");
};

test("a host where the likeliest places are missing in the same words is asked three times", async () => {
  const { confidence, exchanges } = await probeHandler(absent);
  expect(confidence).toBe("none");
  expect(exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /mcp",
    "GET /sse",
    "POST server/discover /",
  ]);
});

test("a host that gives every question the same page is asked at its root and left alone", async () => {
  const { confidence, exchanges } = await probeHandler((incoming) => {
    sendText(incoming, 200, "<title>App</title>", { "content-type": "text/html" });
  });
  expect(confidence).toBe("none");
  expect(exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /mcp",
    "GET /sse",
    "POST server/discover /",
    "GET /",
  ]);
});

test("a password in front of one place does not hide the server at another", async () => {
  const found = await probeHandler((incoming, context) => {
    const basic = { "www-authenticate": "Basic" };
    if (incoming.path === "/mcp") sendText(incoming, 401, "Password", basic);
    else movedTo("/", modernOnly)(incoming, context);
  });
  expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  expect(new URL(found.url).pathname).toBe("/");
});

test("a refusal that is surely in front of MCP ends the search", async () => {
  const found = await probeHandler((incoming, context) => {
    if (incoming.path === "/mcp") sendJson(incoming, 401, rpcError(null, -32_001, "No token"));
    else movedTo("/", modernOnly)(incoming, context);
  });
  expect(found.confidence).toBe("auth-required");
  const paths = found.exchanges.map(({ url }) => new URL(url).pathname);
  expect(paths).not.toContain("/sse");
  expect(paths).not.toContain("/");
});

const elsewhere =
  (status: number, headers: Readonly<Record<string, string>>, body = "Not Found"): MockHandler =>
  (incoming, context) => {
    if (incoming.path === "/api/mcp") modernOnly({ ...incoming, path: "/mcp" }, context);
    else sendText(incoming, status, body, headers);
  };

test.each([
  ["that names Next.js", elsewhere(404, { "x-powered-by": "Next.js" }), {}],
  ["of Vercel", elsewhere(404, { "x-vercel-id": "fra1::a" }), {}],
  ["of Express", elsewhere(404, { "x-powered-by": "Express" }), {}],
  ["of uvicorn", elsewhere(404, { server: "uvicorn" }), {}],
  ["of Kestrel", elsewhere(404, { server: "Kestrel" }), {}],
  ["that is another one each time", movedTo("/api/mcp", modernOnly), {}],
  ["behind a name with MCP in it", elsewhere(404, {}), { hosts: ["mcp.example.com"] }],
])("a 404 %s does not end the search", async (_name, handler, target) => {
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port, target), probeOptions());
  await mock.close();
  expect(found.confidence).toBe("confirmed");
  expect(new URL(found.url).pathname).toBe("/api/mcp");
});

test("a front door's path is a reason to ask on when it leads nowhere", async () => {
  const found = await probeHandler(hubAtMcp, ["/mcp"]);
  expect(found).toMatchObject({ confidence: "confirmed", transport: "http+sse" });
});

test("an empty answer everywhere is no page that stands for all", async () => {
  const found = await probeHandler((incoming, context) => {
    if (incoming.path === "/api/mcp") modernOnly({ ...incoming, path: "/mcp" }, context);
    else incoming.response.writeHead(200).end();
  });
  expect(found.confidence).toBe("confirmed");
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
  const mock = await serve(
    (incoming) => sendText(incoming, status, "Nothing here", { server }),
    "/mcp",
    {},
  );
  const found = await probe(targetAt(mock.port, target), probeOptions());
  await mock.close();
  expect(found.confidence).toBe(confidence);
});

test("a refusal of the host name that localhost does not lift either stays a refusal of the name", async () => {
  const found = await probeHandler((incoming) => {
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
