import { describe, expect, test } from "vitest";
import {
  readResourceMetadata,
  scoreRefusal,
  type RefusalSigns,
} from "../../src/probe/authentication.ts";
import { reply } from "./reply.ts";

const json = { "content-type": "application/json" };
const named = (value: string): Readonly<Record<string, string>> => ({
  "www-authenticate": `Bearer resource_metadata=${value}`,
});
const rpc = "the refusal is a JSON-RPC message";
const mcp = "the refusal names MCP";
const only = "only this path is refused";
const published = "OAuth metadata is published";
const ofPath = "the OAuth metadata belongs to an MCP path";
const mentions = "the OAuth metadata mentions MCP";
const cors = "CORS lets MCP headers through";
const metadata = { resource: "https://a.example/", servers: [], mentionsMcp: false };
const exposing = { "access-control-expose-headers": "Mcp-Session-Id" };

const scores: readonly (readonly [
  signs: RefusalSigns,
  score: number,
  because: readonly string[],
])[] = [
  [{ refusal: reply(401) }, 0, []],
  [{ refusal: reply(401, json, '{"jsonrpc":"2.0","id":1}') }, 2, [rpc]],
  [{ refusal: reply(401, json, '{"jsonrpc":"1.0","id":1}') }, 0, []],
  [{ refusal: reply(401, json, '[{"jsonrpc":"2.0"}]') }, 0, []],
  [{ refusal: reply(401, { "content-type": "text/html" }, '{"jsonrpc":"2.0"}') }, 0, []],
  [
    {
      refusal: reply(401, { "content-type": "text/event-stream" }, "", {
        events: [{ event: "message", data: '{"jsonrpc":"2.0","error":{"message":"No"}}' }],
      }),
    },
    2,
    [rpc],
  ],
  [{ refusal: reply(401, {}, "Mcp-Session-Id") }, 2, [mcp]],
  [{ refusal: reply(401), control: reply(404) }, 2, [only]],
  [{ refusal: reply(403), control: reply(401) }, 2, [only]],
  [{ refusal: reply(401), control: reply(401) }, 0, []],
  [{ refusal: reply(401), control: reply(429) }, 0, []],
  [{ refusal: reply(401), control: { ...reply(0), status: undefined } }, 0, []],
  [{ refusal: reply(401), metadata }, 1, [published]],
  [{ refusal: reply(401, named("a")) }, 1, [published]],
  [{ refusal: reply(401, { "www-authenticate": "Bearer RESOURCE_METADATA =a" }) }, 1, [published]],
  [{ refusal: reply(401), metadata: { ...metadata, mentionsMcp: true } }, 3, [published, mentions]],
  ...['"https://a/mcp"', "https://a/mcp/", "https://a/sse, b=c", '"https://a/MCP", b=c'].map(
    (value) => [{ refusal: reply(401, named(value)) }, 3, [published, ofPath]] as const,
  ),
  ...["https://a/mcp/x", "https://a/sses", '"https://a/mcpx", b=/mcp'].map(
    (value) => [{ refusal: reply(401, named(value)) }, 1, [published]] as const,
  ),
  [{ refusal: reply(401, exposing) }, 3, [cors]],
  [{ refusal: reply(401), preflight: reply(204, exposing) }, 3, [cors]],
  [{ refusal: reply(401), preflight: reply(204) }, 0, []],
];

test.each(scores.map(([signs, score, because]) => ({ signs, score, because })))(
  "$score for $because",
  ({ signs, score, because }) => {
    expect(scoreRefusal(signs)).toEqual({ score, because });
  },
);

describe("OAuth metadata", () => {
  const read = (value: object): ReturnType<typeof readResourceMetadata> =>
    readResourceMetadata(reply(200, json, JSON.stringify(value)));

  test("names up to ten servers, each made visible", () => {
    const servers = Array.from({ length: 11 }, (_, index) => `https://s${index}\u001b`);
    expect(read({ resource: "https://a/\u202e", authorization_servers: servers })).toEqual({
      resource: "https://a/\\u{202e}",
      servers: servers.slice(0, 10).map((name) => name.replace("\u001b", "\\u{1b}")),
      mentionsMcp: false,
    });
  });

  test.each([
    [{ resource: "https://a/MCP" }, true],
    [{ resource: "https://a/", scopes_supported: ["read", "Mcp:tools"] }, true],
    [{ resource: "https://a/", scopes_supported: [{ mcp: 1 }, ["mcp"]] }, false],
    [{ resource: "https://a/", scopes_supported: "mcp" }, false],
    [{ resource: "https://a/", note: "mcp" }, false],
  ])("%j mentions MCP: %s", (value, told) => {
    expect(read(value)?.mentionsMcp).toBe(told);
  });

  test.each([
    {},
    { resource: 1 },
    { resource: "a" },
    { resource: "a", authorization_servers: ["b", 1, null] },
    { authorization_servers: "https://a/" },
    { authorization_servers: [["https://a/"]] },
    { authorization_servers: [{ url: "https://a/" }] },
    [],
  ])("is not %j", (value) => {
    expect(read(value)).toBeUndefined();
  });

  test("may lack a URL of the resource when it names a server by one", () => {
    const found = { servers: ["b", "https://a/"], mentionsMcp: false };
    expect(read({ resource: "a", authorization_servers: ["b", "https://a/"] })).toMatchObject(
      found,
    );
    expect(read({ authorization_servers: ["b", "https://a/", 1] })).toMatchObject(found);
  });
});
