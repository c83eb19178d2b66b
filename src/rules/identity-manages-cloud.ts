import { identityRule } from "./identity-power.ts";

export const identityManagesCloud = identityRule({
  id: "identity-manages-cloud",
  power: "manages",
  title: "An MCP server's identity changes cloud resources",
  risk: "Whoever controls the server can create, change or delete resources.",
  can: "changes cloud resources",
});
