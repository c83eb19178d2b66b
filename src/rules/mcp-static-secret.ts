import { weakAuthenticationRule } from "./weak-authentication.ts";

export const mcpStaticSecret = weakAuthenticationRule({
  id: "mcp-static-secret",
  title: "All clients of an MCP server share one secret",
  risk: "A secret that everyone holds leaks, is hard to change, and hides who acted.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization"],
  rows: ["credentialExposure", "audit"],
  curedByDelegation: "yes",
  controls: ["secrets", "audit"],
  verdict: "static-secret",
  says: "accepts one fixed secret from all clients",
});
