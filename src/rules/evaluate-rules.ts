import { stableId } from "../hash.ts";
import type { EvidenceStep, Finding, Remediation, Subject, Unknown } from "../model/finding.ts";
import type { Origin } from "../model/provider.ts";
import type { Server } from "../model/server.ts";
import { identitySteps } from "./chain.ts";
import { contextsOf } from "./contexts.ts";
import type { Contexts, RulesInput } from "./contexts.ts";
import { controlsFor } from "./controls.ts";
import { rules as allRules } from "./index.ts";
import { matrixOf } from "./matrix.ts";
import { compare } from "./order.ts";
import { ownerOf } from "./owner.ts";
import type { Held, IdentityContext, Rule, RuleFacts, Verdict, WorkloadContext } from "./rule.ts";
import { severityRank } from "./severity.ts";
import { unreadIdentity } from "./unread-identity.ts";
import { unknown } from "./verdicts.ts";

export interface RulesOutput {
  readonly findings: Finding[];
  readonly unknowns: Unknown[];
  /** With their findings and their matrix. */
  readonly servers: Server[];
}

/** One rule's word on one subject, and the workloads it concerns. */
interface Judged {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly provider: Origin;
  readonly owner?: string;
  readonly workloads: readonly string[];
  readonly verdict: Verdict;
  readonly remedy: () => Remediation;
}

export function evaluateRules(input: RulesInput, rules: readonly Rule[] = allRules): RulesOutput {
  const contexts = contextsOf(input);
  const judged = rules.flatMap((rule) => [
    ...judge(rule, contexts),
    ...judgeUnread(rule, contexts),
  ]);
  const found = judged
    .flatMap((entry) => findingOf(entry))
    .toSorted((a, b) => byWeight(a.about, b.about));
  const open = judged
    .flatMap((entry) => unknownOf(entry))
    .toSorted(
      (a, b) =>
        compare(a.about.rule, b.about.rule) || compare(a.about.subject.id, b.about.subject.id),
    );
  const facts = new Map<string, RuleFacts>(rules.map((rule) => [rule.id, rule]));
  const ownFindings = byWorkload(found);
  const ownUnknowns = byWorkload(open);
  return {
    findings: found.map(({ about }) => about),
    unknowns: open.map(({ about }) => about),
    servers: input.servers.map((server) => {
      const key = keyOf(server.provider, server.scope, server.workload.id);
      const own = ownFindings.get(key) ?? [];
      return {
        ...server,
        matrix: matrixOf(server, own, ownUnknowns.get(key) ?? [], facts),
        findings: own.map(({ id }) => id).toSorted(compare),
      };
    }),
  };
}

/** A finding or an unknown, with the workloads it concerns. */
interface Concerning<T> {
  readonly about: T;
  readonly workloads: readonly string[];
}

function byWorkload<T>(entries: readonly Concerning<T>[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { about, workloads } of entries) {
    for (const key of new Set(workloads)) {
      const group = groups.get(key);
      if (group) group.push(about);
      else groups.set(key, [about]);
    }
  }
  return groups;
}

/** By severity, the worst first, then rule, then subject. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.subject.id, b.subject.id)
  );
}

function judge(rule: Rule, contexts: Contexts): Judged[] {
  if (rule.about === "server") {
    return contexts.servers.map((context) => ({
      ...aboutWorkload(rule, context, { kind: "server", id: context.server.id }),
      verdict: toPermission(rule.check(context), context),
      remedy: () => rule.remedy(context),
    }));
  }
  if (rule.about === "identity") {
    return contexts.identities.map((context) => ({
      ...aboutIdentity(rule, context),
      verdict: rule.check(context),
      remedy: () => rule.remedy(context),
    }));
  }
  if (rule.about === "suspect") {
    return contexts.suspects.map((context) => ({
      ...aboutWorkload(rule, context, { kind: "workload", id: context.workload.id }),
      verdict: toPermission(rule.check(context), context),
      remedy: () => rule.remedy(context),
    }));
  }
  return contexts.workloads.map((context) => ({
    ...aboutWorkload(rule, context, { kind: "workload", id: context.workload.id }),
    verdict: toPermission(rule.check(context), context),
    remedy: () => rule.remedy(context),
  }));
}

/** The first identity rule, the one for the strongest power, answers for what was not read: it may be anything. */
function judgeUnread(rule: Rule, { servers, suspects }: Contexts): Judged[] {
  if (rule.id !== "identity-admin" || rule.about !== "identity") return [];
  return [...servers, ...suspects].flatMap((context) => {
    const because = unreadIdentity(context);
    if (because === undefined) return [];
    const subject = { kind: "workload", id: context.workload.id } as const;
    return [
      {
        ...aboutWorkload(rule, context, subject),
        verdict: unknown(because, "critical"),
        remedy: () => ({ summary: "", steps: [] }),
      },
    ];
  });
}

/**
 * Carries a chain on to what the workload's identity may do, where the rule itself stops before it: whoever reads the
 * finding sees what is at stake. A workload without an identity has no such end.
 */
function toPermission(verdict: Verdict, { held }: WorkloadContext): Verdict {
  if (verdict.verdict !== "fail") return verdict;
  if (verdict.evidence.some(({ kind }) => kind === "identity")) return verdict;
  return { ...verdict, evidence: [...verdict.evidence, ...held.slice(0, 1).flatMap(atStake)] };
}

/** The identity, its most telling permission and what that reaches. */
function atStake(held: Held): EvidenceStep[] {
  return identitySteps(held).slice(0, 3);
}

type About = Omit<Judged, "verdict" | "remedy">;

function aboutWorkload(
  rule: Rule,
  { provider, scope, workload, tagKeys }: WorkloadContext,
  subject: Subject,
): About {
  const owner = ownerOf(workload.tags, tagKeys);
  return {
    rule,
    subject,
    provider,
    workloads: [keyOf(provider, scope, workload.id)],
    ...(owner !== undefined && { owner }),
  };
}

function aboutIdentity(rule: Rule, { identity, holders, tagKeys }: IdentityContext): About {
  const owner = holders
    .map(({ context }) => ownerOf(context.workload.tags, tagKeys))
    .find((name) => name !== undefined);
  return {
    rule,
    subject: { kind: "identity", id: identity.id },
    provider: identity.provider,
    workloads: holders.map(({ context }) =>
      keyOf(context.provider, context.scope, context.workload.id),
    ),
    ...(owner !== undefined && { owner }),
  };
}

function findingOf(entry: Judged): Concerning<Finding>[] {
  const { rule, subject, verdict, owner, provider, workloads } = entry;
  if (verdict.verdict !== "fail") return [];
  // Ids of workloads are unique per scope only.
  const place = subject.kind === "workload" ? workloads : [];
  const finding: Finding = {
    id: stableId("finding", rule.id, subject.kind, subject.id, ...place),
    rule: rule.id,
    severity: verdict.severity,
    verdict: "fail",
    certainty: verdict.certainty,
    assumptions: verdict.assumptions,
    title: verdict.title,
    subject,
    evidence: verdict.evidence,
    remediation: entry.remedy(),
    controls: controlsFor(rule.controls, provider),
    ...(owner !== undefined && { owner }),
  };
  return [{ about: finding, workloads }];
}

function unknownOf({ rule, subject, verdict, workloads }: Judged): Concerning<Unknown>[] {
  if (verdict.verdict !== "unknown") return [];
  const { because, worst, best } = verdict;
  return [{ about: { rule: rule.id, subject, because, worst, best }, workloads }];
}

function keyOf(provider: Origin, scope: string, workload: string): string {
  return JSON.stringify([provider, scope, workload]);
}
