import { gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import type { Json } from "../../src/model/json.ts";
import { sendJson, sendText, type Incoming, type MockHandler } from "./mock-server.ts";
import { answerLegacy } from "./protocol.ts";
import { streamableStateless } from "./streamable-stateless.ts";

const block = "x".repeat(65_536);

/** Writes as fast as the reader takes it, until the connection closes. */
function flood(response: ServerResponse, text: string): void {
  function more(): void {
    while (response.writable && !response.destroyed && response.write(text));
  }
  response.on("drain", more);
  more();
}

/** Answers the handshake properly and `tools/list` in its own way. */
function withList(
  list: (incoming: Incoming, id: Json, cursor: string | undefined) => void,
): MockHandler {
  return (incoming, context) => {
    const { message, path } = incoming;
    if (path !== "/mcp" || message?.["method"] !== "tools/list") {
      streamableStateless(incoming, context);
      return;
    }
    const cursor = /"cursor":"([^"]*)"/.exec(incoming.body)?.[1];
    list(incoming, message["id"] ?? null, cursor);
  };
}

function page(id: Json, tools: readonly Json[], nextCursor?: string): Json {
  return {
    jsonrpc: "2.0",
    id,
    result: { tools, ...(nextCursor !== undefined && { nextCursor }) },
  };
}

const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 32));

/** What attacks the prober: its memory, its time, its reach, its reader. */
export const hostile = {
  "endless-events": ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    flood(response, `: ${block}\n`);
  },
  "endless-line": ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: ");
    flood(response, block);
  },
  "huge-json": ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"jsonrpc":"2.0","id":"');
    flood(response, block);
  },
  "gzip-bomb": ({ response }) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(bomb);
  },
  "header-flood": ({ response }) => {
    const { socket } = response;
    socket?.write("HTTP/1.1 200 OK\r\n");
    for (let index = 0; index < 2000; index += 1)
      socket?.write(`X-${index}: ${"y".repeat(100)}\r\n`);
  },
  "interim-flood": ({ response }) => {
    const { socket } = response;
    for (let index = 0; index < 5000; index += 1) socket?.write("HTTP/1.1 103 Early Hints\r\n\r\n");
  },
  "header-drip": ({ response }) => {
    const { socket } = response;
    socket?.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => socket?.write("X-A: b\r\n"), 100);
    socket?.on("close", () => {
      clearInterval(timer);
    });
  },
  "body-drip": ({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 100);
    response.on("close", () => {
      clearInterval(timer);
    });
  },
  "redirect-to-metadata": (incoming) => {
    sendText(incoming, 307, "", { location: "http://169.254.169.254/latest/meta-data/" });
  },
  "foreign-endpoint": ({ request, response, path }) => {
    if (request.method !== "GET" || path !== "/sse") {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("event: endpoint\ndata: http://169.254.169.254/latest?sessionId=12345678\n\n");
  },
  "deep-nesting": ({ response, message }) => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      `{"jsonrpc":"2.0","id":${JSON.stringify(message?.["id"] ?? null)},"result":{"supportedVersions":["2026-07-28"],"x":${deep}}}`,
    );
  },
  "cursor-loop": withList((incoming, id) => {
    sendJson(incoming, 200, page(id, [{ name: "again" }], "same"));
  }),
  "endless-pages": withList((incoming, id, cursor = "0") => {
    const next = Number(cursor) + 1;
    sendJson(incoming, 200, page(id, [{ name: `tool-${next}` }], String(next)));
  }),
  "many-tools": withList((incoming, id) => {
    const tools = Array.from({ length: 50_000 }, (_, index) => ({ name: `t${index}` }));
    sendJson(incoming, 200, page(id, tools));
  }),
  "huge-list": withList(({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    flood(response, block);
  }),
  "acting-names": withList((incoming, id) => {
    sendJson(
      incoming,
      200,
      page(id, [
        { name: "\u001b[31mred\u001b]0;title\u0007", description: "a\u202eb\u200bc\u{e0041}d" },
        {
          name: "__proto__",
          description: "x".repeat(1_000_000),
          inputSchema: { properties: { constructor: { type: "string" } } },
        },
      ]),
    );
  }),
  "asks-back": ({ request, response, message, path }, context) => {
    if (path !== "/mcp" || request.method !== "POST" || message === undefined) {
      response.writeHead(404).end();
      return;
    }
    const sample = { jsonrpc: "2.0", id: 1, method: "sampling/createMessage", params: {} };
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${JSON.stringify(sample)}\n\n`);
    const answer = answerLegacy(message, context);
    if (answer) response.write(`data: ${JSON.stringify(answer)}\n\n`);
    response.end();
  },
  "session-injection": (incoming, context) => {
    const { message } = incoming;
    if (message?.["method"] !== "initialize") {
      sendText(incoming, 400, "Mcp-Session-Id");
      return;
    }
    sendJson(incoming, 200, answerLegacy(message, context) ?? null, { "mcp-session-id": "a b\tc" });
  },
} as const satisfies Readonly<Record<string, MockHandler>>;
