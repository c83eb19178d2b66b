import { severities, type EvidenceStep, type Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { subjectsOf, type SubjectFacts } from "./subjects.ts";

export interface ChangedFinding {
  /** As it is now. */
  readonly finding: Finding;
  /** What is different, one sentence each. */
  readonly changes: readonly string[];
  readonly graver: boolean;
}

/** A finding that is gone without having been shown to be mended. */
export interface UndecidedFinding {
  readonly finding: Finding;
  readonly because: string;
}

export interface FindingDiff {
  readonly new: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly changed: readonly ChangedFinding[];
  readonly undecided: readonly UndecidedFinding[];
}

export function diffFindings(before: Report, after: Report): FindingDiff {
  const was = new Map(before.findings.map((finding) => [finding.id, finding]));
  const is = new Set(after.findings.map(({ id }) => id));
  const subjects = { before: subjectsOf(before), after: subjectsOf(after) };
  const gone = before.findings
    .filter(({ id }) => !is.has(id))
    .map((finding) => ({ finding, because: doubtOf(finding, before, after, subjects) }));
  return {
    new: after.findings.filter(({ id }) => !was.has(id)),
    fixed: gone.flatMap(({ finding, because }) => (because === undefined ? [finding] : [])),
    changed: after.findings.flatMap((finding) => {
      const old = was.get(finding.id);
      const changes = old ? changesOf(old, finding) : [];
      return old && changes.length > 0
        ? [{ finding, changes, graver: isGraver(old, finding) }]
        : [];
    }),
    undecided: gone.flatMap(({ finding, because }) =>
      because === undefined ? [] : [{ finding, because }],
    ),
  };
}

type Subjects = ReadonlyMap<string, SubjectFacts>;

/** Why its absence proves nothing; undefined when the later run has looked and the rule no longer fires. */
function doubtOf(
  { rule, subject }: Finding,
  before: Report,
  after: Report,
  subjects: { readonly before: Subjects; readonly after: Subjects },
): string | undefined {
  const unknown = after.unknowns.find(
    (item) => item.rule === rule && item.subject.id === subject.id,
  );
  if (unknown) return unknown.because;
  if (subjects.after.has(subject.id)) return undefined;
  const facts = subjects.before.get(subject.id);
  const unread = facts?.scopes
    .map((scope) => unreadOf(scope, before, after))
    .find((because) => because !== undefined);
  if (unread !== undefined) return unread;
  const held = new Set(after.exposures.map(({ id }) => id));
  const open = facts?.exposures.some((id) => held.has(id));
  return subject.kind === "server" && open && wentSilent(before, after)
    ? "it is still exposed, and no endpoint was probed or answered"
    : undefined;
}

function unreadOf(scope: string, before: Report, after: Report): string | undefined {
  const state = after.coverage.byScope.find(({ id }) => id === scope)?.state ?? "not";
  if (state === "not") return `${scope} was not read`;
  const gap = newGap(scope, before, after);
  return gap === undefined ? undefined : `${gap} could not be read in ${scope}, and was before`;
}

/** What could not be read before either does not explain why something is gone. */
function newGap(scope: string, before: Report, after: Report): string | undefined {
  const old = new Set(gapsOf(before, scope).map(({ call, region }) => `${call} ${region}`));
  return gapsOf(after, scope).find(
    ({ call, region, affects }) =>
      !old.has(`${call} ${region}`) && affects.some((what) => what !== "limits"),
  )?.call;
}

function gapsOf({ scopes }: Report, id: string): Report["scopes"][number]["gaps"] {
  return scopes.find((scope) => scope.id === id)?.gaps ?? [];
}

function wentSilent(before: Report, after: Report): boolean {
  return before.coverage.probe.answered > 0 && after.coverage.probe.answered === 0;
}

function changesOf(was: Finding, is: Finding): string[] {
  return [
    ...(was.severity === is.severity ? [] : [`severity ${was.severity} is now ${is.severity}`]),
    ...(was.certainty === is.certainty
      ? []
      : [`certainty ${was.certainty} is now ${is.certainty}`]),
    ...(was.title === is.title ? [] : [`was: ${was.title}`]),
    ...stepsOnlyIn(is, was).map(({ kind, id }) => `evidence has now ${kind} ${id}`),
    ...stepsOnlyIn(was, is).map(({ kind, id }) => `evidence has no longer ${kind} ${id}`),
  ];
}

function stepsOnlyIn(one: Finding, other: Finding): EvidenceStep[] {
  const known = new Set(other.evidence.map(({ kind, id }) => `${kind} ${id}`));
  return one.evidence.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
}

function isGraver(was: Finding, is: Finding): boolean {
  return severities.indexOf(is.severity) > severities.indexOf(was.severity);
}
