import { weakAuthenticationRule } from "./weak-authentication.ts";

export const mcpHostCheckOnly = weakAuthenticationRule({
  id: "mcp-host-check-only",
  title: "Only a check of the Host header protects an MCP server",
  risk: "A Host check stops browsers, not attackers: any other client sends the header it likes.",
  references: [
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#security-warning",
  ],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure"],
  verdict: "host-check",
  says: "is protected by nothing but a check of the Host header",
});
