import { toolRule } from "./listed-tools.ts";
import { namesOf, runsCode } from "./tool-facts.ts";

export const toolsExecuteCode = toolRule({
  id: "tools-execute-code",
  title: "An MCP server offers tools that run code",
  risk: "A caller runs code on the host and so takes over its identity and everything it can reach.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/server/tools"],
  rows: ["privilegeEscalation"],
  curedByDelegation: "no",
  controls: ["tools", "privilege"],
  servers: "open-or-exposed",
  matches: runsCode,
  says: (tools) => `run code on the host (${namesOf(tools)})`,
});
