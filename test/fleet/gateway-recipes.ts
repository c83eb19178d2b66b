import {
  filesystem,
  modern,
  onPort,
  secret,
  sse,
  streamable,
  token,
  type Recipe,
} from "./recipe.ts";

const supergateway = "node_modules/supergateway/dist/index.js";
const proxy = "node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs";

function gateway(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port, folder, file }) => [
    "--stdio",
    `"${process.execPath}" "${file(filesystem)}" "${folder}"`,
    "--port",
    String(port),
    "--logLevel",
    "none",
    ...extra,
  ];
}

function proxied(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port, folder, file }) => [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    ...extra,
    "--",
    process.execPath,
    file(filesystem),
    folder,
  ];
}

export const gatewayRecipes: readonly Recipe[] = [
  {
    name: "supergateway, HTTP+SSE",
    file: supergateway,
    args: gateway("--outputTransport", "sse"),
    expected: sse,
  },
  {
    name: "supergateway, streamable HTTP without sessions",
    file: supergateway,
    args: gateway("--outputTransport", "streamableHttp"),
    expected: streamable,
  },
  {
    name: "supergateway, streamable HTTP with sessions",
    file: supergateway,
    args: gateway("--outputTransport", "streamableHttp", "--stateful"),
    expected: streamable,
  },
  { name: "mcp-proxy", file: proxy, args: proxied(), expected: modern },
  {
    name: "mcp-proxy, HTTP+SSE alone",
    file: proxy,
    args: proxied("--server", "sse"),
    expected: sse,
  },
  {
    name: "mcp-proxy without sessions",
    file: proxy,
    args: proxied("--server", "stream", "--stateless"),
    expected: modern,
  },
  {
    name: "mcp-proxy with an API key",
    file: proxy,
    args: proxied("--apiKey", secret),
    expected: token,
  },
  {
    name: "mcp-hub",
    file: "node_modules/mcp-hub/dist/cli.js",
    args: onPort("--config", "hub.json"),
    files: ({ folder, file }) => ({
      "hub.json": {
        mcpServers: { files: { command: process.execPath, args: [file(filesystem), folder] } },
      },
    }),
    ready: ["/api/health", '"state":"ready"'],
    expected: { ...sse, path: "/mcp" },
  },
];
