import type { WorkloadText } from "../model/inventory.ts";

export type HintKind = WorkloadText["kind"];

/** A sign of an MCP server in the text of a workload, and how much it counts. */
export interface HintWeight {
  readonly id: string;
  readonly kinds: readonly HintKind[];
  readonly pattern: RegExp;
  /** 1 to 10: 10 says by itself that an MCP server is meant to run. */
  readonly weight: number;
  /** The port that the product listens on unless told otherwise. */
  readonly port?: number;
  readonly because: string;
}

const everywhere = ["user-data", "command", "image", "environment", "tag", "metadata"] as const;
const programs = ["user-data", "command", "metadata"] as const;

/** Default ports and commands: research of the servers' own documentation and start-up output. */
export const hintWeights: readonly HintWeight[] = [
  {
    id: "known-package",
    kinds: ["user-data", "command", "image", "metadata"],
    pattern:
      /(?:@modelcontextprotocol\/(?:server-[\w-]+|inspector)|@playwright\/mcp|awslabs\.[\w-]+-mcp-server|oracle\.[\w-]+-mcp-server|@azure\/mcp|\bazmcp\b|@google-cloud\/(?:cloud-run|gcloud|storage|observability)-mcp|@notionhq\/notion-mcp-server|@upstash\/context7-mcp|@wonderwhy-er\/desktop-commander|mongodb-mcp-server|chrome-devtools-mcp|kubernetes-mcp-server|mcp-server-kubernetes|firecrawl-mcp|figma-developer-mcp|n8n-mcp\b|github-mcp-server)/i,
    weight: 10,
    because: "names the package of a known MCP server",
  },
  {
    id: "supergateway",
    kinds: ["user-data", "command", "image", "metadata"],
    pattern: /\bsupergateway\b/i,
    weight: 10,
    port: 8000,
    because: "runs supergateway, which puts an MCP server on the network",
  },
  {
    id: "mcp-proxy",
    kinds: ["user-data", "command", "image", "metadata"],
    pattern: /\bmcp-proxy\b/i,
    weight: 10,
    port: 8080,
    because: "runs mcp-proxy, which puts an MCP server on the network",
  },
  {
    id: "inspector",
    kinds: ["user-data", "command", "image", "metadata"],
    pattern: /\bmcp-inspector\b|\bmodelcontextprotocol\/inspector\b/i,
    weight: 10,
    port: 6277,
    because: "runs MCP Inspector, a developer tool",
  },
  {
    id: "toolbox",
    kinds: ["user-data", "command", "image"],
    pattern: /\bgenai-toolbox\b|\bdatabase-toolbox\/toolbox\b/i,
    weight: 9,
    port: 5000,
    because: "runs MCP Toolbox for Databases",
  },
  {
    id: "gateway-image",
    kinds: ["user-data", "command", "image"],
    pattern:
      /\bdocker\/mcp-gateway\b|\bdocker mcp gateway run\b|\bmcp-hub\b|\bmetamcp\b|\bcontextforge\b/i,
    weight: 10,
    because: "runs an MCP gateway",
  },
  {
    id: "image-mcp",
    kinds: ["image"],
    pattern: /(?:^|[/_-])mcp(?:[/_-]|[:@]|$)/i,
    weight: 8,
    because: "the image is named after MCP",
  },
  {
    id: "fastmcp",
    kinds: programs,
    pattern: /\bfastmcp\s+run\b|\bfrom\s+fastmcp\b|\bfrom\s+mcp\.server\b|\bFastMCP\s*\(/,
    weight: 9,
    port: 8000,
    because: "starts a FastMCP server",
  },
  {
    id: "sdk-package",
    kinds: programs,
    pattern:
      /\b(?:pip3?|uv|npm|pnpm|yarn|poetry)\s+(?:install|add|i|pip install)\b[^\n]{0,300}?(?:\bfastmcp\b|(?:^|\s)["']?mcp(?:\[[\w,]+\])?(?:[=<>~]|["']|\s|$)|@modelcontextprotocol\/(?:sdk|server|node)\b)/i,
    weight: 6,
    because: "installs an MCP library",
  },
  {
    id: "mcp-command",
    kinds: programs,
    pattern:
      /\b(?:npx|uvx|pipx|node|python3?|docker run|systemctl \w+)\b[^\n]{0,300}?[\s/@_-]mcp(?:[-_/.\s:@]|$)/i,
    weight: 7,
    because: "runs a program named after MCP",
  },
  {
    id: "transport-flag",
    kinds: programs,
    pattern:
      /--?(?:transport|outputTransport)[ =]["']?(?:streamable-?http|sse|http-stream|httpstream)\b/i,
    weight: 6,
    because: "chooses an MCP network transport",
  },
  {
    id: "unsafe-transport-env",
    kinds: ["environment", "user-data", "command"],
    pattern: /\b(?:ENABLE_UNSAFE_(?:SSE|STREAMABLE_HTTP)_TRANSPORT|DANGEROUSLY_OMIT_AUTH)\b/,
    weight: 10,
    because: "switches on an MCP transport without its guard",
  },
  {
    id: "mcp-env",
    kinds: ["environment", "user-data", "command"],
    pattern: /\b(?:FASTMCP_|MCP_)(?:[A-Z0-9_]+)\b|\bX_?MCP_AUTH\b/,
    weight: 6,
    because: "sets a variable named after MCP",
  },
  {
    id: "declared-protocol",
    kinds: ["metadata"],
    pattern:
      /^(?:(?:protocolType|serverProtocol)=MCP|apiType=mcp|bindingType=mcp(?:Tool|Resource|Prompt)Trigger)$/,
    weight: 10,
    because: "the platform is told that it speaks MCP",
  },
  {
    id: "mcp-tag",
    kinds: ["tag"],
    pattern: /(?:^|[^a-z0-9])mcp(?:[^a-z0-9]|$)/i,
    weight: 5,
    because: "carries a name or tag that says MCP",
  },
  {
    id: "protocol-words",
    kinds: everywhere,
    pattern: /\bmodel[ -]?context[ -]?protocol\b/i,
    weight: 5,
    because: "speaks of the Model Context Protocol",
  },
  {
    id: "mcp-path",
    kinds: ["user-data", "command", "environment", "metadata"],
    pattern: /(?:location\s+|https?:\/\/[\w.:-]+|proxy_pass[^\n]{0,300}?|--path[ =])\/mcp\b/i,
    weight: 5,
    because: "serves or forwards the path /mcp",
  },
  {
    id: "mcp-word",
    kinds: ["user-data", "command"],
    pattern: /(?:^|[^a-z0-9])mcp(?:[-_]server)?(?:[^a-z0-9]|$)/i,
    weight: 3,
    because: "mentions MCP",
  },
];
