import { expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { movedTo } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

const absent: MockHandler = ({ response }) => {
  response.writeHead(404, { "content-type": "text/html", server: "nginx" }).end("<h1>404</h1>");
};

test("a host where the likeliest places and the start page are missing in the same words is asked three times", async () => {
  const {
    found: { confidence, because, exchanges },
  } = await probeHandler(absent);
  expect(confidence).toBe("none");
  expect(because).toContain("the others were not asked");
  expect(exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /mcp",
    "GET /sse",
    "GET /",
  ]);
});

test("a host where each place is missing in other words is asked at all of them, and nothing is said to be left out", async () => {
  const {
    found: { because, exchanges },
  } = await probeHandler(movedTo("/nowhere", modernOnly));
  expect(because).toBe("No usual place of an MCP server answered the protocol");
  expect(exchanges).toHaveLength(8);
});

const missing: MockHandler = (incoming) => sendText(incoming, 404, "Not Found");

test.each([
  ["to which the start page leads", "/tools/mcp-api", {}, "Use /tools/mcp-api"],
  ["beside a start page that leads nowhere", "/api/mcp", {}, "Welcome"],
  ["at the root of a platform with a place of its own", "/", { hosts: ["a.azurewebsites.net"] }],
  ["at the root, which refuses a GET,", "/", {}],
])("a server %s is found where all else is missing in the same words", async (...row) => {
  const [, place, target, start] = row;
  const { found } = await probeHandler((incoming, context) => {
    const starts = incoming.path === "/" && incoming.request.method === "GET";
    if (incoming.path === place) modernOnly({ ...incoming, path: "/mcp" }, context);
    else if (starts && start !== undefined) sendText(incoming, 200, start);
    else missing(incoming, context);
  }, target);
  expect(found.confidence).toBe("confirmed");
  expect(new URL(found.url).pathname).toBe(place);
});

/** The legacy stream where the likeliest places are missing. */
function streamAtMcp(otherwise: MockHandler): MockHandler {
  const stream = legacySse();
  return (incoming, context) => {
    const opens = incoming.path === "/mcp" && incoming.request.method === "GET";
    if (opens) stream({ ...incoming, path: "/sse" }, context);
    else if (incoming.path === "/messages") stream(incoming, context);
    else otherwise(incoming, context);
  };
}

test("a 404 in JSON-RPC does not end the search", async () => {
  const { found } = await probeHandler(
    streamAtMcp((incoming) => {
      sendJson(incoming, 404, rpcError(null, -32_601, "Not found"));
    }),
  );
  expect(found).toMatchObject({ confidence: "confirmed", transport: "http+sse" });
});

test("a host that gives every question the same page is asked at its root and left alone", async () => {
  const {
    found: { confidence, exchanges },
  } = await probeHandler((incoming) => {
    sendText(incoming, 200, "<title>App</title>", { "content-type": "text/html" });
  });
  expect(confidence).toBe("none");
  expect(exchanges.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    "POST server/discover /mcp",
    "GET /sse",
    "GET /",
    "POST server/discover /",
  ]);
});

test.each([
  ["GET, HEAD", 1],
  ["GET, POST", 2],
  ["", 2],
])("a place whose 405 allows %j is posted to %d times", async (allow, times) => {
  const { found } = await probeHandler((incoming) => {
    const headers = incoming.path === "/" ? { allow } : {};
    sendText(incoming, incoming.path === "/" ? 405 : 404, `No ${incoming.path}`, headers);
  });
  const posted = found.exchanges.filter(
    ({ method, url }) => method.startsWith("POST") && new URL(url).pathname === "/",
  );
  expect(posted).toHaveLength(times);
});

test("a password in front of one place does not hide the server at another", async () => {
  const { found } = await probeHandler((incoming, context) => {
    const basic = { "www-authenticate": "Basic" };
    if (incoming.path === "/mcp") sendText(incoming, 401, "Password", basic);
    else movedTo("/", modernOnly)(incoming, context);
  });
  expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  expect(new URL(found.url).pathname).toBe("/");
});

test("a refusal that is surely in front of MCP ends the search", async () => {
  const { found } = await probeHandler((incoming, context) => {
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
  [
    "that lets the headers of MCP through",
    elsewhere(404, { "access-control-expose-headers": "Mcp-Session-Id" }),
    {},
  ],
  ["that is another one each time", movedTo("/api/mcp", modernOnly), {}],
  ["behind a name with MCP in it", elsewhere(404, {}), { hosts: ["mcp.example.com"] }],
])("a 404 %s does not end the search", async (_name, handler, target) => {
  const { found } = await probeHandler(handler, target);
  expect(found.confidence).toBe("confirmed");
  expect(new URL(found.url).pathname).toBe("/api/mcp");
});

test("a front door's path is a reason to ask on when it leads nowhere", async () => {
  const { found } = await probeHandler(streamAtMcp(missing), { paths: ["/mcp"] });
  expect(found).toMatchObject({ confidence: "confirmed", transport: "http+sse" });
});

test("an empty answer everywhere is no page that stands for all", async () => {
  const { found } = await probeHandler((incoming, context) => {
    if (incoming.path === "/api/mcp") modernOnly({ ...incoming, path: "/mcp" }, context);
    else incoming.response.writeHead(200).end();
  });
  expect(found.confidence).toBe("confirmed");
});

test.each([
  [503, "The service was unavailable"],
  [421, "The front door does not know the host name"],
])("a host that answers %d is unknown, and why", async (status, because) => {
  const { found } = await probeHandler((incoming) => {
    sendText(incoming, status, `No ${incoming.path}`);
  });
  expect(found).toMatchObject({
    confidence: "unknown",
    because: expect.stringContaining(because),
  });
});

test.each([
  ["application/json", "unknown"],
  ["text/html", "none"],
])("a host whose every %s is longer than the limit is %s", async (type, confidence) => {
  const { found } = await probeHandler((incoming) => {
    sendText(incoming, 200, `${incoming.path}${"x".repeat(300 * 1024)}`, { "content-type": type });
  });
  expect(found.confidence).toBe(confidence);
});
