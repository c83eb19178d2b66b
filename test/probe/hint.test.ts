import { describe, expect, test } from "vitest";
import {
  hints,
  isFirewallPage,
  isHostRefusal,
  isLoginRedirect,
  isRefusal,
} from "../../src/probe/hint.ts";
import { reply } from "./reply.ts";

const type = (value: string): Readonly<Record<string, string>> => ({ "content-type": value });

test.each([
  "Unsupported protocol version",
  "SUPPORTED VERSIONS",
  "Server not initialized",
  "no mcp-session-id",
  "no mcp-protocol-version",
  "server_missing_modern_protocol_support",
  "Missing sessionId",
  "No sessionId",
  "a session ID is required",
  "the Model Context Protocol",
  "use /x for MCP protocol",
])("the words %j name MCP, except on a page for people", (body) => {
  expect(hints.names(reply(400, {}, body))).toBe(true);
  expect(hints.names(reply(400, type("application/json"), body))).toBe(true);
  expect(hints.names(reply(400, type("text/html"), body))).toBe(true);
  expect(hints.names(reply(400, type("application/XHTML+xml"), `<p>${body}`))).toBe(false);
  expect(hints.names(reply(400, {}, "MCP"))).toBe(false);
  expect(hints.initialize(reply(404, {}, body))).toBe(true);
});

test.each([
  "session not found",
  "Session ID missing",
  "session terminated",
  "session id expired",
  "session required",
  "invalid session",
  "missing or bad session",
  "unknown session",
  "No valid session",
  "no session",
  "No active session",
  "no such session",
  "Session does not exist",
  "Session was not found",
  "sessionId is required",
  "must initialize first",
  "Please initialize",
  "Server is not yet initialized",
  "expect initialize",
  "expected initialize request",
  "client must accept both",
  "Accept header must",
  "accept must",
  "text/event-stream required",
  "JSON-RPC",
  "jsonrpc",
])("the words %j are worth a handshake at a place that is missing", (body) => {
  expect(hints.session(reply(404, {}, body))).toBe(true);
  expect(hints.session(reply(404, type("text/html"), body))).toBe(true);
  expect(hints.session(reply(404, type("text/html"), `<p>${body}`))).toBe(false);
  expect(hints.session(reply(404, type("text/HTML"), `<!doctype html>${body}`))).toBe(false);
  expect(hints.initialize(reply(404, {}, body))).toBe(true);
  expect(hints.initialize(reply(410, {}, body))).toBe(false);
  expect(hints.names(reply(404, {}, body))).toBe(false);
});

test.each(["session", "our session was found", "invalid password", "initialize", "accept"])(
  "the words %j are not",
  (body) => {
    expect(hints.initialize(reply(404, {}, body))).toBe(false);
  },
);

describe("a handshake is worth a try", () => {
  test.each([
    [400, true],
    [405, true],
    [406, true],
    [409, true],
    [415, true],
    [422, true],
    [500, true],
    [501, true],
    [401, false],
    [403, false],
    [404, false],
    [407, false],
    [410, false],
    [429, false],
    [502, false],
    [503, false],
    [504, false],
    [399, false],
    [302, false],
    [200, false],
    [undefined, false],
  ])("after %s: %s", (status, worth) => {
    expect(hints.initialize(reply(status))).toBe(worth);
  });

  test.each([
    [200, "application/json", true],
    [202, "text/event-stream", true],
    [299, "Application/JSON", true],
    [300, "application/json", false],
    [199, "application/json", false],
    [200, "text/html", false],
  ])("after %d of type %s: %s", (status, value, worth) => {
    expect(hints.initialize(reply(status, type(value)))).toBe(worth);
  });

  test.each([
    [405, { allow: "GET" }, "", false],
    [405, { allow: "GET, post" }, "", true],
    [405, { allow: "POSTS" }, "", false],
    [405, { allow: "XPOST" }, "", false],
    [405, { allow: "" }, "", true],
    [405, {}, "", true],
    [400, { allow: "GET" }, "", true],
    [405, { allow: "GET" }, "Server not initialized", true],
  ])("after %d that says %j %s: %s", (status, headers, body, worth) => {
    expect(hints.initialize(reply(status, headers, body))).toBe(worth);
  });
});

test.each([
  [{ "access-control-allow-headers": "content-type, mcp-session-id" }, true],
  [{ "access-control-allow-headers": "MCP-Protocol-Version" }, true],
  [{ "access-control-expose-headers": "Mcp-Method" }, true],
  [{ "access-control-expose-headers": "x-mcp-sessions" }, false],
  [{ "access-control-expose-headers": "mcp-session-idx" }, false],
  [{ "access-control-expose-headers": "xmcp-session-id" }, false],
  [{ "mcp-session-id": "a" }, false],
  [{}, false],
])("CORS headers %j are those of MCP: %s", (headers, told) => {
  expect(hints.headers(reply(200, headers))).toBe(told);
});

test.each([
  "Invalid Host",
  "bad host header",
  "host not allowed",
  "Host is not allowed",
  "Only allowed at localhost",
  "access is only allowed from here",
  "Forbidden: a bad host",
  "Origin validation failed",
])("the words %j refuse a host name", (body) => {
  for (const status of [400, 403, 421]) expect(isHostRefusal(reply(status, {}, body))).toBe(true);
  for (const status of [401, 404, 422, 200, undefined]) {
    expect(isHostRefusal(reply(status, {}, body))).toBe(false);
  }
});

test("other words with 403 refuse no host name", () => {
  expect(isHostRefusal(reply(403, {}, "Forbidden"))).toBe(false);
  expect(isHostRefusal(reply(403, {}, `forbidden: ${"x".repeat(200)}host`))).toBe(true);
  expect(isHostRefusal(reply(403, {}, `forbidden: ${"x".repeat(201)}host`))).toBe(false);
});

test.each([
  "/login",
  "/a/SignIn?x",
  "/sign-in",
  "/sso/a",
  "/authorize",
  "/oauth/x",
  "/oauth2/x",
  "/saml",
  "https://accounts.google.com/",
  "https://login.microsoftonline.com/",
  "/.auth/login/aad",
])("a redirect to %s is one to a login", (location) => {
  for (const status of [301, 302, 303, 307]) {
    expect(isLoginRedirect(reply(status, { location }))).toBe(true);
    expect(isRefusal(reply(status, { location }))).toBe(true);
  }
  for (const status of [200, 300, 304, 308, undefined]) {
    expect(isLoginRedirect(reply(status, { location }))).toBe(false);
    expect(isRefusal(reply(status, { location }))).toBe(false);
  }
});

test.each(["/", "/logins", "/oauth3", "/a?login", undefined])(
  "a redirect to %s is none",
  (location) => {
    expect(isLoginRedirect(reply(302, location === undefined ? {} : { location }))).toBe(false);
  },
);

test.each([
  [401, true],
  [403, true],
  [407, true],
  [400, false],
  [402, false],
  [404, false],
  [406, false],
  [408, false],
  [200, false],
  [undefined, false],
])("a status of %s refuses: %s", (status, refuses) => {
  expect(isRefusal(reply(status))).toBe(refuses);
});

describe("a page of a firewall", () => {
  test.each<[number | undefined, Readonly<Record<string, string>>, string, boolean]>([
    ...[
      "awselb/2.0",
      "AkamaiGHost",
      "Cloudflare",
      "CloudFront",
      "Imperva",
      "BIG-IP",
      "Azure-Azfd",
    ].map((server): [number, Readonly<Record<string, string>>, string, boolean] => [
      403,
      { server },
      "<p>",
      true,
    ]),
    [403, { "x-azure-ref": "a" }, "<p>", true],
    [406, { server: "Imperva" }, "<p>", true],
    [429, { server: "Imperva" }, "<p>", true],
    [503, { server: "Imperva" }, "<p>", true],
    [401, { server: "Imperva" }, "<p>", false],
    [404, { server: "Imperva" }, "<p>", false],
    [200, { server: "Imperva" }, "<p>", false],
    [undefined, { server: "Imperva" }, "<p>", false],
    [403, { server: "Imperva" }, "", false],
    [403, { server: "Imperva", "content-type": "application/JSON" }, "{}", false],
    [403, { server: "nginx" }, "<p>", false],
    [403, {}, "<p>", false],
  ])("%s %j %s: %s", (status, headers, body, told) => {
    expect(isFirewallPage(reply(status, headers, body))).toBe(told);
  });
});
