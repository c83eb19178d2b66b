import { expect, test } from "vitest";
import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import type { Target } from "../../src/model/server.ts";
import { at, json, page, says } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

const initialising = ({ message }: Incoming): boolean => message?.["method"] === "initialize";
const inSession = ({ request }: Incoming): boolean =>
  request.headers["mcp-session-id"] !== undefined;

/** Sessions, and this answer to whoever has none. */
const sessions =
  (before: (incoming: Incoming) => void): MockHandler =>
  (incoming, context) => {
    if (initialising(incoming) || inSession(incoming)) streamableStateful(incoming, context);
    else before(incoming);
  };

/** https://github.com/modelcontextprotocol/python-sdk: StreamableHTTPServerTransport below a Starlette mount. */
const starlette = at(
  "/mcp/",
  sessions(
    says(
      400,
      JSON.stringify({
        jsonrpc: "2.0",
        id: "server-error",
        error: { code: -32_600, message: "Bad Request: Missing session ID" },
      }),
      { ...json, server: "uvicorn" },
    ),
  ),
  (incoming) => {
    if (incoming.path === "/mcp") sendText(incoming, 307, "", { location: "/mcp/" });
    else sendText(incoming, 404, "Not Found", { server: "uvicorn" });
  },
);

/** https://github.com/modelcontextprotocol/csharp-sdk: MapMcp() without a pattern. */
const kestrel = at(
  "/",
  (incoming, context) => {
    if (incoming.request.method === "GET") sendText(incoming, 405, "", { server: "Kestrel" });
    else
      sessions((early) => {
        const text = "Bad Request: A new session can only be created by an initialize request";
        sendJson(early, 400, { ...rpcError(null, -32_000, text), id: "" }, { server: "Kestrel" });
      })(incoming, context);
  },
  says(404, "", { server: "Kestrel" }),
);

const spring404 = (incoming: Incoming): void => {
  const { path } = incoming;
  sendJson(incoming, 404, { timestamp: "2026-01-01T00:00:00Z", status: 404, path });
};

/** A stream whose answers come back on it; endpoint, first bytes and missing places as each framework has them. */
function streaming(
  path: string,
  endpoint: string,
  frame: (place: string) => string,
  missing: (incoming: Incoming) => void,
): MockHandler {
  const streams: Incoming["response"][] = [];
  return (incoming, context) => {
    const { request, response, message } = incoming;
    const [place = ""] = endpoint.split("?");
    if (incoming.path === path && request.method === "GET") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frame(endpoint.replace("{port}", String(context.port))));
      streams.push(response);
    } else if (place.endsWith(incoming.path) && incoming.path !== "/" && message) {
      response.writeHead(200).end();
      const answer = answerLegacy(message, context);
      if (answer) streams.at(-1)?.write(`data: ${JSON.stringify(answer)}\n\n`);
    } else missing(incoming);
  };
}

/** https://docs.spring.io/spring-ai/reference/api/mcp/mcp-stdio-sse-server-boot-starter-docs.html */
const springSse = streaming(
  "/sse",
  "/mcp/message?sessionId=0f7c9a52-6d0e-4a55-8b1c-3f6f7a1f2b11",
  (place) => `event:endpoint\ndata:${place}\n\n`,
  spring404,
);

/** https://github.com/mark3labs/mcp-go: the endpoint with the base URL before it. */
const goSse = streaming(
  "/sse",
  "http://127.0.0.1:{port}/message?sessionId=0f7c9a52-6d0e-4a55-8b1c-3f6f7a1f2b11",
  (place) => `event: endpoint\ndata: ${place}\r\n\r\n`,
  says(404, "404 page not found\n"),
);

/** https://github.com/yjacquin/fast-mcp: no session in the endpoint, and JSON-RPC for what is missing below /mcp. */
const rubyStream = streaming(
  "/mcp/sse",
  "/mcp/messages?",
  (place) => `: SSE connection established\n\nevent: endpoint\ndata: ${place}\n\nretry: 100\n\n`,
  (incoming) => {
    if (incoming.path.startsWith("/mcp")) {
      sendJson(incoming, 404, rpcError(null, -32_601, "Endpoint not found"));
    } else sendText(incoming, 200, "<title>Rails</title>", page);
  },
);

/** The same with its check of the origin, for which the host stands in when a client sends none. */
const rubyChecked: MockHandler = (incoming, context) => {
  const host = incoming.request.headers.host ?? "";
  if (incoming.path.startsWith("/mcp") && !host.startsWith("localhost")) {
    sendJson(incoming, 403, rpcError(null, -32_600, "Forbidden: Origin validation failed"));
  } else rubyStream(incoming, context);
};

/** https://github.com/php-mcp/laravel: a stream below the prefix, in an application whose start page takes no POST. */
const laravel = streaming(
  "/mcp/sse",
  "/mcp/message?clientId=0f7c9a52-6d0e-4a55-8b1c-3f6f7a1f2b11",
  (place) => `event: endpoint\nid: 1\ndata: ${place}\n\n`,
  (incoming) => {
    const start = incoming.path === "/";
    if (start && incoming.request.method === "POST") {
      sendText(incoming, 405, "<title>Method Not Allowed</title>", { ...page, allow: "GET, HEAD" });
    } else
      sendText(incoming, start ? 200 : 404, `<title>${start ? "App" : "Not Found"}</title>`, page);
  },
);

/** https://vercel.com/docs/mcp/deploy-mcp-servers-to-vercel */
const vercel = at(
  "/api/mcp",
  sessions(says(400, JSON.stringify(rpcError(null, -32_000, "No valid session")), json)),
  says(404, "<title>404: This page could not be found.</title>", {
    ...page,
    "x-powered-by": "Next.js",
  }),
);

const open: [name: string, handler: MockHandler, path: string, target?: Partial<Target>][] = [
  ["FastMCP below a Starlette mount", starlette, "/mcp/"],
  ["MapMcp at the root", kestrel, "/"],
  ["Spring AI's event stream", springSse, "/sse"],
  ["mcp-go's event stream", goSse, "/sse"],
  ["fast-mcp for Ruby", rubyStream, "/mcp/sse"],
  ["php-mcp for Laravel", laravel, "/mcp/sse"],
  ["a Next.js handler", vercel, "/api/mcp"],
  [
    "an Azure function that needs no key",
    at("/runtime/webhooks/mcp", streamableStateful, says(404, "")),
    "/runtime/webhooks/mcp",
    { hosts: ["tools.azurewebsites.net"] },
  ],
];

test.concurrent.each(open)("%s is open and listed", async (_name, handler, path, target = {}) => {
  const { found } = await probeHandler(handler, target);
  expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  expect(new URL(found.url).pathname).toBe(path);
  expect(found.tools?.length).toBeGreaterThan(0);
});

test("fast-mcp for Ruby with its check of the origin is confirmed behind a host check", async () => {
  const { found } = await probeHandler(rubyChecked);
  expect(found).toMatchObject({
    confidence: "confirmed",
    transport: "http+sse",
    authentication: { verdict: "host-check" },
  });
});
