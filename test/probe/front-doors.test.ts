import { describe, expect, test } from "vitest";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { at, json, page, says, type Headers } from "./answering.ts";
import { probeHandler } from "./probe-handler.ts";

const forbidden = "Your client does not have permission to get URL <code>/mcp</code>";
const oauth =
  'Bearer realm="OAuth", resource_metadata="https://a.example/x", error="invalid_token"';

/** A refusal at one path, or everywhere, with what is said elsewhere. */
const refused =
  (status: number, body: string, headers: Headers, elsewhere?: MockHandler): MockHandler =>
  (incoming, context) => {
    if (elsewhere === undefined || incoming.path === "/mcp") {
      sendText(incoming, status, body, headers);
    } else elsewhere(incoming, context);
  };

const closed: readonly (readonly [
  name: string,
  handler: MockHandler,
  confidence: string,
  verdict: string,
])[] = [
  [
    // https://developers.cloudflare.com/agents/model-context-protocol/authorization/
    "Cloudflare's OAuth provider",
    refused(
      401,
      '{"error":"invalid_token"}',
      { ...json, "www-authenticate": oauth },
      (incoming) => {
        sendText(incoming, 200, "<title>Sign in</title>", page);
      },
    ),
    "auth-required",
    "oauth",
  ],
  [
    // https://developer.konghq.com/plugins/key-auth/
    "Kong with a key",
    refused(
      401,
      '{"message":"No API key found in request"}',
      { ...json, "www-authenticate": "Key" },
      (incoming) => {
        sendJson(incoming, 404, { message: "no Route matched with those values" });
      },
    ),
    "likely",
    "static-secret",
  ],
  [
    // https://aigateway.envoyproxy.io/docs/0.5/capabilities/mcp/
    "Envoy's gateway with OAuth",
    refused(
      401,
      "missing bearer token",
      { "www-authenticate": oauth.replace("/x", "/.well-known/oauth-protected-resource/mcp") },
      says(404, "", { server: "envoy" }),
    ),
    "auth-required",
    "oauth",
  ],
  [
    // https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html
    "nginx with a password for one place",
    refused(
      401,
      "<title>401 Authorization Required</title>",
      { ...page, "www-authenticate": 'Basic realm="Restricted"' },
      says(404, "<title>404 Not Found</title>", page),
    ),
    "likely",
    "static-secret",
  ],
  [
    "nginx with a password for every place",
    refused(401, "<title>401 Authorization Required</title>", {
      ...page,
      "www-authenticate": 'Basic realm="Restricted"',
    }),
    "unknown",
    "static-secret",
  ],
  [
    // https://cloud.google.com/run/docs/authenticating/overview
    "Cloud Run that asks for IAM",
    refused(403, forbidden, { ...page, server: "Google Frontend" }),
    "unknown",
    "front-door",
  ],
  [
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
    "API Gateway that asks for a signature",
    refused(403, '{"message":"Missing Authentication Token"}', json),
    "unknown",
    "front-door",
  ],
  [
    // https://learn.microsoft.com/azure/app-service/configure-authentication-mcp
    "App Service that asks for Entra",
    refused(401, "", {
      "www-authenticate": 'Bearer realm="a", authorization_uri="https://login.windows.net/x"',
    }),
    "unknown",
    "oauth",
  ],
  [
    // https://github.com/yjacquin/fast-mcp: localhost_only
    "fast-mcp for Ruby that answers its own machine only",
    refused(
      403,
      JSON.stringify(rpcError(null, -32_600, "Forbidden: Remote IP not allowed")),
      json,
      says(200, "<title>Rails</title>", page),
    ),
    "auth-required",
    "unknown",
  ],
  [
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
    "a fixed answer of a load balancer",
    refused(200, "OK", { server: "awselb/2.0" }),
    "none",
    "unknown",
  ],
];

describe("a front door that keeps callers out", () => {
  test.concurrent.each(closed)("%s is told", async (_name, handler, confidence, verdict) => {
    const { found } = await probeHandler(handler);
    expect(`${found.confidence} ${found.authentication.verdict}`).toBe(`${confidence} ${verdict}`);
    expect(found.tools).toBeUndefined();
  });
});

test("an Azure function that needs a key is likely", async () => {
  const handler = at("/runtime/webhooks/mcp", says(401, ""), says(404, ""));
  const { found } = await probeHandler(handler, { hosts: ["tools.azurewebsites.net"] });
  expect(found).toMatchObject({
    confidence: "likely",
    authentication: { verdict: "static-secret" },
  });
});
