import type { Coverage, ProbeSkip, Report, Run } from "../model/report.ts";
import type { Fingerprint, Target } from "../model/server.ts";
import { correlate } from "../correlate/correlate.ts";
import type { TargetLink } from "../correlate/targets.ts";
import { identifyProduct } from "../probe/signatures/index.ts";
import { summarise } from "../report/summary.ts";
import { evaluateRules } from "../rules/evaluate-rules.ts";
import { ruleReports } from "../rules/rule-reports.ts";
import { severityOf } from "../rules/severity.ts";
import { classify } from "../tools/classify.ts";
import { namedExposure, namedGap, namedScope } from "./named-exposure.ts";

export interface NamedInput {
  readonly targets: readonly Target[];
  readonly skipped: readonly ProbeSkip[];
  readonly probe: (targets: readonly Target[]) => Promise<readonly Fingerprint[]>;
  readonly run: Omit<Run, "finishedAt">;
  readonly version: string;
  readonly finishedAt: () => string;
}

export interface NamedReport {
  readonly report: Report;
  /** Of every target, also of those that are no servers and so are not in the report. */
  readonly fingerprints: readonly Fingerprint[];
  /** Which exposure each target stands for: none, when it did not answer. */
  readonly links: readonly TargetLink[];
}

/** Named targets to the report of an audit, with everything left open that only a control plane can tell: ADR 12. */
export async function decideNamed(input: NamedInput): Promise<NamedReport> {
  const { targets, skipped, run, version } = input;
  const fingerprints = await input.probe(targets);
  const answered = new Set(
    fingerprints.flatMap(({ target, confidence }) =>
      confidence === "unreachable" ? [] : [target],
    ),
  );
  const reached = targets
    .filter(({ id }) => answered.has(id))
    .map((target) => ({ target, exposure: namedExposure(target) }));
  const exposures = reached
    .map(({ exposure }) => exposure)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const links = reached.map(({ target, exposure }) => ({
    target: target.id,
    exposures: [exposure.id],
  }));
  const facts = {
    exposures,
    fingerprints,
    targets: links,
    identities: new Map(),
    gaps: [namedGap],
    vantage: run.vantage,
  };
  const servers = correlate({
    ...facts,
    workloads: [],
    classifyTool: (tool, product) =>
      classify(tool, { ...(product && { product }), useProductTables: true }),
    identify: ({ serverInfo, tools, banners }) =>
      identifyProduct({ serverInfo, tools: tools.map(({ name }) => name), banners }),
    severityOf,
  });
  const evaluated = evaluateRules({ ...facts, servers, suspects: [], now: run.startedAt });
  const { provider, id, region } = namedScope;
  const report: Report = {
    schemaVersion: "1",
    tool: { name: "postern", version },
    run: { ...run, finishedAt: input.finishedAt() },
    scopes: [{ provider, id, regions: [region], calls: 0, gaps: [namedGap] }],
    exposures,
    blocked: [],
    servers: evaluated.servers,
    identities: [],
    findings: evaluated.findings,
    unknowns: evaluated.unknowns,
    coverage: coverageOf(targets.length + skipped.length, answered.size, [
      ...skipped,
      ...unassessed(fingerprints),
    ]),
    summary: summarise(evaluated.servers, evaluated.findings),
    rules: ruleReports([provider]),
  };
  const unreached = targets.filter((target) => !answered.has(target.id));
  return {
    report,
    fingerprints,
    links: [...links, ...unreached.map((target) => ({ target: target.id, exposures: [] }))],
  };
}

/** A target that was named and of which nothing can be said is missing in no list of the report. */
function unassessed(fingerprints: readonly Fingerprint[]): ProbeSkip[] {
  return fingerprints.flatMap(({ url, confidence, because }) =>
    confidence === "unreachable" || confidence === "unknown"
      ? [{ target: url, because: `Not assessed, ${confidence}: ${because}` }]
      : [],
  );
}

function coverageOf(targets: number, answered: number, skipped: readonly ProbeSkip[]): Coverage {
  const { provider, id } = namedScope;
  return {
    complete: false,
    byScope: [{ provider, id, state: "partly", calls: 0, gaps: 1 }],
    probe: { targets, answered, skipped, mismatches: [] },
  };
}
