import { describe, expect, test } from "vitest";
import { hintScore, hintsOf, suspicious } from "../../src/hints/passive.ts";
import type { WorkloadText } from "../../src/model/inventory.ts";
import { source, workload } from "./workload.ts";

type Kind = WorkloadText["kind"];

const kinds: readonly Kind[] = ["user-data", "command", "image", "environment", "tag", "metadata"];
const initials = {
  "user-data": "u",
  command: "c",
  image: "i",
  environment: "e",
  tag: "t",
  metadata: "m",
} as const;

/** What is said, which sign it is, in which kinds of text it counts (by their initials), how much, and the port it implies. */
const signs: readonly (readonly [
  text: string,
  id: string,
  counts: string,
  weight: number,
  port?: number,
])[] = [
  ["@modelcontextprotocol/server-memory", "known-package", "ucim", 10],
  ["@playwright/mcp", "known-package", "ucim", 10],
  ["awslabs.eks-mcp-server", "known-package", "ucim", 10],
  ["oracle.oci-api-mcp-server", "known-package", "ucim", 10],
  ["@azure/mcp", "known-package", "ucim", 10],
  ["azmcp", "known-package", "ucim", 10],
  ["@google-cloud/gcloud-mcp", "known-package", "ucim", 10],
  ["@google-cloud/cloud-run-mcp", "known-package", "ucim", 10],
  ["@google-cloud/storage-mcp", "known-package", "ucim", 10],
  ["@google-cloud/observability-mcp", "known-package", "ucim", 10],
  ["@notionhq/notion-mcp-server", "known-package", "ucim", 10],
  ["@upstash/context7-mcp", "known-package", "ucim", 10],
  ["@wonderwhy-er/desktop-commander", "known-package", "ucim", 10],
  ["mongodb-mcp-server", "known-package", "ucim", 10],
  ["chrome-devtools-mcp", "known-package", "ucim", 10],
  ["kubernetes-mcp-server", "known-package", "ucim", 10],
  ["mcp-server-kubernetes", "known-package", "ucim", 10],
  ["firecrawl-mcp", "known-package", "ucim", 10],
  ["figma-developer-mcp", "known-package", "ucim", 10],
  ["N8N-MCP", "known-package", "ucim", 10],
  ["github-mcp-server", "known-package", "ucim", 10],
  ["@modelcontextprotocol/inspector", "known-package", "ucim", 10],
  ["Supergateway", "supergateway", "ucim", 10, 8000],
  ["mcp-proxy", "mcp-proxy", "ucim", 10, 8080],
  ["mcp-inspector", "inspector", "ucim", 10, 6277],
  ["modelcontextprotocol/inspector", "inspector", "ucim", 10, 6277],
  ["genai-toolbox", "toolbox", "uci", 9, 5000],
  ["database-toolbox/toolbox:1", "toolbox", "uci", 9, 5000],
  ["docker/mcp-gateway", "gateway-image", "uci", 10],
  ["docker mcp gateway run", "gateway-image", "uci", 10],
  ["mcp-hub", "gateway-image", "uci", 10],
  ["metamcp", "gateway-image", "uci", 10],
  ["contextforge", "gateway-image", "uci", 10],
  ["acme/mcp:1", "image-mcp", "i", 8],
  ["mcp", "image-mcp", "i", 8],
  ["tools_mcp@sha256:0", "image-mcp", "i", 8],
  ["tools-mcp-web", "image-mcp", "i", 8],
  ["fastmcp run a.py", "fastmcp", "ucm", 9, 8000],
  ["from fastmcp import FastMCP", "fastmcp", "ucm", 9, 8000],
  ["from mcp.server import Server", "fastmcp", "ucm", 9, 8000],
  ["FastMCP('a')", "fastmcp", "ucm", 9, 8000],
  ["pip install fastmcp", "sdk-package", "ucm", 6],
  ["pip3 install mcp", "sdk-package", "ucm", 6],
  ["uv add 'mcp[cli]'", "sdk-package", "ucm", 6],
  ["uv pip install mcp==1", "sdk-package", "ucm", 6],
  ["npm i @modelcontextprotocol/sdk", "sdk-package", "ucm", 6],
  ["pnpm add @modelcontextprotocol/server", "sdk-package", "ucm", 6],
  ["yarn add @modelcontextprotocol/node", "sdk-package", "ucm", 6],
  ["poetry add mcp~=1", "sdk-package", "ucm", 6],
  ["npx @acme/mcp", "mcp-command", "ucm", 7],
  ["uvx acme-mcp", "mcp-command", "ucm", 7],
  ["pipx run acme_mcp.server", "mcp-command", "ucm", 7],
  ["node /srv/mcp/index.js", "mcp-command", "ucm", 7],
  ["python -m mcp", "mcp-command", "ucm", 7],
  ["python3 mcp_server.py", "mcp-command", "ucm", 7],
  ["docker run acme/mcp:1", "mcp-command", "ucm", 7],
  ["systemctl enable acme-mcp", "mcp-command", "ucm", 7],
  ["--transport streamable-http", "transport-flag", "ucm", 6],
  ["--transport=streamablehttp", "transport-flag", "ucm", 6],
  ["--transport 'sse'", "transport-flag", "ucm", 6],
  ["-transport http-stream", "transport-flag", "ucm", 6],
  ["--outputTransport httpStream", "transport-flag", "ucm", 6],
  ["ENABLE_UNSAFE_SSE_TRANSPORT=1", "unsafe-transport-env", "uce", 10],
  ["ENABLE_UNSAFE_STREAMABLE_HTTP_TRANSPORT=1", "unsafe-transport-env", "uce", 10],
  ["DANGEROUSLY_OMIT_AUTH=true", "unsafe-transport-env", "uce", 10],
  ["FASTMCP_PORT=1", "mcp-env", "uce", 6],
  ["MCP_MODE=http", "mcp-env", "uce", 6],
  ["X_MCP_AUTH=1", "mcp-env", "uce", 6],
  ["XMCP_AUTH=1", "mcp-env", "uce", 6],
  ["protocolType=MCP", "declared-protocol", "m", 10],
  ["serverProtocol=MCP", "declared-protocol", "m", 10],
  ["apiType=mcp", "declared-protocol", "m", 10],
  ["bindingType=mcpToolTrigger", "declared-protocol", "m", 10],
  ["bindingType=mcpResourceTrigger", "declared-protocol", "m", 10],
  ["bindingType=mcpPromptTrigger", "declared-protocol", "m", 10],
  ["team=mcp", "mcp-tag", "t", 5],
  ["MCP tools", "mcp-tag", "t", 5],
  ["Model Context Protocol", "protocol-words", "ucietm", 5],
  ["model-context-protocol", "protocol-words", "ucietm", 5],
  ["modelcontextprotocol", "protocol-words", "ucietm", 5],
  ["location /mcp", "mcp-path", "ucem", 5],
  ["https://a.example:80/mcp", "mcp-path", "ucem", 5],
  ["proxy_pass $up/mcp", "mcp-path", "ucem", 5],
  ["--path=/mcp", "mcp-path", "ucem", 5],
  ["run the mcp", "mcp-word", "uc", 3],
  ["mcp_server x", "mcp-word", "uc", 3],
];

const rows = signs.map(([text, id, counts, weight, port = 0]) => ({
  text,
  id,
  counts,
  weight,
  port,
}));

test.each(rows)("$text is the sign $id in $counts", ({ text, id, counts, weight, port }) => {
  const expected = kinds.filter((kind) => counts.includes(initials[kind]));
  const found = kinds.filter((kind) =>
    hintsOf(workload([[kind, text]])).some((hint) => hint.id === id),
  );
  expect(found).toEqual(expected);
  const hints = expected.flatMap((kind) => hintsOf(workload([[kind, text]])));
  const own = hints.filter((hint) => hint.id === id);
  expect(new Set(own.map((hint) => hint.weight))).toEqual(new Set([weight]));
  expect(new Set(own.map((hint) => hint.port ?? 0))).toEqual(new Set([port]));
  expect(own.every(({ because }) => because.length > 0)).toBe(true);
});

test.each<[string, Kind]>([
  ["azmcpx", "command"],
  ["n8n-mcpx", "command"],
  ["xsupergateway", "command"],
  ["genai-toolboxes", "command"],
  ["tmcprov/web", "image"],
  ["acme/mcprov", "image"],
  ["fastmcp runner", "command"],
  ["fromfastmcp", "command"],
  ["myFastMCP (x)", "command"],
  ["fastmcp(1)", "command"],
  ["pip install mcprov", "command"],
  ["npxy a-mcp", "environment"],
  ["--transport websocket", "command"],
  ["--transport ssell", "command"],
  ["DANGEROUSLY_OMIT_AUTHOR=1", "environment"],
  ["dangerously_omit_auth=1", "environment"],
  ["TEMCP_MODE=1", "environment"],
  ["mcp_mode=1", "environment"],
  ["xprotocolType=MCP", "metadata"],
  ["protocolType=MCPx", "metadata"],
  ["bindingType=mcpOtherTrigger", "metadata"],
  ["team=mcprov", "tag"],
  ["tmcp", "tag"],
  ["supermodel context protocols", "command"],
  ["location /mcprov", "environment"],
  ["/mcp", "environment"],
])("%s is no sign in a text of kind %s", (text, kind) => {
  expect(hintsOf(workload([[kind, text]]))).toEqual([]);
});

describe("the signs of a workload", () => {
  test("come with the strongest first, then by name and kind of text", () => {
    const texts = [
      ["environment", "MCP_MODE=1 https://a/mcp"],
      ["user-data", "MCP_MODE=1"],
      ["metadata", "protocolType=MCP"],
      ["tag", "mcp"],
      ["tag", "model context protocol"],
    ] as const;
    const told = hintsOf(workload(texts)).map(({ id, kind }) => `${id} ${kind}`);
    const other = hintsOf(workload(texts.toReversed())).map(({ id, kind }) => `${id} ${kind}`);
    expect(told).toEqual([
      "declared-protocol metadata",
      "mcp-env environment",
      "mcp-env user-data",
      "mcp-path environment",
      "mcp-tag tag",
      "protocol-words tag",
      "mcp-word user-data",
    ]);
    expect(other).toEqual(told);
  });

  test("are told by the first text of a kind that has them", () => {
    const [first, ...more] = hintsOf(
      workload([
        ["command", "supergateway --port 8101"],
        ["command", "supergateway --port 8102"],
      ]),
    );
    expect(first).toMatchObject({ id: "supergateway", port: 8101 });
    expect(more.filter(({ id }) => id === "supergateway")).toEqual([]);
  });

  test("are quoted without space around them and with at most 120 characters", () => {
    const [tag] = hintsOf(workload([["tag", "the mcp server"]]));
    expect(tag?.text).toBe("mcp");
    const long = hintsOf(workload([["command", `npx ${"a".repeat(200)} @acme/mcp`]]));
    expect(long.find(({ id }) => id === "mcp-command")?.text).toBe(`npx ${"a".repeat(116)}`);
  });

  test("are looked for in the name and in each tag", () => {
    expect(hintsOf(workload([], { name: "mcp" })).map(({ id }) => id)).toEqual(["mcp-tag"]);
    const tagged = workload([], { tags: { team: "web", role: "mcp" } });
    expect(hintsOf(tagged).map(({ text }) => text)).toEqual(["=mcp"]);
  });

  test("are looked for in the first 262,144 characters", () => {
    const before = " ".repeat(262_144 - "supergateway".length);
    expect(hintsOf(workload([["command", `${before}supergateway`]]))).toHaveLength(1);
    expect(hintsOf(workload([["command", ` ${before}supergateway`]]))).toEqual([]);
  });

  test("say no port and no address where none is known", () => {
    const [hint] = hintsOf(workload([["image", "acme/mcp"]]));
    expect(hint).not.toHaveProperty("port");
    expect(hint).not.toHaveProperty("bind");
  });
});

test("the strongest sign counts whole whatever its place, and eight are enough", () => {
  const hint = (id: string, weight: number) =>
    ({ id, weight, kind: "tag", text: "", because: "", source }) as const;
  expect(hintScore([hint("a", 2), hint("b", 6), hint("c", 4)])).toBe(9);
  expect(hintScore([hint("a", 5), hint("a", 6)])).toBe(6);
  expect(suspicious([hint("a", 8)])).toBe(true);
  expect(suspicious([hint("a", 7.5)])).toBe(false);
});
