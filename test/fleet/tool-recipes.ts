import { modern, onPort, secret, streamable, token, type Recipe } from "./recipe.ts";

const notion = "node_modules/@notionhq/notion-mcp-server/bin/cli.mjs";
const inspector = "node_modules/@modelcontextprotocol/inspector";
const playwright = "node_modules/@playwright/mcp/cli.js";

export const toolRecipes: readonly Recipe[] = [
  {
    name: "context7",
    file: "node_modules/@upstash/context7-mcp/dist/index.js",
    args: onPort("--transport", "http"),
    expected: { ...modern, advertisesOauth: true },
  },
  {
    name: "playwright behind its Host check",
    file: playwright,
    args: onPort("--headless"),
    expected: { ...streamable, verdict: "host-check" },
  },
  {
    name: "playwright for every host",
    file: playwright,
    args: onPort("--headless", "--host", "127.0.0.1", "--allowed-hosts", "*"),
    expected: streamable,
  },
  {
    name: "figma-developer-mcp",
    file: "node_modules/figma-developer-mcp/dist/bin.js",
    args: onPort("--figma-api-key", secret),
    expected: streamable,
  },
  {
    name: "firecrawl-mcp",
    file: "node_modules/firecrawl-mcp/dist/index.js",
    env: () => ({ HTTP_STREAMABLE_SERVER: "true", FIRECRAWL_API_KEY: `fc-${secret}` }),
    expected: streamable,
  },
  {
    name: "firecrawl-mcp by its older switch",
    file: "node_modules/firecrawl-mcp/dist/index.js",
    env: () => ({ SSE_LOCAL: "true", FIRECRAWL_API_KEY: `fc-${secret}` }),
    expected: streamable,
  },
  {
    name: "notion with the token it makes",
    file: notion,
    args: onPort("--transport", "http"),
    env: () => ({ NOTION_TOKEN: `ntn_${secret}` }),
    expected: token,
  },
  {
    name: "notion without authentication",
    file: notion,
    args: onPort("--transport", "http", "--unsafe-disable-auth"),
    env: () => ({ NOTION_TOKEN: `ntn_${secret}` }),
    expected: streamable,
  },
  {
    name: "MCP Inspector's proxy",
    file: `${inspector}/server/build/index.js`,
    expected: { ...token, product: "mcp-inspector" },
  },
  {
    name: "MCP Inspector's page",
    file: `${inspector}/client/bin/client.js`,
    expected: { confidence: "related", verdict: "unknown", product: "mcp-inspector" },
  },
  {
    name: "MCP Inspector's proxy without authentication",
    file: `${inspector}/server/build/index.js`,
    env: () => ({ DANGEROUSLY_OMIT_AUTH: "true" }),
    expected: { confidence: "likely", verdict: "unknown", product: "mcp-inspector" },
  },
  {
    name: "n8n-mcp",
    file: "node_modules/n8n-mcp/dist/mcp/index.js",
    env: () => ({
      MCP_MODE: "http",
      AUTH_TOKEN: secret,
      N8N_MCP_TELEMETRY_DISABLED: "true",
      N8N_MCP_USE_SQLJS: "true",
    }),
    expected: token,
  },
  {
    name: "gitlab with its clients' tokens",
    file: "node_modules/@zereight/mcp-gitlab/build/index.js",
    env: () => ({ STREAMABLE_HTTP: "true", REMOTE_AUTHORIZATION: "true" }),
    expected: { confidence: "likely", verdict: "static-secret" },
  },
];
