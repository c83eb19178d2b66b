import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeOptions } from "../../src/probe/options.ts";
import { probe } from "../../src/probe/probe.ts";
import { page } from "./answering.ts";
import { probeOptions, targetAt } from "./target.ts";

interface Asked {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
}

async function probed(
  handler: MockHandler,
  options: Partial<ProbeOptions> = {},
): Promise<{ found: Fingerprint; asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const mock = await serve(
    (incoming, context) => {
      const { request, path } = incoming;
      asked.push({ line: `${request.method} ${path}`, headers: request.headers });
      handler(incoming, context);
    },
    "/mcp",
    {},
  );
  const found = await probe(targetAt(mock.port), probeOptions(options));
  await mock.close();
  return { found, asked };
}

const rpc = (incoming: Incoming): void => {
  sendJson(incoming, 401, rpcError(null, -32_001, "No token"));
};
const everywhere =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): MockHandler =>
  (incoming) =>
    sendText(incoming, status, body, headers);
const atMcp =
  (refuse: (incoming: Incoming) => void): MockHandler =>
  (incoming) => {
    if (incoming.path === "/mcp" && incoming.request.method === "POST") refuse(incoming);
    else sendText(incoming, 404, "no");
  };

describe("a refusal is looked into", () => {
  test("by a preflight, a path that no server has, and OAuth metadata", async () => {
    const { asked } = await probed(atMcp(rpc));
    const lines = asked.map(({ line }) => line);
    expect(lines[2]).toMatch(/^POST \/[0-9a-f]{16}$/);
    expect(lines.filter((_, index) => index !== 2)).toEqual([
      "POST /mcp",
      "OPTIONS /mcp",
      "GET /.well-known/oauth-protected-resource/mcp",
      "GET /.well-known/oauth-protected-resource",
    ]);
    expect(asked[1]?.headers).toMatchObject({
      origin: "https://postern.invalid",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type, mcp-protocol-version",
    });
    expect(asked[2]?.headers).toMatchObject({
      "mcp-method": "server/discover",
      "mcp-protocol-version": "2026-07-28",
    });
    expect(asked[3]?.headers.accept).toBe("application/json");
  });

  test.each([1, 2, 3, 4])("by no more than %d requests in all", async (requests) => {
    const { asked } = await probed(atMcp(rpc), { limits: { requests } });
    expect(asked).toHaveLength(requests);
  });
});

test("the metadata of the root is asked for once where the root is refused", async () => {
  const { asked } = await probed((incoming) => {
    if (incoming.path === "/" && incoming.request.method === "POST") rpc(incoming);
    else sendText(incoming, 404, `No ${incoming.path}`);
  });
  const metadata = asked.filter(({ line }) => line.includes("well-known"));
  expect(metadata.map(({ line }) => line)).toEqual(["GET /.well-known/oauth-protected-resource"]);
});

describe("what it comes to", () => {
  test.each<[string, MockHandler, string, string]>([
    [
      "four points",
      atMcp(rpc),
      "auth-required",
      "Refused, and the refusal is a JSON-RPC message, only this path is refused",
    ],
    [
      "three points",
      everywhere(401, "", { "www-authenticate": "Bearer resource_metadata=https://a/mcp" }),
      "auth-required",
      "Refused, and OAuth metadata is published, the OAuth metadata belongs to an MCP path",
    ],
    [
      "three points of a preflight",
      (incoming) => {
        const preflight = incoming.request.method === "OPTIONS";
        sendText(incoming, preflight ? 200 : 401, "no", {
          ...(preflight && { "access-control-allow-headers": "mcp-session-id" }),
        });
      },
      "auth-required",
      "Refused, and CORS lets MCP headers through",
    ],
    ["two points", rpc, "likely", "Refused, and the refusal is a JSON-RPC message"],
    [
      "one point",
      everywhere(401, "", { "www-authenticate": "Bearer resource_metadata=https://a/x" }),
      "unknown",
      "Every path is refused alike: what is behind cannot be told",
    ],
    [
      "none",
      everywhere(401, "no"),
      "unknown",
      "Every path is refused alike: what is behind cannot be told",
    ],
    [
      "a firewall",
      everywhere(403, "<p>", { ...page, server: "Imperva" }),
      "unknown",
      "A firewall or content network refused the request",
    ],
    [
      "a login",
      everywhere(302, "", { location: "/login" }),
      "unknown",
      "A login page stands in front of every path",
    ],
  ])("with %s", async (_name, handler, confidence, because) => {
    const { found } = await probed(handler);
    expect(found).toMatchObject({ confidence, because });
  });

  test("is nothing where the host name was refused, whatever the points", async () => {
    const refuse = (incoming: Incoming): void => {
      sendJson(incoming, 403, rpcError(null, -32_000, "Invalid Host header"));
    };
    const { found } = await probed(atMcp(refuse), { hostRetry: false });
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The server does not know the host name it was asked by",
    });
  });
});

test("a page that names MCP in front of a site that refuses every call makes it likely and no more", async () => {
  const { found } = await probed((incoming) => {
    if (incoming.request.method === "GET" && incoming.path === "/") {
      sendText(incoming, 200, "<title>About our MCP Server</title>", page);
    } else sendText(incoming, 401, "Unauthorized");
  });
  expect(found.confidence).toBe("likely");
});
