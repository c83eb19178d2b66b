import type { Exposure } from "../model/exposure.ts";
import type { Certainty, EvidenceStep, Severity } from "../model/finding.ts";
import type { ServerEndpoint } from "../model/server.ts";
import type { Surroundings, Verdict } from "./rule.ts";

/** A failure; any assumption makes it `maybe`. */
export function fail(facts: {
  readonly severity: Severity;
  readonly assumptions: readonly string[];
  readonly title: string;
  readonly evidence: readonly EvidenceStep[];
}): Verdict {
  const assumptions = [...new Set(facts.assumptions)].toSorted();
  const certainty: Certainty = assumptions.length > 0 ? "maybe" : "certain";
  return { verdict: "fail", ...facts, assumptions, certainty };
}

/** What a path rests on. An answer on the wire from the internet settles the path, so its doubts turn to assumptions. */
export function pathDoubts(exposure: Exposure): string[] {
  const unread = exposure.assumptions.map((text) => `Path: ${text}`);
  if (unread.length > 0) return unread;
  return exposure.certainty === "maybe" || exposure.verdict === "unknown"
    ? [`Path to ${exposure.workload.name}: not every gate could be read.`]
    : [];
}

/** An answer seen from inside says nothing about who gets in from the internet. */
export function vantageDoubts({ vantage }: Surroundings, exposure: Exposure | undefined): string[] {
  return vantage.kind === "inside" && exposure?.sources === "internet"
    ? [
        `Seen from inside${vantage.network === undefined ? "" : ` (${vantage.network})`} only, not from the internet.`,
      ]
    : [];
}

export function fingerprintDoubts({ confidence, url }: ServerEndpoint): string[] {
  return confidence === "likely" ? [`${url} is likely, not confirmed, to be an MCP server.`] : [];
}

/** A path that an unread grant leaves open and that no answer from the internet has settled. */
export function pathUnsettled({ vantage }: Surroundings, exposure: Exposure): boolean {
  return exposure.verdict === "unknown" && vantage.kind === "inside";
}
