import { describe, expect, test } from "vitest";
import {
  judgeAuthentication,
  readResourceMetadata,
  scoreRefusal,
  type AuthenticationSigns,
  type RefusalSigns,
} from "../../src/probe/authentication.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { reply } from "./reply.ts";

const json = { "content-type": "application/json" };
const metadata = { resource: "https://a.example/mcp", servers: [], mentionsMcp: true };
const bearer = { "www-authenticate": 'Bearer resource_metadata="https://a.example/x"' };
const rpc = '{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Unauthorized"}}';

/** The auth truth table, one row a line. */
const table: readonly (readonly [
  name: string,
  signs: Partial<AuthenticationSigns>,
  verdict: string,
])[] = [
  ["list answered", { listing: "open" }, "open"],
  ["list answered, OAuth only advertised", { listing: "open", metadata }, "open"],
  ["list answered as localhost only", { listing: "open", hostCheck: true }, "host-check"],
  ["empty list", { listing: "empty" }, "open"],
  ["nothing listed and no refusal", { listing: "refused" }, "unknown"],
  ["401 with resource metadata", { refusal: reply(401, bearer) }, "oauth"],
  ["401 and published metadata", { refusal: reply(401), metadata }, "oauth"],
  [
    "403 with too little scope",
    { refusal: reply(403, { "www-authenticate": 'Bearer error="insufficient_scope"' }) },
    "oauth",
  ],
  ["401 JSON-RPC", { refusal: reply(401, json, rpc) }, "static-secret"],
  [
    "401 that names a key header",
    { refusal: reply(401, json, "missing X-MCP-AUTH header") },
    "static-secret",
  ],
  ["401 Basic", { refusal: reply(401, { "www-authenticate": "Basic realm=x" }) }, "static-secret"],
  ["407", { refusal: reply(407) }, "static-secret"],
  [
    "list answered by an error that asks for a token",
    { listing: "refused", refusal: reply(200, json, rpc) },
    "static-secret",
  ],
  ["403 host text", { refusal: reply(403, {}, "Invalid Host header: x") }, "unknown"],
  ["403 of a firewall", { refusal: reply(403, { server: "awselb/2.0" }, "<html>") }, "unknown"],
  [
    "302 to a login page",
    { refusal: reply(302, { location: "https://x/oauth2/authorize" }) },
    "front-door",
  ],
  [
    "an identity-aware proxy",
    { refusal: reply(401, { "x-goog-iap-generated-response": "true" }) },
    "front-door",
  ],
  ["403 of API Gateway", { refusal: reply(403, json, '{"message":"Forbidden"}') }, "front-door"],
  [
    "403 of API Gateway without a route",
    { refusal: reply(403, json, '{"message":"Missing Authentication Token"}') },
    "front-door",
  ],
  ["403 of a function URL", { refusal: reply(403, json, '{"Message":"Forbidden"}') }, "front-door"],
  [
    "403 of Cloud Run",
    { refusal: reply(403, {}, "Your client does not have permission to get URL /mcp from") },
    "front-door",
  ],
  [
    "302 to the login of App Service",
    { refusal: reply(302, { location: "https://a.example/.auth/login/aad" }) },
    "front-door",
  ],
  [
    "302 of an identity-aware proxy",
    { refusal: reply(302, { location: "https://accounts.google.com/o/oauth2/v2/auth" }) },
    "front-door",
  ],
  [
    "401 of App Service",
    { refusal: reply(401, { "x-ms-middleware-request-id": "1" }) },
    "front-door",
  ],
  ["401 of a load balancer", { refusal: reply(401, { server: "awselb/2.0" }) }, "front-door"],
  [
    "401 of an authorizer of API Gateway",
    { refusal: reply(401, { ...json, "apigw-requestid": "a" }, '{"message":"Unauthorized"}') },
    "front-door",
  ],
  [
    "401 of a server behind API Gateway",
    { refusal: reply(401, { ...json, "apigw-requestid": "a" }, '{"error":"no X-API-Key"}') },
    "static-secret",
  ],
  ["401 of Envoy's token filter", { refusal: reply(401, {}, "Jwt is missing") }, "front-door"],
  [
    "401 that names an authorization server",
    {
      refusal: reply(401, {
        "www-authenticate": 'Bearer authorization_uri="https://login.example/authorize"',
      }),
    },
    "oauth",
  ],
  [
    "401 that names GitLab's header",
    { refusal: reply(401, json, '{"message":"Private-Token header missing"}') },
    "static-secret",
  ],
  [
    "401 for a subscription key",
    { refusal: reply(401, { "www-authenticate": "AzureApiManagementKey realm=x" }) },
    "static-secret",
  ],
  ["403 without any sign", { refusal: reply(403) }, "unknown"],
  ["a client certificate", { mtls: true }, "mtls"],
];

test.each(table)("%s", (_name, signs, verdict) => {
  const fact = judgeAuthentication({ listing: "unasked", hostCheck: false, mtls: false, ...signs });
  expect(fact.verdict).toBe(verdict);
  expect(fact.evidence.length).toBeGreaterThan(0);
  expect(fact.advertisesOauth).toBe(signs.metadata !== undefined);
});

test("the hosts that give out tokens are named, and nothing but their names", () => {
  const servers = ["https://login.example/tenant", "https://login.example/other", "not a URL"];
  const { evidence } = judgeAuthentication({
    listing: "unasked",
    hostCheck: false,
    mtls: false,
    refusal: reply(401, bearer),
    metadata: { ...metadata, servers },
  });
  expect(evidence.at(-1)).toBe("Tokens come from login.example");
});

const cors = { "access-control-allow-headers": "Content-Type, Mcp-Session-Id" };
const alike = reply(401, json, "{}");
const scores: readonly (readonly [name: string, signs: RefusalSigns, score: number])[] = [
  ["the same refusal everywhere", { refusal: alike, control: alike }, 0],
  ["no control answer", { refusal: alike }, 0],
  ["only this path", { refusal: alike, control: reply(404) }, 2],
  ["JSON-RPC everywhere", { refusal: reply(401, json, rpc), control: alike }, 2],
  ["JSON-RPC at this path", { refusal: reply(401, json, rpc), control: reply(404) }, 4],
  ["CORS for MCP headers", { refusal: alike, control: alike, preflight: reply(204, cors) }, 3],
  [
    "OAuth for another resource, everywhere",
    { refusal: reply(401, bearer), control: alike, metadata: { ...metadata, mentionsMcp: false } },
    1,
  ],
  [
    "OAuth for another resource, this path",
    { refusal: reply(401, bearer), control: reply(404) },
    3,
  ],
  ["OAuth for an MCP resource", { refusal: reply(401, bearer), control: alike, metadata }, 3],
  [
    "text for people",
    {
      refusal: reply(401, { "content-type": "text/html" }, "<p>Model Context Protocol"),
      control: alike,
    },
    0,
  ],
];

test.each(scores)("a refusal with %s scores as measured", (_name, signs, score) => {
  expect(scoreRefusal(signs).score).toBe(score);
});

describe("protected resource metadata", () => {
  const cases: readonly (readonly [name: string, from: Reply, found: object | undefined])[] = [
    [
      "is read",
      reply(200, json, '{"resource":"https://a/mcp","authorization_servers":["https://b",null]}'),
      { resource: "https://a/mcp", servers: ["https://b"], mentionsMcp: true },
    ],
    [
      "may name MCP in a scope",
      reply(200, json, '{"resource":"https://a/","scopes_supported":["mcp:x"]}'),
      { mentionsMcp: true },
    ],
    ["needs a resource", reply(200, json, "{}"), undefined],
    [
      "is JSON",
      reply(200, { "content-type": "text/html" }, '{"resource":"https://a/mcp"}'),
      undefined,
    ],
    ["comes with status 200", reply(404, json, '{"resource":"https://a/mcp"}'), undefined],
  ];
  test.each(cases)("%s", (_name, from, found) => {
    const read = readResourceMetadata(from);
    if (found === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(found);
  });
});
