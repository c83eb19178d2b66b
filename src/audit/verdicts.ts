import { correlate } from "../correlate/correlate.ts";
import type { TargetLink } from "../correlate/targets.ts";
import { driftedTools } from "../history/drifted-tools.ts";
import type { Exposure } from "../model/exposure.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { Report, Run } from "../model/report.ts";
import type { Fingerprint, Server } from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import { identifyProduct } from "../probe/signatures/index.ts";
import type { RulesInput } from "../rules/contexts.ts";
import { evaluateRules, type RulesOutput } from "../rules/evaluate-rules.ts";
import { severityOf } from "../rules/severity.ts";
import { classify } from "../tools/classify.ts";

/** What a change to the estate can change, before servers and rules are decided from it. */
export interface Facts {
  readonly exposures: readonly Exposure[];
  readonly workloads: readonly Workload[];
  readonly fingerprints: readonly Fingerprint[];
  readonly links: readonly TargetLink[];
}

/** What stays as it is. */
export interface Surroundings extends Pick<
  RulesInput,
  "suspects" | "logging" | "uses" | "keyRings" | "keyDays" | "tagKeys"
> {
  readonly identities: ReadonlyMap<string, IdentityReport>;
  readonly gaps: readonly Gap[];
  readonly vantage: Run["vantage"];
  readonly now: string;
  /** The run whose tools are compared with. */
  readonly baseline?: Pick<Report, "servers">;
}

export function serversOf(facts: Facts, { identities, gaps, vantage }: Surroundings): Server[] {
  return correlate({
    exposures: facts.exposures,
    workloads: facts.workloads,
    fingerprints: facts.fingerprints,
    targets: facts.links,
    identities,
    classifyTool: (tool, product) =>
      classify(tool, { ...(product && { product }), useProductTables: true }),
    identify: ({ serverInfo, tools, banners }) =>
      identifyProduct({ serverInfo, tools: tools.map(({ name }) => name), banners }),
    severityOf,
    gaps,
    vantage,
  });
}

/** Without `lateral`, what stands around the servers is not judged. */
export function verdictsOf(
  facts: Facts,
  servers: readonly Server[],
  { baseline, ...known }: Surroundings,
  lateral?: RulesInput["lateral"],
): RulesOutput {
  return evaluateRules({
    ...known,
    servers,
    exposures: facts.exposures,
    workloads: facts.workloads,
    fingerprints: facts.fingerprints,
    targets: facts.links,
    ...(baseline && {
      baseline: { servers: baseline.servers, changes: driftedTools(baseline, { servers }) },
    }),
    ...(lateral && { lateral }),
  });
}
