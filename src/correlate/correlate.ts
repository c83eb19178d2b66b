import { stableId } from "../hash.ts";
import { severities } from "../model/finding.ts";
import type { Exposure, PortRange } from "../model/exposure.ts";
import type { Severity } from "../model/finding.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { Vantage } from "../model/report.ts";
import type {
  Confidence,
  Consequence,
  Fingerprint,
  MatrixCell,
  Product,
  Server,
} from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import type { ListedTool, Tool } from "../model/tool.ts";
import { authenticationRow } from "./authentication.ts";
import type { AuthenticationRow } from "./authentication.ts";
import { consequenceOf } from "./consequence.ts";
import { endpointOf } from "./endpoint.ts";
import type { IdentifyInput } from "./endpoint.ts";
import { heldIdentities, linksGap, workloadKey } from "./identities.ts";
import { byText, groupBy } from "./group.ts";
import type { TargetLink } from "./targets.ts";

export interface SeverityFacts {
  readonly authentication: AuthenticationRow;
  readonly consequence: Consequence;
  /** The consequence rests on a `maybe`. */
  readonly maybe: boolean;
  readonly fromInternet: boolean;
}

export interface CorrelateInput {
  readonly exposures: readonly Exposure[];
  readonly workloads: readonly Workload[];
  readonly fingerprints: readonly Fingerprint[];
  readonly targets: readonly TargetLink[];
  readonly identities: ReadonlyMap<string, IdentityReport>;
  readonly gaps?: readonly Gap[];
  readonly vantage: Vantage;
  readonly classifyTool: (tool: ListedTool, product: Product | undefined) => Tool;
  readonly identify: (input: IdentifyInput) => Product | undefined;
  readonly severityOf: (facts: SeverityFacts) => Severity;
}

const serverConfidences: ReadonlySet<Confidence> = new Set([
  "confirmed",
  "auth-required",
  "likely",
]);

interface Candidate {
  readonly first: Exposure;
  readonly exposures: Exposure[];
  readonly answers: {
    readonly fingerprint: Fingerprint;
    readonly exposures: readonly Exposure[];
  }[];
}

/** Joins exposures, fingerprints and identities to servers: one for each workload that answered as MCP. */
export function correlate(input: CorrelateInput): Server[] {
  const workloads = new Map(
    input.workloads.map((workload) => [workloadKey(workload, workload.id), workload]),
  );
  return [...candidatesOf(input)]
    .map(([key, candidate]) => serverOf(candidate, workloads.get(key), input))
    .toSorted(byText(({ id }) => id));
}

/** The page of a tool that starts programs is no MCP server, and no less dangerous. */
function isDeveloperTool({ confidence, banners }: Fingerprint, input: CorrelateInput): boolean {
  if (confidence !== "related" || banners === undefined) return false;
  return input.identify({ tools: [], banners })?.kind === "developer-tool";
}

function candidatesOf(input: CorrelateInput): Map<string, Candidate> {
  const exposures = new Map(input.exposures.map((exposure) => [exposure.id, exposure]));
  const links = new Map(input.targets.map((link) => [link.target, link.exposures]));
  const candidates = new Map<string, Candidate>();
  for (const fingerprint of input.fingerprints) {
    if (!serverConfidences.has(fingerprint.confidence) && !isDeveloperTool(fingerprint, input)) {
      continue;
    }
    const reached = (links.get(fingerprint.target) ?? []).flatMap((id) => exposures.get(id) ?? []);
    for (const [key, group] of groupBy(reached, (one) => workloadKey(one, one.workload.id))) {
      const [first] = group;
      if (!first) continue;
      const candidate = candidates.get(key) ?? { first, exposures: [], answers: [] };
      candidate.exposures.push(...group);
      candidate.answers.push({ fingerprint, exposures: group });
      candidates.set(key, candidate);
    }
  }
  return candidates;
}

function serverOf(
  { first, exposures, answers }: Candidate,
  workload: Workload | undefined,
  input: CorrelateInput,
): Server {
  const { provider, scope, region } = first;
  const endpoints = answers
    .map((answer) => endpointOf(answer.fingerprint, answer.exposures, input))
    .toSorted(byText(({ url }) => url));
  const identities = workload?.identities ?? [];
  const facts = consequenceOf(
    heldIdentities(identities, input.identities),
    endpoints.flatMap(({ tools }) => tools),
    !workload || linksGap(input.gaps ?? [], first, identities) !== undefined,
  );
  const internet = new Set(
    exposures.filter(({ sources }) => sources === "internet").map(({ id }) => id),
  );
  return {
    id: stableId("server", provider, scope, first.workload.id),
    provider,
    scope,
    region,
    workload: first.workload,
    ports: portsOf(exposures),
    endpoints,
    identities,
    consequence: facts.consequence,
    worst: facts.worst,
    best: facts.best,
    severity: worstSeverity(
      endpoints.map((endpoint) =>
        input.severityOf({
          authentication: authenticationRow(endpoint.authentication.verdict, endpoint.confidence),
          consequence: facts.consequence,
          maybe: facts.maybe,
          fromInternet: endpoint.exposures.some((id) => internet.has(id)),
        }),
      ),
    ),
    matrix: emptyMatrix,
    findings: [],
  };
}

const emptyCell: MatrixCell = { now: "none", withOAuth: "none", because: [] };
/** Rules fill it in. */
const emptyMatrix: Server["matrix"] = {
  credentialExposure: emptyCell,
  privilegeEscalation: emptyCell,
  networkSurface: emptyCell,
  audit: emptyCell,
};

function portsOf(exposures: readonly Exposure[]): PortRange[] {
  const ranges = new Map(
    exposures.map(({ portRange: { from, to } }) => [`${from}-${to}`, { from, to }]),
  );
  return [...ranges.values()].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function worstSeverity(all: readonly Severity[]): Severity {
  return all.reduce<Severity>(
    (a, b) => (severities.indexOf(b) > severities.indexOf(a) ? b : a),
    "info",
  );
}
