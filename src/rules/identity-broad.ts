import { identityRule } from "./identity-power.ts";

export const identityBroad = identityRule({
  id: "identity-broad",
  power: "broad",
  title: "An MCP server's identity manages much of the cloud",
  risk: "Whoever controls the server can change or destroy whole families of resources.",
  can: "manages resources far beyond one service",
});
