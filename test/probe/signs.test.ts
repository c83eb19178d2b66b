import { describe, expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import { at, json, page, says } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

const missing = says(404, "Cannot find it", page);
const asks = ({ message }: Incoming): unknown => message?.["method"];

const fails =
  (status: number, text: string, code = -32_000) =>
  (incoming: Incoming): void => {
    sendJson(incoming, status, rpcError(incoming.message?.["id"], code, text));
  };

/** What is answered to `initialize`, and to any other POST. */
const handshake = (
  toInitialize: (incoming: Incoming) => void,
  toOther: (incoming: Incoming) => void,
): MockHandler =>
  at(
    "/mcp",
    (incoming) => {
      if (incoming.request.method !== "POST") missing(incoming);
      else if (asks(incoming) === "initialize") toInitialize(incoming);
      else toOther(incoming);
    },
    missing,
  );

/** Events on the stream before the one that names the endpoint. */
const greeting =
  (events: string): MockHandler =>
  (incoming, context) => {
    if (incoming.path === "/sse") {
      const { response } = incoming;
      const write = response.write.bind(response);
      response.write = (text: string): boolean => write(`${events}${text}`);
    }
    served(incoming, context);
  };
const served = legacySse();

describe("an event stream that does not name its endpoint first", () => {
  const greetings: readonly (readonly [name: string, events: string])[] = [
    ["a ping without data", "event: ping\ndata: \n\n"],
    ["a heartbeat with the time", 'event: heartbeat\ndata: {"t":1}\n\n'],
    ["two greetings", "event: connected\ndata: ok\n\nevent: open\ndata: ok\n\n"],
    ["an unnamed event without data", "data: \n\n"],
  ];
  test.concurrent.each(greetings)("is waited for past %s", async (_name, events) => {
    const { found, open } = await probeHandler(greeting(events));
    expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
    expect(found.tools?.length).toBeGreaterThan(0);
    expect(open).toBe(0);
  });

  test.concurrent("is left after a few heartbeats, or after any other event", async () => {
    for (const events of ["event: ping\ndata: \n\n".repeat(9), "event: price\ndata: 1\n\n"]) {
      const { found } = await probeHandler(greeting(events));
      expect(found.confidence).toBe("none");
    }
  });
});

test.concurrent("an event stream at the root is found where a start page is looked for", async () => {
  const moved = legacySse();
  const { found, open } = await probeHandler((incoming, context) => {
    const path = incoming.path === "/" ? "/sse" : incoming.path;
    if (incoming.path === "/sse") missing(incoming);
    else moved({ ...incoming, path }, context);
  });
  expect(found).toMatchObject({ confidence: "confirmed", transport: "http+sse" });
  expect(found.tools?.length).toBeGreaterThan(0);
  expect(new URL(found.url ?? "").pathname).toBe("/");
  expect(open).toBe(0);
});

test.concurrent("the page of a development server leads to where its plugins serve MCP", async () => {
  const moved = legacySse();
  const html = '<title>App</title><script type="module" src="/@vite/client"></script>';
  const { found } = await probeHandler((incoming, context) => {
    const path = incoming.path === "/__mcp/sse" ? "/sse" : incoming.path;
    if (incoming.path === "/__mcp/sse" || path === "/messages") {
      moved({ ...incoming, path }, context);
    } else if (incoming.request.method === "GET") sendText(incoming, 200, html, page);
    else missing(incoming);
  });
  expect(found).toMatchObject({ confidence: "confirmed", transport: "http+sse" });
  expect(new URL(found.url ?? "").pathname).toBe("/__mcp/sse");
});

test.concurrent("the page of another inspector is related too", async () => {
  const { found } = await probeHandler(says(200, "<title>MCPJam Inspector</title>", page));
  expect(found.confidence).toBe("related");
});

describe("credentials that are demanded without 401", () => {
  const demands: readonly (readonly [
    name: string,
    toInitialize: (incoming: Incoming) => void,
    scheme: string | undefined,
  ])[] = [
    [
      "in a text that names the header",
      says(400, "x-tool-api-token must be provided in the request header", page),
      "x-tool-api-token",
    ],
    ["in JSON", says(400, '{"error":"Missing API key"}', json), undefined],
    ["in JSON-RPC with 200", fails(200, "Unauthorized: no credentials"), undefined],
    ["in JSON-RPC with 500", fails(500, "Authentication required"), undefined],
    [
      "in an event",
      ({ response, message }) => {
        const error = rpcError(message?.["id"], -32_000, "Access token is missing");
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`data: ${JSON.stringify(error)}\n\n`);
      },
      undefined,
    ],
  ];
  test.concurrent.each(demands)("%s are told", async (_name, toInitialize, scheme) => {
    const { found } = await probeHandler(
      handshake(toInitialize, fails(400, "No valid session ID provided")),
    );
    expect(found).toMatchObject({
      confidence: "auth-required",
      authentication: { verdict: "static-secret", ...(scheme !== undefined && { scheme }) },
    });
  });

  test.concurrent("are no more than likely where nothing else speaks of MCP", async () => {
    const { found } = await probeHandler(
      at("/mcp", says(400, '{"error":"Missing API key"}', json), missing),
    );
    expect(found).toMatchObject({
      confidence: "likely",
      authentication: { verdict: "static-secret" },
    });
  });

  test.concurrent("say nothing where every place demands them", async () => {
    const { found } = await probeHandler(says(400, '{"error":"Missing API key"}', json));
    expect(found.confidence).toBe("unknown");
  });

  test.concurrent("are not heard in other errors", async () => {
    for (const text of ['{"error":"CSRF token missing"}', '{"error":"Unexpected token <"}']) {
      const { found } = await probeHandler(at("/mcp", says(400, text, json), missing));
      expect(found).toMatchObject({ confidence: "none", authentication: { verdict: "unknown" } });
    }
  });
});

describe("a session that is asked for", () => {
  const lacking: readonly (readonly [name: string, early: (incoming: Incoming) => void])[] = [
    ["with 401", says(401, '{"error":"No session"}', json)],
    ["with 403", says(403, "Unknown session")],
    ["with 404 and a bare text that is called HTML", says(404, "Session not found", page)],
    ["with 404 in other words", says(404, '{"error":"Session does not exist"}', json)],
  ];
  test.concurrent.each(lacking)("%s is got by the handshake", async (_name, early) => {
    const { found, open } = await probeHandler((incoming, context) => {
      const { request, message, path } = incoming;
      const inSession = request.headers["mcp-session-id"] !== undefined;
      if (path !== "/mcp") missing(incoming);
      else if (inSession || message?.["method"] === "initialize") {
        streamableStateful(incoming, context);
      } else early(incoming);
    });
    expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
    expect(open).toBe(0);
  });

  test.concurrent("is no reason to ask twice whoever names a scheme", async () => {
    const challenge = { ...json, "www-authenticate": "Bearer" };
    const { found } = await probeHandler(at("/mcp", says(401, '"No session"', challenge), missing));
    expect(found.exchanges.map(({ method }) => method)).not.toContain("POST initialize");
    expect(found.authentication.verdict).toBe("static-secret");
  });
});

describe("errors in JSON-RPC that speak of MCP", () => {
  test.concurrent("make a server likely that is in use by its one client", async () => {
    const { found } = await probeHandler(
      handshake(
        fails(400, "Invalid Request: Server already initialized", -32_600),
        fails(400, "Bad Request: Mcp-Session-Id header is required"),
      ),
    );
    expect(found).toMatchObject({ confidence: "likely", authentication: { verdict: "unknown" } });
  });

  test.concurrent("make a server likely whose handshake fails without a word", async () => {
    const { found } = await probeHandler(
      handshake(says(500, ""), fails(400, "Bad Request: No valid session ID provided")),
    );
    expect(found.confidence).toBe("likely");
  });

  test.concurrent("make a server likely that knows no version of ours and fails", async () => {
    const text =
      "Bad Request: Unsupported protocol version (supported versions: 2025-11-25, 2025-06-18)";
    for (const early of [fails(400, text), says(400, text)]) {
      const { found } = await probeHandler(handshake(fails(400, "Parse error", -32_700), early));
      expect(found.confidence).toBe("likely");
    }
  });

  test.concurrent("make a server likely that never answers the handshake", async () => {
    const { found } = await probeHandler(
      handshake(() => {}, fails(404, "No valid session ID provided or not initialization request")),
    );
    expect(found.confidence).toBe("likely");
  });

  test.concurrent("make a refusal of every POST one of MCP", async () => {
    const { found } = await probeHandler((incoming) => {
      if (incoming.path === "/sse") fails(410, "Removed: use Streamable HTTP at /mcp")(incoming);
      else sendJson(incoming, 401, { error: "Unauthorized" });
    });
    expect(found).toMatchObject({
      confidence: "auth-required",
      authentication: { verdict: "static-secret" },
    });
  });

  test.concurrent("leave the page of a firewall what it is", async () => {
    const wall = says(403, "<html>Blocked</html>", { ...page, server: "cloudflare" });
    const { found } = await probeHandler((incoming) => {
      if (incoming.path === "/sse") fails(410, "Removed: use Streamable HTTP at /mcp")(incoming);
      else wall(incoming);
    });
    expect(found.confidence).toBe("likely");
    expect(found.authentication.verdict).toBe("unknown");
  });
});

describe("the place named for MCP", () => {
  const answersGet =
    (elsewhere: (incoming: Incoming) => void): MockHandler =>
    (incoming) => {
      if (incoming.path !== "/mcp") elsewhere(incoming);
      else if (incoming.request.method === "POST") sendText(incoming, 500, "");
      else fails(405, "Method not allowed.")(incoming);
    };

  test.concurrent("makes a server likely when it alone errs in JSON-RPC", async () => {
    const { found } = await probeHandler(answersGet(missing));
    expect(found).toMatchObject({ confidence: "likely", authentication: { verdict: "unknown" } });
    expect(new URL(found.url ?? "").pathname).toBe("/mcp");
  });

  test.concurrent("says nothing when others err alike, or when it is absent", async () => {
    const others = [fails(405, "Method not allowed."), fails(404, "Not found")];
    for (const elsewhere of others) {
      const { found } = await probeHandler(answersGet(elsewhere));
      expect(["none", "unknown"]).toContain(found.confidence);
    }
    const { found } = await probeHandler(at("/mcp", fails(404, "No such method"), missing));
    expect(found.confidence).toBe("none");
  });

  test.concurrent("is no more than likely when it alone demands credentials: others use that name too", async () => {
    for (const status of [401, 403]) {
      const { found } = await probeHandler(at("/mcp", says(status, ""), missing));
      expect(found.confidence).toBe("likely");
    }
  });
});

describe("a refusal in the words of MCP's libraries", () => {
  const told = (text: string): string => `{"error":"invalid_token","error_description":"${text}"}`;
  const bodies: readonly (readonly [name: string, body: string, confidence: string])[] = [
    ["the TypeScript SDK", told("Missing Authorization header"), "auth-required"],
    ["the Python SDK", told("Authentication required"), "auth-required"],
    ["mcp-handler", told("No authorization provided"), "auth-required"],
    ["the Go SDK", "no bearer token\n", "auth-required"],
    ["mcp-auth", '{"error":"missing_auth_header"}', "auth-required"],
    ["another server", told("The token expired"), "likely"],
  ];
  test.concurrent.each(bodies)("is told from others: %s", async (_name, body, confidence) => {
    const type = body.startsWith("{") ? json : undefined;
    const { found } = await probeHandler(at("/mcp", says(401, body, type), missing));
    expect(found).toMatchObject({ confidence, authentication: { verdict: "static-secret" } });
    const { found: everywhere } = await probeHandler(says(401, body, type));
    const elsewhere = confidence === "likely" ? "unknown" : "likely";
    expect(everywhere.confidence).toBe(elsewhere);
  });
});

test.concurrent("a realm that is named for MCP tells a refusal of JSON-RPC at every path", async () => {
  for (const [realm, confidence] of [
    ["tools-mcp", "auth-required"],
    ["tools", "likely"],
  ] as const) {
    const { found } = await probeHandler((incoming) => {
      sendJson(incoming, 401, rpcError(null, -32_001, "Unauthorized"), {
        "www-authenticate": `Bearer realm="${realm}"`,
      });
    });
    expect(found.confidence).toBe(confidence);
  }
});

test.concurrent("OAuth metadata counts although its resource is a bare name", async () => {
  const { found } = await probeHandler((incoming) => {
    if (incoming.path === "/mcp") sendJson(incoming, 401, { error: "no token" });
    else if (incoming.path === "/.well-known/oauth-protected-resource") {
      sendJson(incoming, 200, {
        resource: "tools",
        authorization_servers: ["https://login.example"],
      });
    } else missing(incoming);
  });
  expect(found).toMatchObject({
    confidence: "auth-required",
    authentication: { verdict: "oauth", advertisesOauth: true },
  });
});
