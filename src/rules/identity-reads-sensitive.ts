import { identityRule } from "./identity-power.ts";

export const identityReadsSensitive = identityRule({
  id: "identity-reads-sensitive",
  power: "reads-sensitive",
  title: "An MCP server's identity reads secrets or data",
  risk: "Whoever controls the server can take out secrets, object contents, rows or mail.",
  can: "reads sensitive data",
});
