import { sendJson, sendText, type MockHandler } from "./mock-server.ts";
import { answerLegacy, rpcError } from "./protocol.ts";

/** Streamable HTTP with sessions, as the SDK's own transport behaves: nothing works before `initialize`. */
export const streamableStateful: MockHandler = (incoming, context) => {
  const { request, response, path, message } = incoming;
  if (path !== "/mcp") {
    sendText(incoming, 404, "Cannot find it");
    return;
  }
  const session = request.headers["mcp-session-id"];
  const known = typeof session === "string" && context.sessions.has(session);
  if (request.method === "DELETE") {
    if (known) context.sessions.delete(session);
    response.writeHead(known ? 200 : 404).end();
    return;
  }
  if (request.method !== "POST" || message === undefined) {
    sendJson(incoming, 405, rpcError(null, -32_000, "Method not allowed"));
    return;
  }
  if (message["method"] === "initialize") {
    const id = `session-${context.sessions.size + 1}-${context.port}`;
    context.sessions.add(id);
    sendJson(incoming, 200, answerLegacy(message, context) ?? null, { "mcp-session-id": id });
    return;
  }
  if (!known) {
    sendJson(incoming, 400, rpcError(null, -32_000, "Bad Request: Server not initialized"));
    return;
  }
  const answer = answerLegacy(message, context);
  if (answer) sendJson(incoming, 200, answer);
  else response.writeHead(202).end();
};
