import type { Severity } from "../model/finding.ts";
import type { Verdict } from "./rule.ts";

const rank: Readonly<Record<Verdict["verdict"], number>> = { pass: 0, unknown: 1, fail: 2 };

/**
 * The verdict of "any of these": a failure beats an unknown, an unknown beats a pass, a certain failure beats a maybe.
 * Among equals the first counts.
 */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>((a, b) => (weight(b) > weight(a) ? b : a), { verdict: "pass" });
}

function weight(verdict: Verdict): number {
  return (
    rank[verdict.verdict] * 2 +
    (verdict.verdict === "fail" && verdict.certainty === "certain" ? 1 : 0)
  );
}

export function unknown(
  because: string,
  worst: Severity | "pass",
  best: Severity | "pass" = "pass",
): Verdict {
  return { verdict: "unknown", because, worst, best };
}
