import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import { probe } from "../../src/probe/probe.ts";
import { page } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";
import { probeOptions, targetAt } from "./target.ts";

const wellKnown = "/.well-known/oauth-protected-resource";

/** A refusal at /mcp, and these answers elsewhere. */
const refusing =
  (elsewhere: (incoming: Incoming) => void, refuse?: (incoming: Incoming) => void): MockHandler =>
  (incoming) => {
    if (incoming.path !== "/mcp") elsewhere(incoming);
    else if (refuse) refuse(incoming);
    else sendJson(incoming, 401, rpcError(null, -32_001, "No token"));
  };

const publishing =
  (place: string, otherwise: (incoming: Incoming) => void) =>
  (incoming: Incoming): void => {
    if (incoming.path === place) sendJson(incoming, 200, { resource: "https://a.example/mcp" });
    else otherwise(incoming);
  };

describe("OAuth metadata", () => {
  test.each<[string, (incoming: Incoming) => void]>([
    ["missing", (incoming) => sendText(incoming, 404, "no")],
    ["refused", (incoming) => sendText(incoming, 401, "no")],
    ["a page", (incoming) => sendText(incoming, 200, "<title>App</title>", page)],
    ["JSON about something else", (incoming) => sendJson(incoming, 200, { ok: true })],
  ])("at the root is found where that of the path is %s", async (_name, otherwise) => {
    const { found } = await probeHandler(refusing(publishing(wellKnown, otherwise)));
    expect(found.authentication).toMatchObject({ verdict: "oauth", advertisesOauth: true });
  });

  test("of the path is enough", async () => {
    const { found } = await probeHandler(
      refusing(publishing(`${wellKnown}/mcp`, (incoming) => sendText(incoming, 404, "no"))),
    );
    expect(found.authentication.verdict).toBe("oauth");
    expect(found.exchanges.some(({ url }) => url.endsWith(wellKnown))).toBe(false);
  });

  test.each([
    [3, "unknown"],
    [4, "unknown"],
    [5, "static-secret"],
  ])(
    "that %d requests leave unread is no proof of a secret that is shared",
    async (requests, verdict) => {
      const mock = await serve(
        refusing((incoming) => sendText(incoming, 404, "no")),
        "/mcp",
        {},
      );
      const found = await probe(targetAt(mock.port), probeOptions({ limits: { requests } }));
      await mock.close();
      expect(found.exchanges).toHaveLength(requests);
      expect(found).toMatchObject({ confidence: "auth-required", authentication: { verdict } });
    },
  );

  test("that was not answered is no proof either, unless a password is asked for", async () => {
    const cut = ({ path, request, response }: Incoming): void => {
      if (path.startsWith(wellKnown)) request.socket.destroy();
      else response.writeHead(404).end();
    };
    const { found } = await probeHandler(refusing(cut));
    expect(found.authentication.verdict).toBe("unknown");
    const basic = { "www-authenticate": "Basic realm=a" };
    const { found: asked } = await probeHandler(
      refusing(cut, (incoming) => sendText(incoming, 401, "", basic)),
    );
    expect(asked.authentication).toMatchObject({ verdict: "static-secret", scheme: "Basic" });
  });
});

describe("a refusal at one path only", () => {
  const plain = (incoming: Incoming): void => sendText(incoming, 401, "Password");

  test.each([
    [404, true],
    [200, true],
    [403, true],
    [401, false],
    [429, false],
    [502, false],
    [503, false],
    [504, false],
  ])("is told by a control that is answered with %d: %s", async (status, told) => {
    const { found } = await probeHandler(
      refusing((incoming) => sendText(incoming, status, `Nothing at ${incoming.path}`), plain),
    );
    expect(found.because.includes("only this path is refused")).toBe(told);
    expect(found.confidence === "unknown").toBe(!told);
  });
});

test("a session that a refusal of the version opened is deleted as well", async () => {
  const deleted: string[] = [];
  const { found } = await probeHandler((incoming, context) => {
    const { message, request } = incoming;
    const version = /"protocolVersion":"([^"]+)"/.exec(incoming.body)?.[1];
    if (request.method === "DELETE") {
      deleted.push(String(request.headers["mcp-session-id"]));
      sendText(incoming, 200, "");
    } else if (message === undefined || incoming.path !== "/mcp") sendText(incoming, 404, "no");
    else if (message["method"] === "initialize" && version !== "2025-06-18") {
      const refusal = rpcError(message["id"], -32_602, "Unsupported protocol version: 2025-06-18");
      sendJson(incoming, 400, refusal, { "mcp-session-id": "refused" });
    } else if (message["method"] === "server/discover") {
      sendJson(incoming, 400, rpcError(message["id"], -32_601, "Method not found"));
    } else {
      sendJson(incoming, 200, answerLegacy(message, context) ?? null, { "mcp-session-id": "ours" });
    }
  });
  expect(found.confidence).toBe("confirmed");
  expect(deleted).toEqual(["refused", "ours"]);
});
