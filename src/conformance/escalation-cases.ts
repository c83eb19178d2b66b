import type { EstateIndex } from "../model/estate.ts";
import type { Identity, PermissionVerdict } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Standing } from "../model/paths.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import {
  escalationOf,
  isStronger,
  ownStandings,
  type Escalation,
} from "../permissions/escalation.ts";
import type { CaseResult } from "./network-cases.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** What the search says of a case, with the way it found. */
export interface EscalationAnswer {
  readonly verdict: PermissionVerdict;
  readonly found?: Escalation;
}

/** Every case of a file, or those that are named, one result each. */
export function runEscalationCases(
  file: Json,
  caseIds: readonly string[],
  answer: (entry: JsonObject) => EscalationAnswer,
): readonly CaseResult[] {
  return listOf(objectOf(file)["cases"]).flatMap((raw): CaseResult[] => {
    const entry = objectOf(raw);
    const id = textOf(entry["id"]) ?? "";
    if (caseIds.length > 0 && !caseIds.includes(id)) return [];
    const expected = textOf(entry["expect"]) ?? "";
    const { verdict, found } = answer(entry);
    if (verdict === expected) return [{ id, outcome: "passed" }];
    const path = found
      ? `: ${found.hops.map(({ rule, to }) => `${rule} ${to.id}`).join(", ")}`
      : "";
    return [{ id, outcome: "failed", expected, actual: `${verdict}${path}` }];
  });
}

export interface EscalationQuestion {
  readonly start: Identity;
  readonly estate: EstateIndex;
  /** Words of identities that the start acts with at the same time. */
  readonly beside?: readonly Standing[];
}

const nothing: Standing = { power: "none", breadth: "resource" };

/** Can the identity become an administrator or a strictly stronger identity? */
export function answerEscalation(
  { start, estate, beside = [] }: EscalationQuestion,
  evaluator: PolicyEvaluator,
): EscalationAnswer {
  const words = ownStandings(start, evaluator, estate);
  const sure = words.find(({ verdict }) => verdict === "yes")?.standing;
  const own = beside.reduce((most, one) => (isStronger(one, most) ? one : most), sure ?? nothing);
  if (own.power === "admin") return { verdict: "yes" };
  const found = escalationOf(start, own, evaluator, estate);
  const possible = words.some(({ standing }) => standing.power === "admin");
  return found ? { verdict: found.verdict, found } : { verdict: possible ? "maybe" : "no" };
}
