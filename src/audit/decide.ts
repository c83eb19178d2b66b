import { lateralOf } from "./lateral.ts";
import { withNeeds } from "./needed.ts";
import { notAskedOf } from "./not-asked.ts";
import { plannedFor } from "./planned.ts";
import { serversOf, verdictsOf, type Facts, type Surroundings } from "./verdicts.ts";
import { targetsOf, type ConnectTo, type TargetLink } from "../correlate/targets.ts";
import { hintsOf, suspicious } from "../hints/passive.ts";
import type { ProviderAdapter } from "../model/adapter.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Blocked, Exposure } from "../model/exposure.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { Plan } from "../model/plan.ts";
import type { Coverage, ProbeSkip, Report, Run, ScopeReport } from "../model/report.ts";
import type { Fingerprint, Server, Target } from "../model/server.ts";
import { judge } from "../permissions/power.ts";
import { portRanks } from "../probe/ports.ts";
import { summarise } from "../report/summary.ts";
import type { Lateral } from "../rules/rule.ts";
import type { TagKeys } from "../rules/owner.ts";
import { ruleReports } from "../rules/rule-reports.ts";
import { selectionOf } from "./selection.ts";
import {
  normalised,
  snapshotOf,
  survey,
  type Readable,
  type Survey,
  type SurveyedScope,
} from "./survey.ts";

export interface DecideInput {
  readonly adapters: readonly ProviderAdapter[];
  readonly collected: readonly Readable[];
  readonly run: Omit<Run, "finishedAt">;
  readonly version: string;
  readonly connectTo: readonly ConnectTo[];
  readonly includeInternal: boolean;
  /** Also work out the smallest set of changes that leaves nothing critical. */
  readonly plan?: boolean;
  /** Days after which a static key counts as never rotated; default 90. */
  readonly keyDays?: number;
  /** Tag keys of the company, beside the usual ones. */
  readonly tagKeys?: TagKeys;
  /** The run whose tools are compared with. */
  readonly baseline?: Pick<Report, "servers">;
  /** Asks the wire, or reads recorded answers; `undefined` decides from the control plane only. */
  readonly probe: ((targets: readonly Target[]) => Promise<readonly Fingerprint[]>) | undefined;
  /** Why nothing was probed, when `probe` is absent. */
  readonly unprobed: string;
  readonly finishedAt: () => string;
}

export interface Decided {
  readonly report: Report;
  /** Absent when nothing was probed. */
  readonly fingerprints?: readonly Fingerprint[];
  /** Which exposures each target stands for. */
  readonly links: readonly TargetLink[];
}

/** Snapshots to report: normalise, reach, probe, permissions, correlate, rules. Pure but for `probe`. */
export async function decide(input: DecideInput): Promise<Decided> {
  const surveyed = await survey(
    input.adapters,
    input.collected,
    input.run.startedAt,
    selectionOf(input.run.options),
  );
  const { inventories, exposures, blocked, estate } = surveyed;
  const aimed = targetsOf(exposures, {
    connectTo: input.connectTo,
    includeInternal: input.includeInternal,
    candidatePorts: portRanks.map(({ port }) => port),
  });
  const answers = await input.probe?.(aimed.targets);
  const fingerprints = answers ?? [];
  const workloads = inventories.flatMap((inventory) => inventory.workloads);
  const gaps = inventories.flatMap((inventory) => inventory.gaps);
  const alone = judgeAll(input.adapters, workloads, estate);
  const facts: Facts = { exposures, workloads, fingerprints, links: aimed.links };
  const judged: Surroundings = {
    identities: alone,
    suspects: suspectsOf(workloads),
    gaps,
    logging: inventories.map(({ provider, scope, logging: switches = [] }) => ({
      provider,
      scope,
      switches,
    })),
    uses: inventories.flatMap(({ uses = [] }) => uses),
    keyRings: inventories.flatMap(({ keyRings = [] }) => keyRings),
    ...(input.keyDays !== undefined && { keyDays: input.keyDays }),
    ...(input.tagKeys && { tagKeys: input.tagKeys }),
    ...(input.baseline && { baseline: input.baseline }),
    vantage: input.run.vantage,
    now: input.run.startedAt,
  };
  const servers = serversOf(facts, judged);
  const { adapters } = input;
  const uses = judged.uses ?? [];
  const identities = withNeeds(alone, { adapters, estate, servers, workloads, uses });
  const surroundings: Surroundings = { ...judged, identities };
  const lateral = await lateralIn(input, servers, estate);
  const evaluated = verdictsOf(facts, servers, surroundings, lateral);
  const { findings, unknowns } = evaluated;
  const now = { exposures, findings, unknowns, servers: evaluated.servers };
  const plan = input.plan
    ? await plannedFor({ ...input, estate, facts, surroundings, now })
    : undefined;
  const skipped = input.probe
    ? aimed.skipped
    : aimed.targets.map((target): ProbeSkip => ({ target: target.id, because: input.unprobed }));
  return {
    ...(answers && { fingerprints: answers }),
    links: aimed.links,
    report: assemble(input, surveyed.scopes, {
      ...evaluated,
      ...(plan && { plan }),
      exposures,
      blocked,
      identities: reportable(identities, evaluated.servers, exposures),
      coverage: coverageOf(surveyed.scopes, aimed.targets, fingerprints, skipped),
    }),
  };
}

/** Only scopes with servers are read again, one after the other. */
async function lateralIn(
  { adapters, collected }: DecideInput,
  servers: readonly Server[],
  estate: EstateIndex,
): Promise<ReadonlyMap<string, Lateral>> {
  const out = new Map<string, Lateral>();
  for (const readable of collected) {
    const { provider, scope } = readable;
    if (!servers.some((one) => one.provider === provider && one.scope === scope.id)) continue;
    const inventory = normalised(adapters, await snapshotOf(readable));
    if (!inventory) continue;
    for (const [id, lateral] of lateralOf(inventory, servers, estate)) out.set(id, lateral);
  }
  return out;
}

function suspectsOf(workloads: readonly Workload[]) {
  return workloads
    .map((workload) => ({ workload, hints: hintsOf(workload) }))
    .filter(({ hints }) => suspicious(hints));
}

function judgeAll(
  adapters: readonly ProviderAdapter[],
  workloads: readonly Workload[],
  estate: EstateIndex,
): ReadonlyMap<string, IdentityReport> {
  const holders = new Map<string, string[]>();
  for (const workload of workloads) {
    for (const { id } of workload.identities) {
      holders.set(id, [...(holders.get(id) ?? []), workload.id]);
    }
  }
  const judged = [...holders.keys()].toSorted().flatMap((id): [string, IdentityReport][] => {
    const identity = estate.identities.get(id);
    const evaluator = adapters.find(({ provider }) => provider === identity?.provider)?.policy;
    return identity && evaluator
      ? [[id, judge(identity, holders.get(id)?.toSorted() ?? [], evaluator, estate)]]
      : [];
  });
  return new Map(judged);
}

/** The report shows the identities of exposed workloads and servers; the others bear on nothing it says. */
function reportable(
  identities: ReadonlyMap<string, IdentityReport>,
  servers: Report["servers"],
  exposures: readonly Exposure[],
): readonly IdentityReport[] {
  const concerned = new Set([
    ...exposures.map(({ workload }) => workload.id),
    ...servers.map(({ workload }) => workload.id),
  ]);
  return [...identities.values()].filter(({ workloads }) =>
    workloads.some((id) => concerned.has(id)),
  );
}

function coverageOf(
  scopes: readonly SurveyedScope[],
  targets: readonly Target[],
  fingerprints: readonly Fingerprint[],
  skipped: readonly ProbeSkip[],
): Coverage {
  const byScope = scopes.map(({ provider, scope, pages, gaps, calls }) => ({
    provider,
    id: scope.id,
    state:
      gaps.length === 0 ? ("audited" as const) : pages > 0 ? ("partly" as const) : ("not" as const),
    calls,
    gaps: gaps.length,
  }));
  return {
    complete: byScope.every(({ state }) => state === "audited"),
    byScope,
    probe: {
      targets: targets.length,
      answered: fingerprints.filter(({ confidence }) => confidence !== "unreachable").length,
      skipped,
      mismatches: [],
    },
  };
}

interface Parts {
  readonly exposures: readonly Exposure[];
  readonly blocked: readonly Blocked[];
  readonly servers: Report["servers"];
  readonly identities: readonly IdentityReport[];
  readonly findings: Report["findings"];
  readonly unknowns: Report["unknowns"];
  readonly coverage: Coverage;
  readonly plan?: Plan;
}

function assemble(input: DecideInput, surveyed: Survey["scopes"], parts: Parts): Report {
  const scopes = surveyed.map(({ provider, scope, calls, gaps }): ScopeReport => ({
    provider,
    id: scope.id,
    ...(scope.name !== undefined && { name: scope.name }),
    regions: scope.regions,
    calls,
    gaps,
    ...(notAskedOf(provider).length > 0 && { notAsked: notAskedOf(provider) }),
  }));
  return {
    schemaVersion: "1",
    tool: { name: "postern", version: input.version },
    run: { ...input.run, finishedAt: input.finishedAt() },
    scopes,
    exposures: parts.exposures,
    blocked: parts.blocked,
    servers: parts.servers,
    identities: parts.identities,
    findings: parts.findings,
    unknowns: parts.unknowns,
    coverage: parts.coverage,
    summary: summarise(parts.servers, parts.findings),
    ...(parts.plan && { plan: parts.plan }),
    rules: ruleReports([...new Set(scopes.map(({ provider }) => provider))].toSorted()),
  };
}
