import type { Finding, Severity } from "../model/finding.ts";
import { severities } from "../model/finding.ts";
import type { Provider } from "../model/provider.ts";
import type { Summary } from "../model/report.ts";
import type { Server } from "../model/server.ts";
import { toolCategories } from "../model/tool.ts";
import type { Tool, ToolCategory } from "../model/tool.ts";

/** The study's figures for the audited estate. */
export function summarise(servers: readonly Server[], findings: readonly Finding[]): Summary {
  const tools = servers.flatMap(toolsOf);
  return {
    servers: servers.length,
    open: servers.filter(isOpen).length,
    plaintext: servers.filter(isPlaintext).length,
    tools: tools.length,
    toolsRead: tools.filter(readsSomething).length,
    managesCloud: servers.filter((server) => toolsOf(server).some(({ manages }) => manages)).length,
    byProvider: countProviders(servers),
    byCategory: countCategories(servers),
    bySeverity: countSeverities(findings),
  };
}

/** Tools of a server; one listed by several endpoints counts once. */
export function toolsOf({ endpoints }: Server): Tool[] {
  const tools = endpoints.flatMap((endpoint) => endpoint.tools);
  return [...new Map(tools.map((tool) => [`${tool.name} ${tool.schemaSha256}`, tool])).values()];
}

export function isOpen({ endpoints }: Server): boolean {
  return endpoints.some(
    ({ authentication, toolsListed }) => authentication.verdict === "open" && toolsListed,
  );
}

export function isPlaintext({ endpoints }: Server): boolean {
  return endpoints.some(({ tls }) => tls.mode === "none");
}

/** Running code reads whatever it likes. */
export function readsSomething({ access, discloses, router }: Tool): boolean {
  return access === "read" || access === "exec" || discloses || router;
}

function countProviders(servers: readonly Server[]): Summary["byProvider"] {
  const counts: Record<Provider, number> & { named?: number } = {
    aws: 0,
    azure: 0,
    gcp: 0,
    oci: 0,
  };
  for (const { provider } of servers) counts[provider] = (counts[provider] ?? 0) + 1;
  return counts;
}

/** Servers with at least one tool of the category. */
function countCategories(servers: readonly Server[]): Partial<Record<ToolCategory, number>> {
  const counts: Partial<Record<ToolCategory, number>> = {};
  const found = servers.map(
    (server) => new Set(toolsOf(server).flatMap(({ categories }) => categories)),
  );
  for (const category of toolCategories) {
    const count = found.filter((set) => set.has(category)).length;
    if (count > 0) counts[category] = count;
  }
  return counts;
}

function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const severity of severities) {
    counts[severity] = findings.filter((finding) => finding.severity === severity).length;
  }
  return counts;
}
