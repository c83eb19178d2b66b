import type { Finding, Unknown } from "../../src/model/finding.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { evaluateRules } from "../../src/rules/evaluate-rules.ts";
import { rulesInput } from "../fixtures/report.ts";

/** What one rule says about the first subject it does not pass: the finding, the unknown, or `pass`. */
export function judge(rule: string, changes: Partial<RulesInput> = {}): Finding | Unknown | "pass" {
  const { findings, unknowns } = evaluateRules(rulesInput(changes));
  return (
    findings.find((finding) => finding.rule === rule) ??
    unknowns.find((unknown) => unknown.rule === rule) ??
    "pass"
  );
}
