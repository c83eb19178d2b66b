import type { Report } from "../model/report.ts";

/** One run among others. */
export interface TrendRow {
  readonly run: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly servers: number;
  readonly open: number;
  readonly critical: number;
  readonly high: number;
  /** Against the run before; absent for the first. */
  readonly appeared?: number;
  readonly gone?: number;
  readonly complete: boolean;
}

/** Runs over time, the oldest first. Findings are told apart by their ids, which stay the same over runs. */
export function trendOf(
  reports: readonly Pick<Report, "run" | "summary" | "findings" | "coverage">[],
): TrendRow[] {
  const sorted = reports.toSorted((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
  const rows: TrendRow[] = [];
  let before: ReadonlySet<string> | undefined;
  for (const { run, summary, findings, coverage } of sorted) {
    const ids = new Set(findings.map(({ id }) => id));
    rows.push({
      run: run.id,
      startedAt: run.startedAt,
      servers: summary.servers,
      open: summary.open,
      critical: summary.bySeverity.critical,
      high: summary.bySeverity.high,
      ...(before && { appeared: lacking(before, ids), gone: lacking(ids, before) }),
      complete: coverage.complete,
    });
    before = ids;
  }
  return rows;
}

/** How many of the second the first lacks. */
function lacking(known: ReadonlySet<string>, ids: ReadonlySet<string>): number {
  return [...ids].filter((id) => !known.has(id)).length;
}

const columns: readonly (readonly [head: string, cell: (row: TrendRow) => string])[] = [
  ["started", ({ startedAt }) => startedAt.slice(0, 16).replace("T", " ")],
  ["servers", ({ servers }) => String(servers)],
  ["open", ({ open }) => String(open)],
  ["critical", ({ critical }) => String(critical)],
  ["high", ({ high }) => String(high)],
  ["new", ({ appeared }) => (appeared === undefined ? "" : `+${appeared}`)],
  ["gone", ({ gone }) => (gone === undefined ? "" : `-${gone}`)],
  ["read", ({ complete }) => (complete ? "all" : "partly")],
  ["run", ({ run }) => run],
];

export function trendText(rows: readonly TrendRow[]): string {
  const cells = [
    columns.map(([head]) => head),
    ...rows.map((row) => columns.map(([, cell]) => cell(row))),
  ];
  const widths = columns.map((_column, at) =>
    Math.max(...cells.map((line) => line[at]?.length ?? 0)),
  );
  return cells
    .map(
      (line) =>
        `${line
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
