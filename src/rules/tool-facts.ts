import type { HostAbility, ManageVerb, Tool, ToolCategory } from "../model/tool.ts";
import { manageVerbs } from "../model/tool.ts";
import type { ServerEndpoint } from "../model/server.ts";

/** What a caller does with each ability to get at the credentials of the workload. */
const takesCredentials: Readonly<Record<HostAbility, string | undefined>> = {
  "runs-code": "runs code on the host",
  "fetches-urls": "fetches any URL, the metadata service included",
  "reads-files": "reads any file of the host",
  "writes-files": undefined,
};

/** How the tool gets at the credentials of the workload it runs on; absent when it does not. */
export function hostAccess(tool: Tool): string | undefined {
  const ability = tool.host.map((one) => takesCredentials[one]).find((text) => text !== undefined);
  if (ability !== undefined) return ability;
  return runsCode(tool) ? takesCredentials["runs-code"] : undefined;
}

export function runsCode({ access, host, categories }: Tool): boolean {
  return access === "exec" || host.includes("runs-code") || categories.includes("code-exec");
}

/** A tool that changes a cloud. Listing alone manages nothing, but a router's name hides what it can do. */
export function changesCloud(tool: Tool): boolean {
  return (
    tool.manages !== undefined &&
    (tool.router || tool.manages.verbs.some((verb) => verb !== "list"))
  );
}

/** Systems that hold a company's data. */
export const dataSources: readonly ToolCategory[] = [
  "cloud-data",
  "secrets",
  "database",
  "filesystem",
  "messaging",
  "source-control",
  "project-mgmt",
  "saas-control",
  "knowledge",
];

/** Any access shows something: a query tool that may write reads as well. */
export function readsData(tool: Tool): boolean {
  return (
    tool.discloses ||
    (tool.categories.some((category) => dataSources.includes(category)) &&
      (tool.access === "read" || tool.access === "exec" || tool.router))
  );
}

/** The verbs over all tools, in the order list, create, modify, delete. */
export function verbsOf(tools: readonly Tool[]): ManageVerb[] {
  return manageVerbs.filter((verb) => tools.some(({ manages }) => manages?.verbs.includes(verb)));
}

/** A few names to show, with the number of the rest. */
export function namesOf(tools: readonly Tool[], shown = 3): string {
  const names = [...new Set(tools.map(({ name }) => name))];
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

export function listsOpenly({ authentication, toolsListed }: ServerEndpoint): boolean {
  return authentication.verdict === "open" && toolsListed;
}
