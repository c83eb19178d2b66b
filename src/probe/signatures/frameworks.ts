import type { Signature } from "./signature.ts";

/** Libraries that give themselves away by their own error texts; the server on top stays unknown. */
export const frameworks: readonly Signature[] = [
  {
    id: "fastmcp",
    name: "FastMCP",
    kind: "framework",
    serverNames: [/^FastMCP(?:-[0-9a-f]{4})?$/i],
    toolSets: [],
    banners: [/"status"\s*:\s*"no_sessions"/],
    source: "https://github.com/jlowin/fastmcp",
  },
  {
    id: "python-sdk",
    name: "MCP Python SDK",
    kind: "framework",
    serverNames: [/^mcp-python$/i],
    toolSets: [],
    banners: [
      /^Invalid Host header$/,
      /"id"\s*:\s*"server-error"/,
      /Unsupported protocol version: [\w.-]{1,40}\. Supported versions: /,
    ],
    source: "https://github.com/modelcontextprotocol/python-sdk",
  },
  {
    id: "go-sdk",
    name: "MCP Go SDK",
    kind: "framework",
    serverNames: [/^go-sdk$/i],
    toolSets: [],
    banners: [
      /Accept must contain both 'application\/json' and 'text\/event-stream'/,
      /Unsupported protocol version \(supported versions: [\d-]+,\d/,
    ],
    source: "https://github.com/modelcontextprotocol/go-sdk",
  },
  {
    id: "typescript-sdk",
    name: "MCP TypeScript SDK",
    kind: "framework",
    serverNames: [],
    toolSets: [],
    banners: [
      /Bad Request: Server not initialized/,
      /Unsupported protocol version(?:: [\d-]+)? \(supported versions: [\d-]+,(?:\s|$)/,
    ],
    source: "https://github.com/modelcontextprotocol/typescript-sdk",
  },
  {
    id: "csharp-sdk",
    name: "MCP C# SDK",
    kind: "framework",
    serverNames: [/^ModelContextProtocol\b/],
    toolSets: [],
    banners: [/MCP-Protocol-Version header value .* not supported/i],
    source: "https://github.com/modelcontextprotocol/csharp-sdk",
  },
];
