import { sendEvents, sendJson, sendText, type MockHandler } from "./mock-server.ts";
import { answerLegacy, legacyVersions, rpcError } from "./protocol.ts";

type Send = typeof sendJson;

function stateless(send: Send): MockHandler {
  return (incoming, context) => {
    const { request, response, path, message } = incoming;
    if (path !== "/mcp") {
      sendText(incoming, 404, "Cannot find it");
      return;
    }
    if (request.method !== "POST" || message === undefined) {
      sendJson(incoming, 405, rpcError(null, -32_000, "Method not allowed"));
      return;
    }
    const version = request.headers["mcp-protocol-version"];
    if (version !== undefined && !legacyVersions.some((known) => known === version)) {
      const supported = legacyVersions.join(", ");
      const text = `Bad Request: Unsupported protocol version (supported versions: ${supported})`;
      sendJson(incoming, 400, rpcError(null, -32_000, text));
      return;
    }
    const answer = answerLegacy(message, context);
    if (answer) send(incoming, 200, answer);
    else response.writeHead(202).end();
  };
}

/** Streamable HTTP without sessions, answering JSON. */
export const streamableStateless: MockHandler = stateless(sendJson);

/** The same with every answer framed as an event stream, after a notification of the server's own. */
export const streamableSse: MockHandler = stateless((incoming, _status, answer) => {
  const notice = { jsonrpc: "2.0", method: "notifications/message", params: { data: "working" } };
  sendEvents(incoming, [notice, answer]);
});
