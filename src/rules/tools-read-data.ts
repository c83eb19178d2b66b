import { toolRule } from "./listed-tools.ts";
import { dataSources, namesOf, readsData } from "./tool-facts.ts";

export const toolsReadData = toolRule({
  id: "tools-read-data",
  title: "An open MCP server gives away the data behind it",
  risk: "Anyone takes out data by asking for it in plain language.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/server/tools"],
  rows: ["credentialExposure"],
  curedByDelegation: "yes",
  controls: ["tools", "exposure"],
  servers: "open",
  matches: readsData,
  says: (tools) => {
    const sources = dataSources.filter((source) =>
      tools.some(({ categories }) => categories.includes(source)),
    );
    return `read ${sources.join(", ") || "secrets"} (${namesOf(tools)})`;
  },
});
