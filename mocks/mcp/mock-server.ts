import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { Socket } from "node:net";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject, parseJson } from "../../src/probe/json.ts";
import { toolSets, type MockTool, type ToolSetName } from "./tool-sets.ts";

export interface McpMockOptions {
  readonly tools?: ToolSetName | readonly MockTool[];
  readonly name?: string;
  readonly version?: string;
  /** A loopback address; 127.0.0.1 unless told otherwise. */
  readonly address?: string;
  /** 0 = any free port. */
  readonly port?: number;
  readonly tls?: ServerOptions;
}

export interface SeenRequest {
  readonly http: string;
  readonly path: string;
  /** JSON-RPC method; empty for a request without one. */
  readonly method: string;
  readonly host: string;
}

export interface McpMock {
  readonly port: number;
  readonly path: string;
  readonly seen: readonly SeenRequest[];
  /** Requests that no prober may send. */
  readonly violations: readonly string[];
  /** Sessions that were opened and not deleted. */
  readonly sessions: ReadonlySet<string>;
  close(): Promise<void>;
}

/** One request as a mock sees it. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly message?: JsonObject;
}

export interface MockContext {
  readonly tools: readonly MockTool[];
  readonly name: string;
  readonly version: string;
  readonly sessions: Set<string>;
  port: number;
}

export type MockHandler = (incoming: Incoming, context: MockContext) => void;

/** Written down again on purpose: a mock that read the prober's own list could not catch a mistake in it. */
const allowedHttp = new Set(["GET", "POST", "OPTIONS", "DELETE"]);
const allowedMcp = new Set([
  "server/discover",
  "initialize",
  "notifications/initialized",
  "tools/list",
  "resources/list",
  "prompts/list",
]);

export async function serve(
  handler: MockHandler,
  path: string,
  options: McpMockOptions,
): Promise<McpMock> {
  const seen: SeenRequest[] = [];
  const violations: string[] = [];
  const sockets = new Set<Socket>();
  const context: MockContext = {
    tools: toolsOf(options.tools),
    name: options.name ?? "mock-mcp",
    version: options.version ?? "1.0.0",
    sessions: new Set(),
    port: 0,
  };

  function listener(request: IncomingMessage, response: ServerResponse): void {
    readBody(request, (body) => {
      const incoming = readIncoming(request, response, body);
      note(incoming, seen, violations);
      handler(incoming, context);
    });
  }

  const server = options.tls
    ? createTlsServer(options.tls, listener)
    : createServer({ maxHeaderSize: 65_536 }, listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.address ?? "127.0.0.1", resolve);
  });
  const address = server.address();
  context.port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port: context.port,
    path,
    seen,
    violations,
    sessions: context.sessions,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function toolsOf(tools: McpMockOptions["tools"] = "demo"): readonly MockTool[] {
  return typeof tools === "string" ? toolSets[tools] : tools;
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    done(Buffer.concat(parts).toString("utf8"));
  });
}

function readIncoming(request: IncomingMessage, response: ServerResponse, body: string): Incoming {
  const url = new URL(request.url ?? "/", "http://mock.invalid");
  const message = parseJson(body);
  return {
    request,
    response,
    path: url.pathname,
    query: url.searchParams,
    body,
    ...(isObject(message) && { message }),
  };
}

function note(incoming: Incoming, seen: SeenRequest[], violations: string[]): void {
  const { request, path, message } = incoming;
  const http = request.method ?? "";
  const method = message?.["method"];
  const text = typeof method === "string" ? method : "";
  seen.push({ http, path, method: text, host: request.headers.host ?? "" });
  violations.push(...violationsOf(incoming, http, text));
}

function violationsOf({ path, body, message }: Incoming, http: string, method: string): string[] {
  const answers = message !== undefined && ("result" in message || "error" in message);
  const rules: readonly (readonly [broken: boolean, text: string])[] = [
    [!allowedHttp.has(http), `${http} ${path}`],
    [http === "POST" && !allowedMcp.has(method), `POST ${path} ${method}`],
    [http !== "POST" && body !== "", `${http} ${path} with a body`],
    [answers, `An answer to a request of the server at ${path}`],
  ];
  return rules.filter(([broken]) => broken).map(([, text]) => text);
}

export function sendJson(
  { response }: Incoming,
  status: number,
  value: Json,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

export function sendText(
  { response }: Incoming,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "text/plain", ...headers });
  response.end(text);
}

export function sendEvents(
  { response }: Incoming,
  messages: readonly Json[],
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  for (const message of messages) {
    response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  }
  response.end();
}
