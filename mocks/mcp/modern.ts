import { sendJson, sendText, type MockHandler } from "./mock-server.ts";
import { answerModern } from "./protocol.ts";

/** A server that knows only the 2026-07-28 revision: no `initialize`, no sessions. */
export const modernOnly: MockHandler = (incoming, context) => {
  const { request, path, message } = incoming;
  if (path !== "/mcp") {
    sendText(incoming, 404, "Cannot find it");
    return;
  }
  if (request.method !== "POST" || message === undefined) {
    sendText(incoming, 405, "Method not allowed", { allow: "POST" });
    return;
  }
  const header = request.headers["mcp-method"];
  const { status, body } = answerModern(message, String(header), context);
  sendJson(incoming, status, body);
};
