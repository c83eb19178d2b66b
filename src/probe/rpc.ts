import type { Json, JsonObject } from "../model/json.ts";
import { isObject, parseJson } from "./json.ts";
import { ask, nextId, type Line } from "./line.ts";
import type { McpMethod } from "./methods.ts";
import type { Reply } from "./transport.ts";

export interface Answer {
  readonly reply: Reply;
  /** The JSON-RPC response to our own id, whether result or error. */
  readonly message?: JsonObject;
  /** Some JSON-RPC object, perhaps without our id: an error before the request was understood. */
  readonly rpcShaped: boolean;
}

export interface Call {
  readonly path: string;
  readonly method: McpMethod;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly headers?: readonly (readonly [string, string])[];
  readonly cap?: number;
  readonly notification?: boolean;
}

const bothTypes = ["Accept", "application/json, text/event-stream"] as const;

/** POSTs one MCP message and finds the answer in the body or in the event stream. */
export async function call(line: Line, { path, method, params, ...rest }: Call): Promise<Answer> {
  const id = rest.notification === true ? undefined : nextId(line);
  let streamed: JsonObject | undefined;
  const reply = await ask(line, {
    http: "POST",
    path,
    headers: [bothTypes, ...(rest.headers ?? [])],
    message: { method, ...(id !== undefined && { id }), ...(params && { params }) },
    ...(rest.cap !== undefined && { cap: rest.cap }),
    onEvent: ({ data }) => {
      // 2025-11-25 servers open a stream with an empty event that only carries an id to resume from.
      if (data === "") return false;
      const message = readMessage(line, data);
      if (message !== undefined && isAnswer(message, id)) streamed = message;
      return streamed !== undefined || message?.["jsonrpc"] !== "2.0";
    },
  });
  const body = isJson(reply) ? readMessage(line, reply.body) : undefined;
  return answerOf(reply, id, streamed ?? body);
}

function answerOf(reply: Reply, id: string | undefined, found: JsonObject | undefined): Answer {
  if (found === undefined) return { reply, rpcShaped: false };
  if (isAnswer(found, id)) return { reply, message: found, rpcShaped: true };
  return { reply, rpcShaped: found["jsonrpc"] === "2.0" };
}

/** One JSON-RPC object; requests and notifications of the server are noted and never answered. */
export function readMessage(line: Line, text: string): JsonObject | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const { method, id } = value;
  if (typeof method === "string" && id !== undefined && !isOurs(id)) {
    line.warnings.add("The server sent a request of its own; it was not answered");
  }
  return value;
}

/** An echo of our own request. */
function isOurs(id: Json): boolean {
  return typeof id === "string" && id.startsWith("postern-");
}

/** A message with `method` is a request, even when it carries our id. */
export function isAnswer(message: JsonObject, id: string | undefined): boolean {
  const { result, error, method } = message;
  if (id === undefined || message["id"] !== id || method !== undefined) return false;
  return isObject(result) || isObject(error);
}

export function isJson({ headers, end }: Reply): boolean {
  if (end !== "complete" && end !== "enough") return false;
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get("content-type") ?? "");
}
