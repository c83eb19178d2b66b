import { describe, expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import { at, fails, handshake, json, missing, page, says } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

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
      because: "Every path is refused alike, and an error in JSON-RPC speaks of MCP",
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

test.concurrent("a server in an application of Hono is found below /api, and not where no framework shows", async () => {
  for (const [text, confidence] of [
    ["404 Not Found", "confirmed"],
    ["Not found", "none"],
  ] as const) {
    const { found } = await probeHandler(at("/api/mcp", streamableStateful, says(404, text)));
    expect(found.confidence).toBe(confidence);
  }
});
