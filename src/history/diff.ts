import type { Finding, Unknown } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { diffFindings, type FindingDiff } from "./diff-findings.ts";
import { driftedTools, type ToolDrift } from "./drifted-tools.ts";
import { widenedPermissions, type Widening } from "./widened.ts";

interface RunName {
  readonly id: string;
  readonly startedAt: string;
}

/** What became different from one run to a later one. */
export interface Diff {
  readonly schemaVersion: "1";
  readonly before: RunName;
  readonly after: RunName;
  readonly findings: FindingDiff;
  readonly tools: readonly ToolDrift[];
  readonly permissions: readonly Widening[];
  /** Why the two runs may not be alike though nothing changed, one sentence each. */
  readonly notes: readonly string[];
}

export function diffReports(before: Report, after: Report): Diff {
  return {
    schemaVersion: "1",
    before: nameOf(before),
    after: nameOf(after),
    findings: diffFindings(before, after),
    tools: driftedTools(before, after),
    permissions: widenedPermissions(before, after),
    notes: notesOf(before, after),
  };
}

/** The findings and unknowns of a report that a baseline does not hold, or holds as less severe. */
export function onlyNew(report: Report, baseline: Report): Report {
  const { new: fresh, changed } = diffFindings(baseline, report);
  const kept = new Set([
    ...fresh.map(({ id }) => id),
    ...changed.filter(({ graver }) => graver).map(({ finding }) => finding.id),
  ]);
  const findings = report.findings.filter(({ id }) => kept.has(id));
  const open = new Set(baseline.unknowns.map(keyOf));
  return {
    ...report,
    findings,
    unknowns: report.unknowns.filter((unknown) => !open.has(keyOf(unknown))),
    servers: report.servers.map((server) => ({
      ...server,
      findings: server.findings.filter((id) => kept.has(id)),
    })),
    summary: { ...report.summary, bySeverity: countsOf(findings) },
  };
}

function keyOf({ rule, subject }: Unknown): string {
  return `${rule} ${subject.id}`;
}

function countsOf(findings: readonly Finding[]): Report["summary"]["bySeverity"] {
  const counts = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

function nameOf({ run: { id, startedAt } }: Report): RunName {
  return { id, startedAt };
}

function notesOf(before: Report, after: Report): string[] {
  const notes: string[] = [];
  if (before.run.startedAt > after.run.startedAt) {
    notes.push("The first run started after the second: what is new and what is fixed are swapped");
  }
  if (before.tool.version !== after.tool.version) {
    notes.push(
      `Decided by different versions (${before.tool.version}, ${after.tool.version}): rules may have changed; decide the older run again with postern audit --from-snapshot`,
    );
  }
  const [was, is] = [before, after].map(vantageOf);
  if (was !== is) notes.push(`Seen from different places: ${was}, then ${is}`);
  return notes;
}

function vantageOf({ run: { vantage } }: Report): string {
  return vantage.network === undefined ? vantage.kind : `${vantage.kind}:${vantage.network}`;
}
