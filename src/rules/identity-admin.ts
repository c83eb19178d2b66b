import { identityRule } from "./identity-power.ts";

export const identityAdmin = identityRule({
  id: "identity-admin",
  power: "admin",
  title: "An MCP server's identity is an administrator",
  risk: "Whoever controls the server can give itself any right in the account.",
  can: "can grant itself anything",
});
