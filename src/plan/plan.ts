import type { Exposure } from "../model/exposure.ts";
import type { Finding, Unknown } from "../model/finding.ts";
import {
  cutKinds,
  type Cut,
  type CutOutcome,
  type Plan,
  type PlannedChange,
} from "../model/plan.ts";
import type { Server } from "../model/server.ts";
import { smallestCover } from "./cover.ts";
import { cutsOf, type CutContext } from "./cuts.ts";
import { stepsFor } from "./steps.ts";

/** What the rules say of an estate. */
export interface Verdicts {
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
  readonly servers: readonly Server[];
  readonly exposures: readonly Exposure[];
}

export interface PlanInput extends CutContext {
  /** As it is. */
  readonly now: Verdicts;
  /** As it would be after these changes, decided anew by the same rules. */
  readonly after: (cuts: readonly Cut[]) => Verdicts;
}

/** Servers whose single cuts are tried one by one; the worst first. */
const serversTried = 50;

const assumptions = [
  "what was decided from this run's reading, nothing else changed meanwhile",
  "a rule is narrowed for this port only, and clients that need it get a rule of their own",
  "a token that is demanded is one delegated by the user, not another shared secret",
] as const;

/**
 * The smallest set of changes after which no critical finding is left. Every critical finding demands one of the cuts of
 * its server's chains; whatever set meets the demands is decided anew, and what is still critical then demands more.
 * Each demand is necessary, so the first set that leaves nothing is a smallest one.
 */
export function planOf(input: PlanInput): Plan {
  const known = new Map<string, Cut>();
  const demands: (readonly string[])[] = [];
  const left = new Map<string, Finding>();
  const rank = (id: string): number => {
    const cut = known.get(id);
    return cut ? cutKinds.indexOf(cut.kind) : cutKinds.length;
  };
  let chosen: readonly Cut[] = [];
  let cover = smallestCover([], rank);
  let verdicts = input.now;
  for (;;) {
    const open = stillCritical(input.now, verdicts).filter(({ id }) => !left.has(id));
    if (open.length === 0) break;
    for (const finding of open) {
      const cuts = cutsFor(finding, verdicts, input).filter(
        ({ id }) => !chosen.some((one) => one.id === id),
      );
      for (const cut of cuts) if (!known.has(cut.id)) known.set(cut.id, cut);
      if (cuts.length === 0) left.set(finding.id, finding);
      else demands.push(cuts.map(({ id }) => id));
    }
    cover = smallestCover(demands, rank);
    chosen = cover.chosen.flatMap((id) => known.get(id) ?? []);
    verdicts = input.after(chosen);
  }
  const { exact, atLeast } = cover;
  return {
    changes: chosen.map((cut) => changeOf(cut, chosen, input)),
    exact,
    atLeast,
    left: [...left.keys()].toSorted(),
    servers: optionsOf(input),
    assumptions,
  };
}

function criticalIn({ findings }: Verdicts): Finding[] {
  return findings.filter(({ severity, mute }) => severity === "critical" && !mute);
}

/** What is critical, and what was and can no longer be told: a change that only hides it removes nothing. */
function stillCritical(now: Verdicts, then: Verdicts): Finding[] {
  const certain = criticalIn(then);
  const doubtful = new Set(
    then.unknowns
      .filter(({ worst }) => worst === "critical")
      .map(({ rule, subject }) => `${rule} ${subject.kind} ${subject.id}`),
  );
  const hidden = criticalIn(now).filter(
    ({ id, rule, subject }) =>
      doubtful.has(`${rule} ${subject.kind} ${subject.id}`) &&
      !certain.some((finding) => finding.id === id),
  );
  return [...certain, ...hidden];
}

/** Cuts of every server that the finding is about. */
function cutsFor(
  { subject }: Finding,
  { servers, exposures }: Verdicts,
  context: CutContext,
): Cut[] {
  const byId = new Map(exposures.map((exposure) => [exposure.id, exposure]));
  const concerned = servers.filter(
    ({ id, workload, identities, endpoints }) =>
      (subject.kind === "server" && id === subject.id) ||
      (subject.kind === "workload" && workload.id === subject.id) ||
      (subject.kind === "identity" && identities.some((one) => one.id === subject.id)) ||
      (subject.kind === "exposure" &&
        endpoints.some((endpoint) => endpoint.exposures.includes(subject.id))),
  );
  return concerned.flatMap((server) => cutsOf(server, byId, context));
}

/** Of the plan's findings those that come back when this change alone is left out. */
function changeOf(cut: Cut, chosen: readonly Cut[], { now, after }: PlanInput): PlannedChange {
  const whole = new Set(after(chosen).findings.map(({ id }) => id));
  const without = after(chosen.filter(({ id }) => id !== cut.id));
  const { about: _about, ...shown } = cut;
  const before = new Set(now.findings.map(({ id }) => id));
  return {
    ...shown,
    steps: stepsFor(cut),
    ends: without.findings.map(({ id }) => id).filter((id) => before.has(id) && !whole.has(id)),
  };
}

function optionsOf(input: PlanInput): Plan["servers"] {
  const byId = new Map(input.now.exposures.map((exposure) => [exposure.id, exposure]));
  return input.now.servers
    .filter(({ severity }) => severity === "critical" || severity === "high")
    .slice(0, serversTried)
    .map((server) => ({
      server: server.id,
      now: server.severity,
      cuts: cutsOf(server, byId, input).map((cut): CutOutcome => {
        const left = input.after([cut]).servers.find(({ id }) => id === server.id);
        const { id, kind, target, change } = cut;
        return { cut: id, kind, target, change, leaves: left?.severity ?? "gone" };
      }),
    }));
}
