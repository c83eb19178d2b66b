import { identityRule } from "./identity-power.ts";

export const identityEscalates = identityRule({
  id: "identity-escalates",
  power: "escalates",
  title: "An MCP server's identity can become an administrator",
  risk: "Whoever controls the server reaches an administrator in a few documented steps.",
  can: "can escalate to a stronger identity",
});
