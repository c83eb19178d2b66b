import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { fits } from "./glob.ts";
import { subjectsOf, type SubjectFacts } from "./subjects.ts";

/** A decision to live with findings for a while. */
export interface Mute {
  /** All that are there must match; `*` stands for any text. */
  readonly matches: {
    readonly rule?: string;
    /** Id of the server, or a URL of it. */
    readonly server?: string;
    /** Id of what the finding is about, or id or name of its workload. */
    readonly resource?: string;
    /** `KEY` or `KEY=VALUE` of the workload. */
    readonly tag?: string;
  };
  readonly reason: string;
  readonly owner: string;
  /** `2026-12-31`, through that day in UTC, or a time in UTC. */
  readonly until: string;
  /** File and line. */
  readonly place: string;
}

export interface Muted {
  readonly report: Report;
  /** Mutes that have run out, with the findings that count again. */
  readonly expired: readonly { readonly mute: Mute; readonly findings: readonly string[] }[];
  /** Mutes that match no finding. */
  readonly idle: readonly Mute[];
}

/** Marks the muted findings of a report; what is muted on the day of the run stays muted when it is read again later. */
export function applyMutes(report: Report, mutes: readonly Mute[]): Muted {
  const subjects = subjectsOf(report);
  const now = Date.parse(report.run.startedAt);
  const expired = new Map<Mute, string[]>();
  const used = new Set<Mute>();
  const findings = report.findings.map((finding) => {
    const matching = mutes.filter((mute) => matches(mute, finding, subjects));
    for (const mute of matching) used.add(mute);
    const active = matching.find((mute) => endOf(mute) > now);
    if (active) return withMute(finding, active);
    for (const mute of matching) expired.set(mute, [...(expired.get(mute) ?? []), finding.id]);
    return finding;
  });
  return {
    report: { ...report, findings },
    expired: [...expired].map(([mute, ids]) => ({ mute, findings: ids })),
    idle: mutes.filter((mute) => !used.has(mute)),
  };
}

function withMute(finding: Finding, { reason, owner, until }: Mute): Finding {
  return { ...finding, mute: { reason, owner, until } };
}

const dayMs = 86_400_000;

/** First moment at which it no longer holds. */
function endOf({ until }: Mute): number {
  return Date.parse(until) + (until.includes("T") ? 0 : dayMs);
}

/**
 * An identity that several workloads hold is muted through them only when each of them is meant: muting one server must
 * not silence what its neighbours give away.
 */
function matches(
  { matches: { rule, server, resource, tag } }: Mute,
  finding: Finding,
  subjects: ReadonlyMap<string, SubjectFacts>,
): boolean {
  const workloads = subjects.get(finding.subject.id)?.workloads ?? [];
  const each = (test: (workload: SubjectFacts["workloads"][number]) => boolean) =>
    workloads.length > 0 && workloads.every(test);
  const tests = [
    rule === undefined || fits(rule, finding.rule),
    server === undefined || each(({ servers }) => servers.some((name) => fits(server, name))),
    resource === undefined ||
      fits(resource, finding.subject.id) ||
      each(({ id, name }) => fits(resource, id) || (name !== undefined && fits(resource, name))),
    tag === undefined || each(({ tags }) => hasTag(tags, tag)),
  ];
  return tests.every(Boolean);
}

function hasTag(tags: Readonly<Record<string, string>>, pattern: string): boolean {
  return Object.entries(tags).some(([key, value]) =>
    fits(pattern, pattern.includes("=") ? `${key}=${value}` : key),
  );
}
