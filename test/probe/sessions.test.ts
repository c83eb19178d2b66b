import { expect, test } from "vitest";
import { sendJson, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateful } from "../../mocks/mcp/streamable-stateful.ts";
import { probeHandler } from "./probe-handler.ts";

/** Opens a session for whoever comes without one, whatever is asked. */
const eager =
  (answer: MockHandler): MockHandler =>
  (incoming, context) => {
    const { request, response, message } = incoming;
    if (request.method === "POST" && message?.["method"] === "server/discover") {
      const id = `eager-${context.sessions.size}`;
      context.sessions.add(id);
      response.setHeader("mcp-session-id", id);
    }
    if (request.method === "DELETE") {
      context.sessions.delete(String(request.headers["mcp-session-id"]));
      response.writeHead(200).end();
      return;
    }
    answer(incoming, context);
  };

const none: MockHandler = (incoming) => {
  sendJson(incoming, 400, rpcError(null, -32_600, "Invalid Request"));
};

test.each([
  ["of the 2026 protocol", modernOnly, "confirmed"],
  ["of an earlier protocol", streamableStateful, "confirmed"],
  ["that answers nothing else", none, "none"],
])("a session that the first question opened at a server %s is deleted", async (...row) => {
  const [, answer, confidence] = row;
  const { found, open } = await probeHandler(eager(answer));
  expect(found.confidence).toBe(confidence);
  expect(open).toBe(0);
});
