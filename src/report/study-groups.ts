import type { Server } from "../model/server.ts";
import type { ToolCategory } from "../model/tool.ts";
import { toolsOf } from "./summary.ts";

/** The study's groups of what servers give access to. */
export const studyGroups: Readonly<Record<ToolCategory, string>> = {
  "cloud-control": "cloud services",
  "cloud-data": "cloud services",
  kubernetes: "cloud services",
  identity: "cloud services",
  secrets: "cloud services",
  iac: "cloud services",
  database: "databases",
  filesystem: "internal systems",
  "code-exec": "internal systems",
  messaging: "internal systems",
  "source-control": "internal systems",
  "ci-cd": "internal systems",
  "workflow-automation": "internal systems",
  "saas-control": "internal systems",
  knowledge: "internal systems",
  monitoring: "internal systems",
  "project-mgmt": "project management",
  browser: "others",
  web: "others",
  docs: "others",
  ai: "others",
  demo: "others",
  meta: "others",
  other: "others",
};

/** Servers by group; one server counts in every group that a tool of it belongs to. */
export function countGroups(servers: readonly Server[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const server of servers) {
    const groups = new Set(
      toolsOf(server).flatMap(({ categories }) => categories.map((one) => studyGroups[one])),
    );
    for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
