import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import type { Target } from "../../src/model/server.ts";
import { probeHandler } from "./probe-handler.ts";

type Headers = Readonly<Record<string, string>>;

const json = { "content-type": "application/json" };
const page = { "content-type": "text/html" };
const initialising = ({ message }: Incoming): boolean => message?.["method"] === "initialize";
const inSession = ({ request }: Incoming): boolean =>
  request.headers["mcp-session-id"] !== undefined;

/** The server at a path of its own; every other place is told as the framework tells it. */
const at =
  (path: string, server: MockHandler, missing: (incoming: Incoming) => void): MockHandler =>
  (incoming, context) => {
    if (incoming.path === path) server({ ...incoming, path: "/mcp" }, context);
    else missing(incoming);
  };

const says =
  (status: number, body: string, headers: Headers = {}) =>
  (incoming: Incoming): void => {
    sendText(incoming, status, body, headers);
  };

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

const forbidden = "Your client does not have permission to get URL <code>/mcp</code>";
const oauth =
  'Bearer realm="OAuth", resource_metadata="https://a.example/x", error="invalid_token"';

/** A refusal at one path, or everywhere, with what is said elsewhere. */
const refused =
  (status: number, body: string, headers: Headers, elsewhere?: MockHandler): MockHandler =>
  (incoming, context) => {
    if (elsewhere === undefined || incoming.path === "/mcp") {
      sendText(incoming, status, body, headers);
    } else elsewhere(incoming, context);
  };

const closed: readonly (readonly [
  name: string,
  handler: MockHandler,
  confidence: string,
  verdict: string,
])[] = [
  [
    // https://developers.cloudflare.com/agents/model-context-protocol/authorization/
    "Cloudflare's OAuth provider",
    refused(
      401,
      '{"error":"invalid_token"}',
      { ...json, "www-authenticate": oauth },
      (incoming) => {
        sendText(incoming, 200, "<title>Sign in</title>", page);
      },
    ),
    "auth-required",
    "oauth",
  ],
  [
    // https://developer.konghq.com/plugins/key-auth/
    "Kong with a key",
    refused(
      401,
      '{"message":"No API key found in request"}',
      { ...json, "www-authenticate": "Key" },
      (incoming) => {
        sendJson(incoming, 404, { message: "no Route matched with those values" });
      },
    ),
    "likely",
    "static-secret",
  ],
  [
    // https://aigateway.envoyproxy.io/docs/0.5/capabilities/mcp/
    "Envoy's gateway with OAuth",
    refused(
      401,
      "missing bearer token",
      { "www-authenticate": oauth.replace("/x", "/.well-known/oauth-protected-resource/mcp") },
      says(404, "", { server: "envoy" }),
    ),
    "auth-required",
    "oauth",
  ],
  [
    // https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
    "nginx with a password for one place",
    refused(
      401,
      "<title>401 Authorization Required</title>",
      { ...page, "www-authenticate": 'Basic realm="Restricted"' },
      says(404, "<title>404 Not Found</title>", page),
    ),
    "likely",
    "static-secret",
  ],
  [
    "nginx with a password for every place",
    refused(401, "<title>401 Authorization Required</title>", {
      ...page,
      "www-authenticate": 'Basic realm="Restricted"',
    }),
    "unknown",
    "static-secret",
  ],
  [
    // https://cloud.google.com/run/docs/authenticating/overview
    "Cloud Run that asks for IAM",
    refused(403, forbidden, { ...page, server: "Google Frontend" }),
    "unknown",
    "front-door",
  ],
  [
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
    "API Gateway that asks for a signature",
    refused(403, '{"message":"Missing Authentication Token"}', json),
    "unknown",
    "front-door",
  ],
  [
    // https://learn.microsoft.com/azure/app-service/configure-authentication-mcp
    "App Service that asks for Entra",
    refused(401, "", {
      "www-authenticate": 'Bearer realm="a", authorization_uri="https://login.windows.net/x"',
    }),
    "unknown",
    "oauth",
  ],
  [
    // https://github.com/yjacquin/fast-mcp: localhost_only
    "fast-mcp for Ruby that answers its own machine only",
    refused(
      403,
      JSON.stringify(rpcError(null, -32_600, "Forbidden: Remote IP not allowed")),
      json,
      says(200, "<title>Rails</title>", page),
    ),
    "auth-required",
    "unknown",
  ],
  [
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
    "a fixed answer of a load balancer",
    refused(200, "OK", { server: "awselb/2.0" }),
    "none",
    "unknown",
  ],
];

describe("a front door that keeps callers out", () => {
  test.concurrent.each(closed)("%s is told", async (_name, handler, confidence, verdict) => {
    const { found } = await probeHandler(handler);
    expect(`${found.confidence} ${found.authentication.verdict}`).toBe(`${confidence} ${verdict}`);
    expect(found.tools).toBeUndefined();
  });
});

test("an Azure function that needs a key is likely", async () => {
  const handler = at("/runtime/webhooks/mcp", says(401, ""), says(404, ""));
  const { found } = await probeHandler(handler, { hosts: ["tools.azurewebsites.net"] });
  expect(found).toMatchObject({
    confidence: "likely",
    authentication: { verdict: "static-secret" },
  });
});
