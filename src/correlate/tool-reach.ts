import type { Power } from "../model/identity.ts";
import type { HostAbility, Tool, ToolCategory } from "../model/tool.ts";

/** What reading or changing a system of this category is worth, whatever identity the server holds. */
export const categoryReach: Readonly<Record<ToolCategory, Power>> = {
  "cloud-control": "reads-sensitive",
  "cloud-data": "reads-sensitive",
  kubernetes: "reads-sensitive",
  identity: "reads-sensitive",
  secrets: "reads-sensitive",
  database: "reads-sensitive",
  filesystem: "reads-sensitive",
  "code-exec": "reads-sensitive",
  browser: "reads-sensitive",
  web: "reads",
  messaging: "reads-sensitive",
  "source-control": "reads-sensitive",
  "ci-cd": "reads-sensitive",
  iac: "reads-sensitive",
  "project-mgmt": "reads-sensitive",
  "workflow-automation": "reads-sensitive",
  "saas-control": "reads-sensitive",
  knowledge: "reads",
  docs: "none",
  monitoring: "reads",
  ai: "reads",
  demo: "none",
  meta: "none",
  other: "reads",
};

/** Through each of these a caller gets at the credentials of the workload itself. */
const takesCredentials: ReadonlySet<HostAbility> = new Set([
  "runs-code",
  "fetches-urls",
  "reads-files",
]);

export function reachesHost(tool: Tool): boolean {
  return (
    tool.access === "exec" ||
    tool.categories.includes("code-exec") ||
    tool.host.some((ability) => takesCredentials.has(ability))
  );
}

/** A tool that changes a cloud. Listing alone manages nothing, but a router's name hides what it can do. */
export function changesCloud(tool: Tool): boolean {
  return (
    tool.manages !== undefined &&
    (tool.router || tool.manages.verbs.some((verb) => verb !== "list"))
  );
}

/** Systems whose change is worth as much as reading what is sensitive, though reading them is not. */
const changeable: ReadonlySet<ToolCategory> = new Set(["knowledge", "monitoring", "other"]);

/** A tool that shows secrets or gets at the workload's credentials is worth at least this, whatever it is for. */
export function hostReach(tool: Tool): Power {
  return tool.discloses || reachesHost(tool) ? "reads-sensitive" : "none";
}

/** Worth of a tool by itself; cloud management is judged apart, with the identity it uses. */
export function ownReach(tool: Tool): Power[] {
  const changes = tool.access === "write" || tool.access === "destructive";
  return [
    hostReach(tool),
    ...tool.categories.map((category) =>
      changes && changeable.has(category) ? "reads-sensitive" : categoryReach[category],
    ),
  ];
}
