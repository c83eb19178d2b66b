import type { ServerResponse } from "node:http";
import { sendText, type MockHandler } from "./mock-server.ts";
import { answerLegacy } from "./protocol.ts";

/** Legacy HTTP+SSE (2024-11-05): a stream at /sse names the place to POST, answers come on the stream. */
export function legacySse(): MockHandler {
  const streams = new Map<string, ServerResponse>();
  return (incoming, context) => {
    const { request, response, path, query, message } = incoming;
    if (path === "/sse" && request.method === "GET") {
      const id = `stream-${streams.size + 1}-${context.port}`;
      streams.set(id, response);
      context.sessions.add(id);
      response.on("close", () => context.sessions.delete(id));
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`event: endpoint\ndata: /messages?sessionId=${id}\n\n`);
      return;
    }
    const stream = streams.get(query.get("sessionId") ?? "");
    if (path !== "/messages" || stream === undefined || message === undefined) {
      // As Express says it: with the path.
      sendText(incoming, 404, `Cannot ${request.method} ${path}`);
      return;
    }
    sendText(incoming, 202, "Accepted");
    const answer = answerLegacy(message, context);
    if (answer) stream.write(`event: message\ndata: ${JSON.stringify(answer)}\n\n`);
  };
}
