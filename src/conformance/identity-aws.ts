import type { Json, JsonObject } from "../model/json.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import { answerEscalation, runEscalationCases, type EscalationAnswer } from "./escalation-cases.ts";
import { awsEstate } from "./identity-aws-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { objectOf, textOf } from "./read-json.ts";

export interface AwsIdentityOptions {
  readonly evaluator: PolicyEvaluator;
  /** Any of them; absent or empty = every case. */
  readonly caseIds?: readonly string[];
}

/** Every case of a file against the world that the file shares. */
export function runAwsIdentityCases(
  file: Json,
  world: Json,
  { evaluator, caseIds = [] }: AwsIdentityOptions,
): readonly CaseResult[] {
  const now = textOf(objectOf(file)["now"]) ?? textOf(objectOf(world)["now"]);
  return runEscalationCases(file, caseIds, (entry) =>
    answerAwsCase(entry, objectOf(world), evaluator, now),
  );
}

export function answerAwsCase(
  entry: JsonObject,
  shared: JsonObject,
  evaluator: PolicyEvaluator,
  now: string | undefined,
): EscalationAnswer {
  return answerEscalation(awsEstate(entry, shared, now), evaluator);
}
