import { expect, test } from "vitest";
import { judgeAuthentication, type AuthenticationSigns } from "../../src/probe/authentication.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { reply } from "./reply.ts";

const signs = { listing: "unasked", hostCheck: false, mtls: false } as const;
const challenge = (value: string): Readonly<Record<string, string>> => ({
  "www-authenticate": value,
});
const metadata = { resource: "https://a.example/mcp", servers: [], mentionsMcp: true };
const refused = { listing: "refused" } as const;
const unauthorized = JSON.stringify({
  jsonrpc: "2.0",
  error: { code: 1, message: "Unauthorized" },
});

/** Which row of the table decides is told by what it says; the scheme is the server's own word. */
const rows: readonly (readonly [
  evidence: string,
  from: Reply,
  verdict: string,
  scheme?: string | undefined,
  more?: Partial<AuthenticationSigns>,
])[] = [
  ["redirected to a login page", reply(302, { location: "/login" }), "front-door"],
  [
    "An identity-aware proxy",
    reply(403, { "x-goog-iap-generated-response": "true" }),
    "front-door",
  ],
  ["An identity-aware proxy", reply(403, { "x-ms-middleware-request-id": "1" }), "front-door"],
  ["The host name was refused", reply(403, {}, "Invalid Host"), "unknown"],
  ["A firewall or content", reply(429, { server: "Imperva" }, "<p>"), "unknown"],
  ["The cloud platform refused", reply(403, {}, '{ "message" : "Forbidden" }'), "front-door"],
  ["A gateway checks tokens", reply(401, { server: "awselb/2.0" }), "front-door"],
  [
    "A gateway checks tokens",
    reply(401, { server: "AWSELB", ...challenge("Bearer a") }),
    "front-door",
    "Bearer",
  ],
  [
    "A gateway checks tokens",
    reply(401, { "x-amz-apigw-id": "a" }, ' { "message" : "Unauthorized" } '),
    "front-door",
  ],
  [
    "A gateway checks tokens",
    reply(401, { "apigw-requestid": "a" }, '{"message":"Unauthorized"}'),
    "front-door",
  ],
  ["A gateway checks tokens", reply(401, {}, "Jwt is missing"), "front-door"],
  ["A password or token", reply(401, {}, '{"message":"Unauthorized"}'), "static-secret"],
  [
    "A password or token",
    reply(401, { "apigw-requestid": "a" }, '{"message":"Unauthorized","a":1}'),
    "static-secret",
  ],
  [
    "A password or token",
    reply(401, { "apigw-requestid": "a" }, 'x{"message":"Unauthorized"}'),
    "static-secret",
  ],
  ["A password or token", reply(401, { server: "xawselb" }), "static-secret"],
  ["A password or token", reply(401, { server: "awselbx" }), "static-secret"],
  [
    "names an authorization server",
    reply(401, challenge("a Authorization_URI =b")),
    "oauth",
    "Bearer",
  ],
  ["names OAuth metadata", reply(401, challenge("a Resource_Metadata =b")), "oauth", "Bearer"],
  ["more scope", reply(403, challenge("a error=Insufficient_Scope")), "oauth", "Bearer"],
  ["a header that carries a key", reply(401, challenge("X-Auth a")), "static-secret", "X-Auth"],
  [
    "a header that carries a key",
    reply(403, {}, "no x-my-apikey-2!"),
    "static-secret",
    "x-my-apikey-2",
  ],
  ["a header that carries a key", reply(403, {}, "no API-Key"), "static-secret", "API-Key"],
  ["a header that carries a key", reply(403, {}, "no X-Token"), "static-secret", "X-Token"],
  [
    "a header that carries a key",
    reply(403, {}, "Ocp-Apim-Subscription-Key"),
    "static-secret",
    "Ocp-Apim-Subscription-Key",
  ],
  [
    "a header that carries a key",
    reply(403, {}, "PRIVATE-TOKEN"),
    "static-secret",
    "PRIVATE-TOKEN",
  ],
  [
    "a header that carries a key",
    reply(300, {}, '{"result":"X-API-Key"}', { end: "reset" }),
    "static-secret",
    "X-API-Key",
  ],
  [
    "a header that carries a key",
    reply(200, {}, "X-API-Key", { end: "enough" }),
    "static-secret",
    "X-API-Key",
  ],
  [
    "a header that carries a key",
    reply(401, {}, "", { events: [{ event: "message", data: "Send X-API-Key" }] }),
    "static-secret",
    "X-API-Key",
  ],
  ["No list was answered", reply(299, {}, '{"result":"X-API-Key"}'), "unknown"],
  ["No list was answered", reply(200, {}, "X-API-Key", { end: "cap" }), "unknown"],
  ["No list was answered", reply(undefined, {}, "X-API-Key", { end: "timeout" }), "unknown"],
  ["No list was answered", reply(403, {}, "MyX-API-Keys"), "unknown"],
  ["No list was answered", reply(403, {}, "X-Path"), "unknown"],
  [
    "OAuth metadata is published and",
    reply(401, challenge("DPoP a")),
    "oauth",
    "DPoP",
    { metadata },
  ],
  ["No list was answered", reply(403), "unknown", undefined, { metadata }],
  ["No list was answered", reply(403, challenge("a xauthorization_uri=b")), "unknown"],
  ["A password or token", reply(401, {}, "xJwt is missing"), "static-secret"],
  ["A password or token", reply(401, {}, "Jwt is missingx"), "static-secret"],
  ["could not be read", reply(401, challenge("xBasic")), "unknown", "xBasic", { unread: true }],
  ["could not be read", reply(401, challenge("Bearer a")), "unknown", "Bearer", { unread: true }],
  ["could not be read", reply(401), "unknown", undefined, { unread: true }],
  ["A password or token", reply(407), "static-secret", undefined, { unread: true }],
  [
    "A password or token",
    reply(401, challenge("Basic")),
    "static-secret",
    "Basic",
    { unread: true },
  ],
  [
    "A password or token",
    reply(401, challenge("digest")),
    "static-secret",
    "digest",
    { unread: true },
  ],
  ["A password or token", reply(401, challenge("NTLM")), "static-secret", "NTLM", { unread: true }],
  [
    "A password or token",
    reply(401, challenge("Negotiate")),
    "static-secret",
    "Negotiate",
    { unread: true },
  ],
  ["could not be read", reply(401, challenge("Basics")), "unknown", "Basics", { unread: true }],
  ["A password or token", reply(401, challenge(" Bearer")), "static-secret", "Bearer"],
  ["A password or token", reply(407, challenge("Basic a")), "static-secret", "Basic"],
  ...[
    "unauthorized",
    "Unauthorised",
    "unauthenticated",
    "authentication failed",
    "no credentials",
    "an access token",
    "an api key",
    "an api_key",
    "an APIKEY",
  ].map(
    (words) =>
      [
        "The list was answered with an error",
        reply(500, {}, words),
        "static-secret",
        undefined,
        refused,
      ] as const,
  ),
  ["No list was answered", reply(500, {}, "Internal error"), "unknown", undefined, refused],
  ["No list was answered", reply(500, {}, "unauthorized"), "unknown"],
  [
    "The list was answered with an error",
    reply(200, {}, "", { events: [{ event: "message", data: unauthorized }] }),
    "static-secret",
    undefined,
    refused,
  ],
];

test.each(rows.map((row) => ({ row, says: row[0], status: row[1].status ?? "nothing" })))(
  "$status: $says",
  ({ row }) => {
    const [says, from, verdict, scheme, more] = row;
    const fact = judgeAuthentication({ ...signs, ...more, refusal: from });
    expect(fact.verdict).toBe(verdict);
    expect(fact.evidence[0]).toContain(says);
    expect(fact.scheme).toBe(scheme);
  },
);

test("a scheme is clipped, and what refused is quoted with its challenge", () => {
  const long = judgeAuthentication({ ...signs, refusal: reply(401, challenge("a".repeat(99))) });
  expect(long.scheme).toBe(`${"a".repeat(63)}…`);
  const { evidence } = judgeAuthentication({
    ...signs,
    refusal: reply(401, challenge(`Bearer ${"x".repeat(400)}`)),
  });
  expect(evidence[1]).toHaveLength(300);
  expect(evidence[1]).toMatch(/^HTTP 401, WWW-Authenticate: Bearer x+…$/);
  expect(judgeAuthentication({ ...signs, refusal: reply(401) }).evidence).toEqual([
    "A password or token is demanded and no OAuth metadata is published",
    "HTTP 401",
  ]);
});

test("what stands open says so, and what it leaves open", () => {
  expect(judgeAuthentication({ ...signs, listing: "open", hostCheck: true, metadata })).toEqual({
    verdict: "host-check",
    advertisesOauth: true,
    evidence: [
      "tools/list was answered without credentials",
      "Only the Host header is checked, and any client can send localhost",
      "OAuth metadata is published but not enforced on the listing",
    ],
  });
  expect(judgeAuthentication({ ...signs, listing: "open" })).toEqual({
    verdict: "open",
    advertisesOauth: false,
    evidence: ["tools/list was answered without credentials"],
  });
  expect(judgeAuthentication({ ...signs, listing: "empty" }).evidence).toEqual([
    "tools/list was answered without credentials",
    "The list is empty: it may depend on the caller",
  ]);
  expect(judgeAuthentication({ ...signs, listing: "toolless" }).evidence).toEqual([
    "Another list than that of tools, which it does not offer, was answered without credentials",
  ]);
  expect(judgeAuthentication({ ...signs, mtls: true }).evidence).toEqual([
    "The TLS handshake demands a client certificate",
  ]);
  expect(judgeAuthentication(signs).evidence).toEqual(["No list was answered"]);
});
