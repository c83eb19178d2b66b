export interface PortRank {
  readonly port: number;
  readonly reason: string;
}

/** Orders probing when many ports are open; what is open at all comes from the cloud, never from this table. */
export const portRanks: readonly PortRank[] = [
  { port: 443, reason: "balancers and serverless front doors" },
  { port: 80, reason: "balancers and serverless front doors" },
  { port: 8000, reason: "FastMCP, python-sdk, supergateway" },
  { port: 3000, reason: "TypeScript examples, context7, mongodb, n8n-mcp, cloud-run-mcp" },
  { port: 8080, reason: "mcp-proxy, FastMCP for TypeScript, container platforms" },
  { port: 3001, reason: "server-everything" },
  { port: 5000, reason: "genai-toolbox, Flask" },
  { port: 8931, reason: "playwright-mcp" },
  { port: 6277, reason: "MCP Inspector proxy" },
  { port: 6274, reason: "MCP Inspector page" },
  { port: 3002, reason: "gitlab-mcp" },
  { port: 3333, reason: "figma-developer-mcp" },
  { port: 37_373, reason: "mcp-hub" },
  { port: 8085, reason: "kubernetes-mcp-server" },
  { port: 5001, reason: ".NET" },
  { port: 5008, reason: ".NET" },
  { port: 8811, reason: "Docker MCP gateway" },
  { port: 7071, reason: "Azure Functions" },
  { port: 8787, reason: "workers in development" },
  { port: 5678, reason: "n8n" },
  { port: 8081, reason: "second service of a host" },
  { port: 8888, reason: "second service of a host" },
  { port: 9000, reason: "second service of a host" },
  { port: 4000, reason: "second service of a host" },
  { port: 8443, reason: "second TLS port" },
  { port: 8765, reason: "websocket examples" },
  { port: 9090, reason: "second service of a host" },
  { port: 8001, reason: "second FastMCP of a host" },
];

/** Smaller is sooner; ports outside the table come last. */
export function portRank(port: number): number {
  const index = portRanks.findIndex((rank) => rank.port === port);
  return index === -1 ? portRanks.length : index;
}
