import { toolRule } from "./listed-tools.ts";
import { namesOf } from "./tool-facts.ts";

export const toolsDestructive = toolRule({
  id: "tools-destructive",
  title: "An MCP server offers tools that destroy",
  risk: "A caller, or an agent that was led astray, deletes what cannot be brought back.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/server/tools"],
  rows: ["privilegeEscalation"],
  curedByDelegation: "no",
  controls: ["tools", "privilege"],
  servers: "open-or-exposed",
  matches: ({ access, manages }) =>
    access === "destructive" || manages?.verbs.includes("delete") === true,
  says: (tools) => `delete or overwrite (${namesOf(tools)})`,
});
