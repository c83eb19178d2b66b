import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect, test } from "vitest";
import { startMcpMock, toolSets, type McpMockKind } from "../../mocks/mcp/index.ts";

const kinds: readonly McpMockKind[] = [
  "streamable-stateful",
  "streamable-stateless",
  "streamable-sse",
];

test.each(kinds)("the official client can use the mock %s", async (kind) => {
  const mock = await startMcpMock(kind, { tools: "files" });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${mock.port}/mcp`)),
  );
  const { tools } = await client.listTools();
  await client.close();
  await mock.close();
  expect(tools.map(({ name }) => name)).toEqual(toolSets.files.map(({ name }) => name));
});

const forbidden: readonly (readonly [string, RequestInit, string])[] = [
  [
    "a tool call",
    { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"tools/call"}' },
    "POST /mcp tools/call",
  ],
  [
    "a resource read",
    { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"resources/read"}' },
    "POST /mcp resources/read",
  ],
  ["another HTTP method", { method: "PUT" }, "PUT /mcp"],
  [
    "an answer to the server",
    { method: "POST", body: '{"jsonrpc":"2.0","id":1,"method":"initialize","result":{}}' },
    "An answer to a request of the server at /mcp",
  ],
];

test.each(forbidden)("%s is recorded as a violation", async (_name, request, violation) => {
  const mock = await startMcpMock("streamable-stateless");
  await fetch(`http://127.0.0.1:${mock.port}/mcp`, request);
  await mock.close();
  expect(mock.violations).toEqual([violation]);
});
