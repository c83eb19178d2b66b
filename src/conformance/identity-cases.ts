import type { Json, JsonObject } from "../model/json.ts";
import type { CaseResult } from "./network-cases.ts";
import { ociQuestion, type OciAnswer } from "./oci-identity-cases.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** What each cloud's evaluator makes of a case laid in its world. */
export interface IdentityEvaluators {
  readonly oci?: (world: JsonObject) => OciAnswer;
}

export interface IdentityCaseOptions {
  readonly evaluators: IdentityEvaluators;
  /** Any of them; absent or empty = every case. */
  readonly caseIds?: readonly string[];
}

/** Answers that are graded wherever the case states them; `method` and the like are one of many right ones. */
const graded = ["class", "scope", "atLeast", "atMost", "resource", "level"] as const;

/** Runs labelled identity questions, one result each, in the file's order. */
export function runIdentityCases(
  file: Json,
  { evaluators, caseIds = [] }: IdentityCaseOptions,
): CaseResult[] {
  return listOf(objectOf(file)["cases"])
    .map(objectOf)
    .filter((each) => caseIds.length === 0 || caseIds.includes(textOf(each["id"]) ?? ""))
    .map((each) => judge(objectOf(file), each, evaluators));
}

function judge(file: JsonObject, own: JsonObject, { oci }: IdentityEvaluators): CaseResult {
  const id = textOf(own["id"]) ?? "?";
  const cloud = textOf(own["cloud"]) ?? "an unnamed cloud";
  if (cloud !== "oci" || !oci) {
    return { id, outcome: "skipped", because: `Postern has no evaluator for ${cloud} yet` };
  }
  const expect = objectOf(own["expect"]);
  if (textOf(expect["class"]) === undefined) {
    return { id, outcome: "skipped", because: "the case declares no class" };
  }
  const answer = oci(ociQuestion(file, own));
  const stated = graded.filter((key) => expect[key] !== undefined);
  const wrong = stated.filter((key) => expect[key] !== answer[key]);
  return wrong.length === 0
    ? { id, outcome: "passed" }
    : {
        id,
        outcome: "failed",
        expected: line(stated, expect),
        actual: line(stated, { ...answer }),
      };
}

function line(keys: readonly (typeof graded)[number][], values: JsonObject): string {
  return keys.map((key) => `${key} ${textOf(values[key]) ?? "-"}`).join(", ");
}
