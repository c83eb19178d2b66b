import { toolRule } from "./listed-tools.ts";
import { namesOf, verbsOf } from "./tool-facts.ts";

export const toolsManageCloud = toolRule({
  id: "tools-manage-cloud",
  title: "An MCP server offers tools that manage a cloud",
  risk: "A caller lists, creates, changes or deletes cloud resources in natural language.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/server/tools"],
  rows: ["privilegeEscalation"],
  curedByDelegation: "no",
  controls: ["tools", "privilege"],
  servers: "open-or-exposed",
  matches: ({ manages }) => manages !== undefined,
  says: (tools) => {
    const clouds = [...new Set(tools.flatMap(({ manages }) => (manages ? [manages.cloud] : [])))];
    return `${verbsOf(tools).join(", ") || "manage"} resources of ${clouds.toSorted().join(", ")} (${namesOf(tools)})`;
  },
});
