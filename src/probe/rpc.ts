import type { Json, JsonObject } from "../model/json.ts";
import { isObject, parseJson } from "./json.ts";
import { ask, nextId, timeLeft, type Line } from "./line.ts";
import type { McpMethod } from "./methods.ts";
import type { Reply } from "./transport.ts";

export interface Answer {
  readonly reply: Reply;
  /** The JSON-RPC response to our own id, whether result or error. */
  readonly message?: JsonObject;
  /** Some JSON-RPC object, perhaps without our id: an error before the request was understood. */
  readonly rpcShaped: boolean;
  /** That object, when it is an error. */
  readonly error?: Json;
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

const notificationMs = 1500;

/** POSTs one MCP message and finds the answer in the body or in the event stream. */
export async function call(line: Line, { path, method, params, ...rest }: Call): Promise<Answer> {
  const id = rest.notification === true ? undefined : nextId(line);
  let streamed: JsonObject | undefined;
  const reply = await ask(line, {
    http: "POST",
    path,
    headers: rest.headers ? [bothTypes, ...rest.headers] : [bothTypes],
    message: { method, id, params },
    ...(rest.cap !== undefined && { cap: rest.cap }),
    // Nothing is to come: a server that holds the answer open must not hold up the lists.
    ...(id === undefined && { totalMs: Math.min(notificationMs, timeLeft(line)) }),
    onEvent: ({ data }) => {
      // 2025-11-25 servers open a stream with an empty event that only carries an id to resume from.
      if (data === "") return false;
      const message = readMessage(line, data, id);
      if (message !== undefined && isAnswer(message, id)) streamed = message;
      return streamed !== undefined || message?.["jsonrpc"] !== "2.0";
    },
  });
  const body = isJson(reply) ? readMessage(line, reply.body, id) : undefined;
  return answerOf(reply, id, streamed ?? body);
}

function answerOf(reply: Reply, id: number | undefined, found: JsonObject | undefined): Answer {
  if (found === undefined) return { reply, rpcShaped: false };
  const { error, jsonrpc, method } = found;
  const failed = method === undefined && isObject(error) ? { error } : {};
  if (isAnswer(found, id)) return { reply, message: found, rpcShaped: true, ...failed };
  return { reply, rpcShaped: jsonrpc === "2.0", ...failed };
}

/**
 * One JSON-RPC object; requests and notifications of the server are noted and never answered. Of a batch (2025-03-26
 * allows one) the answer to `wanted`, else the first object.
 */
export function readMessage(
  line: Line,
  text: string,
  wanted: number | undefined,
): JsonObject | undefined {
  const value = parseJson(text);
  const all = (Array.isArray(value) ? value.slice(0, 100) : [value]).filter(isObject);
  for (const { method, id } of all) {
    if (typeof method === "string" && id !== undefined && !line.ids.has(Number(id))) {
      line.warnings.add("The server sent a request of its own; it was not answered");
    }
  }
  return all.find((message) => isAnswer(message, wanted)) ?? all[0];
}

/** A message with `method` is a request, even when it carries our id. Some servers turn ids into text. */
export function isAnswer(message: JsonObject, id: number | undefined): boolean {
  const { result, error, method } = message;
  const same = message["id"] === id || message["id"] === String(id);
  if (id === undefined || !same || method !== undefined) return false;
  return isObject(result) || isObject(error);
}

export function isJson({ headers, end, body }: Reply): boolean {
  if (end !== "complete" && end !== "enough") return false;
  const type = headers.get("content-type");
  // Handlers written by hand leave the type out; what they answer must carry our id all the same.
  if (type === undefined || /^text\/plain\b/i.test(type)) return /^\s*[[{]/.test(body);
  return /^(?:application\/(?:[\w.-]+\+)?|text\/)json\b/i.test(type);
}
