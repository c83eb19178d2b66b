import type { Report } from "../model/report.ts";

/** What an earlier run has found. */
export interface EarlierRun {
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly findings: ReadonlySet<string>;
}

/** Since when each finding is known: the start of the earliest run that holds it. New ones say nothing. */
export function withFirstSeen(report: Report, earlier: readonly EarlierRun[]): Report {
  const runs = earlier
    .filter(({ startedAt }) => startedAt < report.run.startedAt)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  if (runs.length === 0) return report;
  const findings = report.findings.map((finding) => {
    const first = runs.find((run) => run.findings.has(finding.id));
    return first ? { ...finding, firstSeen: first.startedAt } : finding;
  });
  return { ...report, findings };
}
