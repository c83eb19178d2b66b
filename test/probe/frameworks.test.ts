import { expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import { probeHandler } from "./probe-handler.ts";

/** Legacy, except that whatever is not `initialize` and has no session gets this answer. */
const refusing =
  (status: number, text: string, type = "text/plain"): MockHandler =>
  (incoming, context) => {
    const { request, message } = incoming;
    const early =
      request.method === "POST" &&
      message?.["method"] !== "initialize" &&
      request.headers["mcp-session-id"] === undefined;
    if (early && incoming.path === "/mcp")
      sendText(incoming, status, text, { "content-type": type });
    else streamableStateful(incoming, context);
  };

type Frame = (incoming: Incoming, text: string, id: unknown) => void;

/** Legacy, with each answer written in some way of its own. */
const framed =
  (frame: Frame): MockHandler =>
  (incoming, context) => {
    const { message, request, response } = incoming;
    if (incoming.path !== "/mcp" || request.method !== "POST" || message === undefined) {
      sendText(incoming, 404, "Cannot find it");
      return;
    }
    const known = message["method"] !== "server/discover";
    const answer = known
      ? answerLegacy(message, context)
      : rpcError(message["id"], -32_601, "Method not found");
    if (answer === undefined) response.writeHead(202).end();
    else frame(incoming, JSON.stringify(answer), message["id"]);
  };

const events =
  (write: (text: string) => string, headers: Readonly<Record<string, string>> = {}): Frame =>
  ({ response }, text) => {
    response.writeHead(200, { "content-type": "text/event-stream", ...headers });
    response.end(write(text));
  };

const typed =
  (type: string | undefined): Frame =>
  ({ response }, text) => {
    response.writeHead(200, type === undefined ? {} : { "content-type": type }).end(text);
  };

const strictVersion =
  (refuse: (incoming: Incoming, asked: unknown) => void): MockHandler =>
  (incoming, context) => {
    const params = incoming.message?.["params"];
    const text = JSON.stringify(params ?? {});
    const asked = /"protocolVersion":"([^"]+)"/.exec(text)?.[1];
    if (incoming.message?.["method"] === "initialize" && asked !== "2024-11-05") {
      refuse(incoming, asked);
    } else if (incoming.message?.["method"] === "initialize") {
      sendJson(incoming, 200, {
        jsonrpc: "2.0",
        id: incoming.message["id"] ?? null,
        result: {
          protocolVersion: "2024-11-05",
          capabilities: { tools: {} },
          serverInfo: { name: context.name, version: "1" },
        },
      });
    } else framed(typed("application/json"))(incoming, context);
  };

const slashed = legacySse();
const forwarded: MockHandler = (incoming, context) => {
  if (incoming.path === "/sse") sendText(incoming, 307, "", { location: "/sse/" });
  else slashed({ ...incoming, path: incoming.path === "/sse/" ? "/sse" : incoming.path }, context);
};

const open: readonly (readonly [name: string, handler: MockHandler])[] = [
  ["rmcp: 422 before initialize", refusing(422, "Unexpected message, expect initialize request")],
  ["mcp-go: 404 text without a session", refusing(404, "Invalid session ID")],
  ["mcp-go: 400 text without a session", refusing(400, "Invalid session ID")],
  [
    "Spring AI: 400 JSON without a session",
    refusing(400, '{"code":-32603,"message":"Session ID missing"}', "application/json"),
  ],
  ["a gateway that answers 415", refusing(415, "Unsupported Media Type")],
  ["a gateway that answers 409", refusing(409, "Conflict")],
  ["a server that answers 501", refusing(501, "Not implemented")],
  [
    "a JSON-RPC error with status 404",
    refusing(404, JSON.stringify(rpcError(null, -32_001, "Session not found")), "application/json"),
  ],
  [
    "an id that comes back as text",
    framed((incoming, text, id) =>
      typed("application/json")(
        incoming,
        text.replace(`"id":${String(id)}`, `"id":"${String(id)}"`),
        id,
      ),
    ),
  ],
  [
    "a batch of one",
    framed((incoming, text, id) => typed("application/json")(incoming, `[${text}]`, id)),
  ],
  [
    "a batch after a notification",
    framed((incoming, text, id) =>
      typed("application/json")(
        incoming,
        `[{"jsonrpc":"2.0","method":"notifications/message"},${text}]`,
        id,
      ),
    ),
  ],
  ["JSON with a charset", framed(typed("application/json; charset=UTF-8"))],
  ["JSON with a type in capitals", framed(typed("Application/JSON;charset=utf-8"))],
  ["JSON without a type", framed(typed(undefined))],
  ["JSON as text/plain", framed(typed("text/plain"))],
  [
    "JSON after a byte order mark",
    framed((incoming, text, id) => typed("application/json")(incoming, `\ufeff${text}`, id)),
  ],
  [
    "events with CRLF, comments, ids and a retry",
    framed(
      events((text) => `: ping\r\nretry: 3000\r\nid: 1\r\nevent: message\r\ndata: ${text}\r\n\r\n`),
    ),
  ],
  ["events with bare CR", framed(events((text) => `event: message\rdata: ${text}\r\r`))],
  ["events after a byte order mark", framed(events((text) => `\ufeffdata: ${text}\n\n`))],
  [
    "events with data over two lines",
    framed(events((text) => `data: ${text.slice(0, 16)}\ndata: ${text.slice(16)}\n\n`)),
  ],
  ["events without a space", framed(events((text) => `data:${text}\n\n`))],
  [
    "events with a charset",
    framed(
      events((text) => `data: ${text}\n\n`, { "content-type": "text/event-stream; charset=utf-8" }),
    ),
  ],
  [
    "events after a priming event without data",
    framed(events((text) => `id: 0_1\ndata: \n\ndata: ${text}\n\n`)),
  ],
  [
    "a request of its own before the answer",
    framed(events((text) => `data: {"jsonrpc":"2.0","id":0,"method":"ping"}\n\ndata: ${text}\n\n`)),
  ],
  [
    "a stream that stays open after the answer",
    framed(({ response }, text) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${text}\n\n`);
    }),
  ],
  [
    "an answer on a stream after two seconds",
    framed(({ response }, text) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      setTimeout(() => response.end(`data: ${text}\n\n`), 700);
    }),
  ],
  [
    "chunks with trailers",
    framed(({ response }, text) => {
      response.writeHead(200, { "content-type": "application/json", trailer: "x-checksum" });
      response.write(text.slice(0, 5));
      response.addTrailers({ "x-checksum": "1" });
      response.end(text.slice(5));
    }),
  ],
  [
    "an error of the specification for another version",
    strictVersion((incoming, asked) => {
      sendJson(
        incoming,
        200,
        rpcError(incoming.message?.["id"], -32_602, "Unsupported protocol version", {
          supported: ["2024-11-05"],
          requested: String(asked),
        }),
      );
    }),
  ],
  [
    "a refusal of the version without naming another",
    strictVersion((incoming, asked) => {
      sendText(incoming, 400, `unsupported protocol version: ${String(asked)}`);
    }),
  ],
  ["an event stream behind a redirect that adds a slash", forwarded],
];

test.concurrent.each(open)("%s is confirmed and its tools are listed", async (_name, handler) => {
  const { found, open: sessions } = await probeHandler(handler);
  expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  expect(found.tools?.length).toBeGreaterThan(0);
  expect(sessions).toBe(0);
});
