import {
  sendJson,
  sendText,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";

export type Headers = Readonly<Record<string, string>>;

export const json = { "content-type": "application/json" };
export const page = { "content-type": "text/html" };

/** The server at a path of its own; every other place is told as the framework tells it. */
export const at =
  (path: string, server: MockHandler, missing: (incoming: Incoming) => void): MockHandler =>
  (incoming, context) => {
    if (incoming.path === path) server({ ...incoming, path: "/mcp" }, context);
    else missing(incoming);
  };

export const says =
  (status: number, body: string, headers: Headers = {}) =>
  (incoming: Incoming): void => {
    sendText(incoming, status, body, headers);
  };

/** The same server at another path. */
export function movedTo(path: string, handler: MockHandler, from = "/mcp"): MockHandler {
  return (incoming, context) => {
    if (incoming.path === path) handler({ ...incoming, path: from }, context);
    else sendText(incoming, 404, `Cannot ${incoming.request.method} ${incoming.path}`);
  };
}

export const missing = says(404, "Cannot find it", page);
const asks = ({ message }: Incoming): unknown => message?.["method"];

/** An error in JSON-RPC. */
export const fails =
  (status: number, text: string, code = -32_000) =>
  (incoming: Incoming): void => {
    sendJson(incoming, status, rpcError(incoming.message?.["id"], code, text));
  };

/** What is answered to `initialize`, and to any other POST. */
export const handshake = (
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
