import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import type { Json } from "../../src/model/json.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeLimits } from "../../src/probe/limits.ts";
import { probe } from "../../src/probe/probe.ts";
import { page } from "./answering.ts";
import { probeOptions, targetAt } from "./target.ts";

interface Asked {
  readonly method: string;
  readonly version: string;
  readonly session: string;
}

/** A server that knows only the handshake, which it answers in this way, and lists one tool. */
async function greeted(
  initialize: (incoming: Incoming, version: string) => void,
  limits: Partial<ProbeLimits> = {},
): Promise<{ found: Fingerprint; asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const handler: MockHandler = (incoming) => {
    const { message, request, path, body } = incoming;
    const method = message?.["method"];
    if (path !== "/mcp") sendText(incoming, 404, `No ${path}`);
    else {
      asked.push({
        method: typeof method === "string" ? method : (request.method ?? ""),
        version: String(request.headers["mcp-protocol-version"]),
        session: String(request.headers["mcp-session-id"]),
      });
      const version = /"protocolVersion":"([^"]+)"/.exec(body)?.[1] ?? "";
      if (method === "initialize") initialize(incoming, version);
      else if (method === "tools/list") {
        sendJson(incoming, 200, answer(incoming, { tools: [{ name: "a" }] }));
      } else if (method === "server/discover") sendText(incoming, 400, "What?");
      else sendText(incoming, 200, "");
    }
  };
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port), probeOptions({ limits }));
  await mock.close();
  return { found, asked };
}

const answer = ({ message }: Incoming, result: Json): Json => ({
  jsonrpc: "2.0",
  id: message?.["id"] ?? null,
  result,
});
const agreed = (protocolVersion: string): Json => ({
  protocolVersion,
  capabilities: { tools: {} },
  serverInfo: { name: "a", version: "1" },
});
const handshakes = (asked: readonly Asked[]): number =>
  asked.filter(({ method }) => method === "initialize").length;

describe("after the handshake", () => {
  test("each request says the version that was agreed and the session", async () => {
    const { found, asked } = await greeted((incoming) => {
      sendJson(incoming, 200, answer(incoming, agreed("2025-03-26")), { "mcp-session-id": "s1" });
    });
    expect(found).toMatchObject({ confidence: "confirmed", protocolVersions: ["2025-03-26"] });
    for (const method of ["notifications/initialized", "tools/list", "DELETE"]) {
      expect(asked).toContainEqual({ method, version: "2025-03-26", session: "s1" });
    }
  });

  test("a session that cannot be sent back is left alone", async () => {
    const { found, asked } = await greeted((incoming) => {
      sendJson(incoming, 200, answer(incoming, agreed("2025-03-26")), { "mcp-session-id": "a b" });
    });
    expect(found.confidence).toBe("confirmed");
    expect(asked.some(({ method, session }) => method === "DELETE" || session === "a b")).toBe(
      false,
    );
  });

  test("that failed, the session that it opened is deleted", async () => {
    const { asked } = await greeted((incoming) => {
      sendJson(incoming, 400, rpcError(incoming.message?.["id"], -32_603, "No"), {
        "mcp-session-id": "s2",
      });
    });
    expect(asked.filter(({ method }) => method === "DELETE")).toEqual([
      { method: "DELETE", version: "2025-11-25", session: "s2" },
    ]);
  });
});

describe("another version is asked for", () => {
  test("once, the newest that the refusal names and that is not ours", async () => {
    const versions: string[] = [];
    const { found } = await greeted((incoming, version) => {
      versions.push(version);
      const text = "protocolVersion must be one of 2024-11-05, 2025-06-18, 2025-11-25";
      if (version === "2025-06-18") sendJson(incoming, 200, answer(incoming, agreed(version)));
      else sendJson(incoming, 400, rpcError(incoming.message?.["id"], -32_602, text));
    });
    expect(found.confidence).toBe("confirmed");
    expect(versions).toEqual(["2025-11-25", "2025-06-18"]);
  });

  test.each<[string, (incoming: Incoming) => void]>([
    [
      "there is a result, whatever it says",
      (incoming) => sendJson(incoming, 200, answer(incoming, { note: "protocol version 1" })),
    ],
    [
      "a page for people speaks of versions",
      (incoming) => sendText(incoming, 400, "<p>protocol version 2024-11-05</p>", page),
    ],
    ["the refusal is about something else", (incoming) => sendText(incoming, 400, "2024-11-05")],
  ])("not when %s", async (_name, refuse) => {
    const { found, asked } = await greeted(refuse);
    expect(handshakes(asked)).toBe(1);
    expect(found.confidence).not.toBe("confirmed");
  });

  test("not beyond the budget", async () => {
    const { asked } = await greeted(
      (incoming) => sendText(incoming, 400, "unsupported protocol version"),
      { requests: 2 },
    );
    expect(handshakes(asked)).toBe(1);
  });
});

describe("a handshake that gives no result", () => {
  test("ends the conversation when the server asks to slow down", async () => {
    const { found } = await greeted((incoming) => sendText(incoming, 429, "slow down"));
    expect(found).toMatchObject({ confidence: "unknown", because: "The server asks to slow down" });
    expect(found.exchanges).toHaveLength(2);
  });

  test("is a refusal when it is refused", async () => {
    const { found } = await greeted((incoming) => {
      sendJson(incoming, 401, rpcError(null, -32_001, "No"));
    });
    expect(found).toMatchObject({
      confidence: "auth-required",
      authentication: { verdict: "static-secret" },
    });
  });

  test("is a hint when it names MCP", async () => {
    const { found } = await greeted((incoming) => {
      sendText(incoming, 400, "Bad Request: Mcp-Session-Id header is required");
    });
    expect(found).toMatchObject({
      confidence: "likely",
      because: "The answer to initialize names MCP but is not a result",
    });
  });

  test("is nothing when it says nothing of MCP", async () => {
    const { found } = await greeted((incoming) => sendText(incoming, 400, "Bad Request"));
    expect(found.confidence).toBe("none");
  });
});
