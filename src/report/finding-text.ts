import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Server } from "../model/server.ts";
import { controlNames } from "./places.ts";
import { findingLines } from "./terminal.ts";
import { clean, hang } from "./text.ts";

/** Everything the report knows of one finding: the block of the terminal, why it is so severe, and the controls it touches. */
export function findingText(report: Report, finding: Finding, columns: number): string {
  const rule = report.rules?.find(({ id }) => id === finding.rule);
  const server = report.servers.find(({ findings }) => findings.includes(finding.id));
  const lines = [
    ...findingLines(finding, columns),
    ...(rule ? ["", ...hang("  Why it matters: ", clean(rule.risk), columns)] : []),
    ...(server ? severityLines(server, columns) : []),
    "",
    "  Controls it touches",
    ...controlNames(finding).flatMap((name) => hang("    ", name, columns)),
    ...(rule && rule.references.length > 0
      ? ["", "  Read more", ...rule.references.map((reference) => `    ${reference}`)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function severityLines(
  { workload, severity, consequence, worst, best, endpoints }: Server,
  columns: number,
): string[] {
  const asked = [...new Set(endpoints.map(({ authentication }) => authentication.verdict))];
  const range = worst === best ? "" : ` (between ${best} and ${worst}, as far as could be read)`;
  const text = `reaching ${clean(workload.name)} is worth ${consequence}${range}, and it asks for ${asked.length === 0 ? "what nobody looked at" : asked.join(", ")}: that makes ${severity} for rules that follow the server.`;
  return ["", ...hang("  Severity: ", text, columns)];
}
