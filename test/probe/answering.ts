import { sendText, type Incoming, type MockHandler } from "../../mocks/mcp/mock-server.ts";

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
