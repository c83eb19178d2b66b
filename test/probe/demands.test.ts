import { describe, expect, test } from "vitest";
import { sendJson, type Incoming } from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { at, fails, handshake, json, missing, page, says } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

describe("credentials that are demanded without 401", () => {
  const demands: readonly (readonly [
    name: string,
    toInitialize: (incoming: Incoming) => void,
    scheme: string | undefined,
  ])[] = [
    [
      "in a text that names the header",
      says(400, "x-tool-api-token must be provided in the request header", page),
      "x-tool-api-token",
    ],
    ["in JSON", says(400, '{"error":"Missing API key"}', json), undefined],
    ["in JSON-RPC with 200", fails(200, "Unauthorized: no credentials"), undefined],
    ["in JSON-RPC with 500", fails(500, "Authentication required"), undefined],
    [
      "in an event",
      ({ response, message }) => {
        const error = rpcError(message?.["id"], -32_000, "Access token is missing");
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`data: ${JSON.stringify(error)}\n\n`);
      },
      undefined,
    ],
  ];
  test.concurrent.each(demands)("%s are told", async (_name, toInitialize, scheme) => {
    const { found } = await probeHandler(
      handshake(toInitialize, fails(400, "No valid session ID provided")),
    );
    expect(found).toMatchObject({
      confidence: "auth-required",
      authentication: { verdict: "static-secret", ...(scheme !== undefined && { scheme }) },
    });
  });

  test.concurrent("are no more than likely where nothing else speaks of MCP", async () => {
    const { found } = await probeHandler(
      at("/mcp", says(400, '{"error":"Missing API key"}', json), missing),
    );
    expect(found).toMatchObject({
      confidence: "likely",
      authentication: { verdict: "static-secret" },
    });
  });

  test.concurrent("say nothing where every place demands them", async () => {
    const { found } = await probeHandler(says(400, '{"error":"Missing API key"}', json));
    expect(found.confidence).toBe("unknown");
  });

  test.concurrent("are not heard in other errors", async () => {
    for (const text of ['{"error":"CSRF token missing"}', '{"error":"Unexpected token <"}']) {
      const { found } = await probeHandler(at("/mcp", says(400, text, json), missing));
      expect(found).toMatchObject({ confidence: "none", authentication: { verdict: "unknown" } });
    }
  });
});

describe("a refusal in the words of MCP's libraries", () => {
  const told = (text: string): string => `{"error":"invalid_token","error_description":"${text}"}`;
  const bodies: readonly (readonly [name: string, body: string, confidence: string])[] = [
    ["the TypeScript SDK", told("Missing Authorization header"), "auth-required"],
    ["the Python SDK", told("Authentication required"), "auth-required"],
    ["mcp-handler", told("No authorization provided"), "auth-required"],
    ["the Go SDK", "no bearer token\n", "auth-required"],
    ["mcp-auth", '{"error":"missing_auth_header"}', "auth-required"],
    ["another server", told("The token expired"), "likely"],
  ];
  test.concurrent.each(bodies)("is told from others: %s", async (_name, body, confidence) => {
    const type = body.startsWith("{") ? json : undefined;
    const { found } = await probeHandler(at("/mcp", says(401, body, type), missing));
    expect(found).toMatchObject({ confidence, authentication: { verdict: "static-secret" } });
    const { found: everywhere } = await probeHandler(says(401, body, type));
    const elsewhere = confidence === "likely" ? "unknown" : "likely";
    expect(everywhere.confidence).toBe(elsewhere);
  });
});

test.concurrent("a realm that is named for MCP tells a refusal of JSON-RPC at every path", async () => {
  for (const [realm, confidence] of [
    ["tools-mcp", "auth-required"],
    ["tools", "likely"],
  ] as const) {
    const { found } = await probeHandler((incoming) => {
      sendJson(incoming, 401, rpcError(null, -32_001, "Unauthorized"), {
        "www-authenticate": `Bearer realm="${realm}"`,
      });
    });
    expect(found.confidence).toBe(confidence);
  }
});

test.concurrent("OAuth metadata counts although its resource is a bare name", async () => {
  const { found } = await probeHandler((incoming) => {
    if (incoming.path === "/mcp") sendJson(incoming, 401, { error: "no token" });
    else if (incoming.path === "/.well-known/oauth-protected-resource") {
      sendJson(incoming, 200, {
        resource: "tools",
        authorization_servers: ["https://login.example"],
      });
    } else missing(incoming);
  });
  expect(found).toMatchObject({
    confidence: "auth-required",
    authentication: { verdict: "oauth", advertisesOauth: true },
  });
});
