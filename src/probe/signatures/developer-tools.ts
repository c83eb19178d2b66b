import type { Signature } from "./signature.ts";

export const developerTools: readonly Signature[] = [
  {
    id: "mcp-inspector",
    name: "MCP Inspector",
    kind: "developer-tool",
    serverNames: [/^mcp-inspector$/i],
    toolSets: [],
    banners: [
      /<title>\s*MCP Inspector\s*<\/title>/i,
      /Use the session token shown in the console/i,
      /POST \/mcp and GET \/sse fail with \{\} and expose mcp-session-id/,
      /"defaultEnvironment"\s*:\s*\{/,
    ],
    source: "https://github.com/modelcontextprotocol/inspector",
  },
  {
    id: "mcpjam-inspector",
    name: "MCPJam Inspector",
    kind: "developer-tool",
    serverNames: [/^mcpjam-inspector$/i],
    toolSets: [],
    banners: [/<title>\s*MCPJam Inspector\s*<\/title>/i],
    source: "https://github.com/MCPJam/inspector",
  },
];
