import { severities, type Finding, type Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { placesOf } from "./places.ts";
import { clean } from "./text.ts";

/** What findings are counted by: a word of theirs, or a tag of their workload. */
export type GroupBy = "owner" | "provider" | "scope" | "rule" | { readonly tag: string };

export interface Group {
  readonly name: string;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

const words: readonly string[] = ["owner", "provider", "scope", "rule"];

/** `owner`, `tag:env`; undefined for anything else. */
export function parseGroupBy(text: string): GroupBy | undefined {
  if (text === "owner" || text === "provider" || text === "scope" || text === "rule") return text;
  const tag = /^tag:(.+)$/.exec(text)?.[1];
  return tag === undefined ? undefined : { tag };
}

export const groupByHint = `Use ${words.join(", ")} or tag:KEY.`;

/** Findings by group, the group with the worst ones first. Muted ones do not count. */
export function groupsOf(report: Report, by: GroupBy): Group[] {
  const nameOf = namer(report, by);
  const groups = new Map<string, Record<Severity, number>>();
  for (const finding of report.findings) {
    if (finding.mute) continue;
    const name = nameOf(finding) ?? "none";
    const counts = groups.get(name) ?? { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
    counts[finding.severity] += 1;
    groups.set(name, counts);
  }
  return [...groups]
    .map(([name, bySeverity]) => ({ name, bySeverity }))
    .toSorted((a, b) => worseFirst(a, b) || (a.name < b.name ? -1 : 1));
}

function namer(report: Report, by: GroupBy): (finding: Finding) => string | undefined {
  if (by === "owner") return ({ owner }) => owner;
  if (by === "rule") return ({ rule }) => rule;
  if (by === "provider" || by === "scope") {
    const placeOf = placesOf(report);
    return ({ subject }) => placeOf(subject)[by];
  }
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (const { id, workload } of [...report.exposures, ...report.servers]) {
    tags.set(id, workload.tags);
    tags.set(workload.id, workload.tags);
  }
  for (const { id, workloads } of report.identities) {
    const holder = workloads.find((workload) => tags.has(workload));
    if (holder !== undefined) tags.set(id, tags.get(holder) ?? {});
  }
  return ({ subject }) => valueOf(tags.get(subject.id) ?? {}, by.tag);
}

/** Clouds differ in the case they keep. */
function valueOf(tags: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.entries(tags).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function worseFirst(a: Group, b: Group): number {
  for (const severity of severities.toReversed()) {
    const difference = b.bySeverity[severity] - a.bySeverity[severity];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A line a group, its counts in columns. */
export function groupLines(groups: readonly Group[], title: string): string[] {
  const shown = severities.toReversed();
  const width = Math.max(12, ...groups.map(({ name }) => Math.min(60, clean(name).length)));
  return [
    `FINDINGS BY ${title.toUpperCase()}`,
    `  ${"".padEnd(width)}  ${shown.map((severity) => severity.padStart(8)).join(" ")}`,
    ...groups.map(
      ({ name, bySeverity }) =>
        `  ${clean(name).padEnd(width)}  ${shown.map((severity) => String(bySeverity[severity]).padStart(8)).join(" ")}`,
    ),
  ];
}
