import { describe, expect, test } from "vitest";
import { legacySse } from "../../mocks/mcp/legacy-sse.ts";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { oauthProtected } from "../../mocks/mcp/protected.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import { probe } from "../../src/probe/probe.ts";
import { movedTo } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";
import { probeOptions, targetAt } from "./target.ts";

const nameOf = ({ request }: Incoming): string => (request.headers.host ?? "").split(":")[0] ?? "";

/** Refuses every name but localhost, as the SDKs do against DNS rebinding. */
const checked =
  (server: MockHandler, status = 421, text = "Invalid Host header"): MockHandler =>
  (incoming, context) => {
    if (nameOf(incoming) === "localhost") server(incoming, context);
    else sendText(incoming, status, text);
  };

describe("a server that only checks the host name", () => {
  test.each([
    ["421", checked(streamableStateless), "/mcp"],
    ["403", checked(streamableStateless, 403, "Forbidden: Host header is not allowed"), "/mcp"],
    ["400", checked(streamableStateless, 400, "invalid host"), "/mcp"],
  ])("is asked as localhost after a %s", async (_status, handler, path) => {
    const { found } = await probeHandler(handler);
    expect(found).toMatchObject({
      confidence: "confirmed",
      authentication: { verdict: "host-check" },
    });
    expect(new URL(found.url).pathname).toBe(path);
  });

  test.each([404, 200])("is not thought of at a %d with the same words", async (status) => {
    const { found } = await probeHandler(checked(streamableStateless, status));
    expect(found.authentication.verdict).not.toBe("host-check");
    expect(found.confidence).toBe("none");
  });

  test("is asked as localhost behind a redirect that only adds a slash", async () => {
    const inner = checked(movedTo("/mcp/", streamableStateless));
    const { found } = await probeHandler((incoming, context) => {
      if (incoming.path === "/mcp") sendText(incoming, 307, "", { location: "/mcp/" });
      else inner(incoming, context);
    });
    expect(found).toMatchObject({
      confidence: "confirmed",
      authentication: { verdict: "host-check" },
    });
    expect(new URL(found.url).pathname).toBe("/mcp/");
  });

  test("is asked as localhost where only its event stream checks", async () => {
    const stream = legacySse();
    const guarded = checked(stream);
    const { found, open } = await probeHandler((incoming, context) => {
      (incoming.path === "/sse" ? guarded : stream)(incoming, context);
    });
    expect(found).toMatchObject({
      confidence: "confirmed",
      transport: "http+sse",
      authentication: { verdict: "host-check" },
    });
    expect(open).toBe(0);
  });

  test("keeps its own name for later questions where localhost is told no more", async () => {
    const hosts: string[] = [];
    const { found } = await probeHandler((incoming) => {
      hosts.push(nameOf(incoming));
      const stream = incoming.path === "/sse";
      sendText(incoming, stream ? 421 : 404, stream ? "Invalid Host header" : incoming.path);
    });
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The server does not know the host name it was asked by",
    });
    expect(hosts.filter((host) => host === "localhost")).toHaveLength(1);
    expect(hosts.at(-1)).toBe("127.0.0.1");
  });

  test("is not asked as localhost again, nor when that is not wanted", async () => {
    const hosts: string[] = [];
    const mock = await serve(
      (incoming) => {
        hosts.push(nameOf(incoming));
        sendText(incoming, 421, "Invalid Host header");
      },
      "/mcp",
      {},
    );
    const found = await probe(targetAt(mock.port), probeOptions({ hostRetry: false }));
    await mock.close();
    expect(found.confidence).toBe("unknown");
    expect(hosts).not.toContain("localhost");
    expect(mock.seen.filter(({ http, path }) => http === "GET" && path === "/sse")).toHaveLength(1);
  });

  test("that wants a token as well asks for that token", async () => {
    const { found } = await probeHandler(checked(oauthProtected));
    expect(found).toMatchObject({
      confidence: "auth-required",
      authentication: { verdict: "oauth" },
    });
  });

  test("says nothing of the server behind another name", async () => {
    const { found } = await probeHandler(
      (incoming, context) => {
        const name = nameOf(incoming);
        const method = incoming.message?.["method"];
        if (name === "b.example.com") streamableStateless(incoming, context);
        else if (name === "localhost") sendJson(incoming, 200, rpcError(null, -32_601, "No"));
        else if (method === undefined) sendText(incoming, 404, incoming.path);
        else sendText(incoming, 421, "Invalid Host header");
      },
      { hosts: ["a.example.com", "b.example.com"] },
    );
    expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  });
});

test.each([[["*.example.com"]], [["127.0.0.1"]], [["*.example.com", "127.0.0.1"]]])(
  "a front door that is asked by its address because %j is no name stays unknown",
  async (hosts) => {
    const { found } = await probeHandler((incoming) => sendText(incoming, 404, "no"), {
      hosts,
      frontDoor: true,
    });
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The front door does not know the host name it was asked by",
    });
  },
);
