import { severities } from "../model/finding.ts";
import { origins } from "../model/provider.ts";
import type { Report, Summary } from "../model/report.ts";
import type { Server } from "../model/server.ts";
import { manageVerbs } from "../model/tool.ts";
import { countGroups } from "./study-groups.ts";
import { readsSomething, toolsOf } from "./summary.ts";
import { clean, hang } from "./text.ts";

/** The figures of the study, for this estate. */
export function summaryLines(report: Report, columns: number): string[] {
  const { tool, run, summary, servers } = report;
  const share = summary.tools === 0 ? 0 : Math.round((summary.toolsRead / summary.tools) * 100);
  const rows: readonly (readonly [string, string])[] = [
    ["servers", `${summary.servers} found, ${summary.open} open, ${summary.plaintext} unencrypted`],
    ["tools", `${summary.tools}, ${summary.toolsRead} with read access (${share} %)`],
    ["read access", `through ${servers.filter(givesRead).length} of ${summary.servers} servers`],
    ["providers", counts(origins.map((name) => [name, summary.byProvider[name] ?? 0]))],
    ["groups", counts(countGroups(servers))],
    ["categories", counts(Object.entries(summary.byCategory))],
    ["manage cloud", managing(summary, servers)],
    ["findings", counts(severities.toReversed().map((name) => [name, summary.bySeverity[name]]))],
  ];
  return [
    clean(`${tool.name} ${tool.version} · run ${run.id} · ${run.startedAt}`),
    "",
    ...rows.flatMap(([name, text]) => hang(`  ${name.padEnd(13)} `, text, columns)),
  ];
}

function givesRead(server: Server): boolean {
  return toolsOf(server).some(readsSomething);
}

function counts(entries: readonly (readonly [string, number])[]): string {
  const shown = entries.filter(([, count]) => count > 0);
  return shown.map(([name, count]) => `${name} ${count}`).join(", ") || "none";
}

function managing({ managesCloud }: Summary, servers: readonly Server[]): string {
  if (managesCloud === 0) return "none";
  const verbs = manageVerbs.map((verb): [string, number] => [
    verb,
    servers.filter((server) => toolsOf(server).some(({ manages }) => manages?.verbs.includes(verb)))
      .length,
  ]);
  return `${managesCloud} servers (${counts(verbs)})`;
}
