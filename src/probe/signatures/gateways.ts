import type { Signature } from "./signature.ts";

/** What carries other servers to the network. A server behind one is recognised by its tools first. */
export const gateways: readonly Signature[] = [
  {
    id: "mcp-proxy",
    name: "mcp-proxy",
    kind: "gateway",
    serverNames: [/^mcp-proxy$/i],
    toolSets: [],
    banners: [/server_missing_modern_protocol_support/, /^No sessionId$/],
    source: "https://github.com/punkpeye/mcp-proxy",
  },
  {
    id: "supergateway",
    name: "supergateway",
    kind: "gateway",
    serverNames: [/^supergateway$/i],
    toolSets: [],
    banners: [/^Missing sessionId parameter$/],
    source: "https://github.com/supercorp-ai/supergateway",
  },
  {
    id: "docker-mcp-gateway",
    name: "Docker MCP Gateway",
    kind: "gateway",
    serverNames: [/^Docker AI MCP Gateway$/i, /^docker-mcp-gateway$/i],
    toolSets: [
      { tools: ["mcp-find", "mcp-add", "mcp-remove", "mcp-config-set", "mcp-exec", "code-mode"] },
    ],
    source: "https://github.com/docker/mcp-gateway",
  },
  {
    id: "mcp-hub",
    name: "MCP Hub",
    kind: "gateway",
    serverNames: [/^mcp-?hub$/i],
    toolSets: [],
    banners: [/"server_id"\s*:\s*"mcp-hub"/],
    source: "https://github.com/ravitemer/mcp-hub",
  },
];
