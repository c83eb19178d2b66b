import type { Json, JsonObject } from "../model/json.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import { answerEscalation, runEscalationCases, type EscalationAnswer } from "./escalation-cases.ts";
import { gcpEstate } from "./identity-gcp-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { objectOf } from "./read-json.ts";
import type { ReadRole } from "./roles-file.ts";

export interface GcpIdentityOptions {
  readonly evaluator: PolicyEvaluator;
  readonly readRole: ReadRole;
  /** Any of them; absent or empty = every case. */
  readonly caseIds?: readonly string[];
}

/** Every case of a file, each in the file's world with what the case changes in it. */
export function runGcpIdentityCases(
  file: Json,
  { evaluator, readRole, caseIds = [] }: GcpIdentityOptions,
): readonly CaseResult[] {
  return runEscalationCases(file, caseIds, (entry) =>
    answerGcpCase(entry, objectOf(file), evaluator, readRole),
  );
}

export function answerGcpCase(
  entry: JsonObject,
  file: JsonObject,
  evaluator: PolicyEvaluator,
  readRole: ReadRole,
): EscalationAnswer {
  return answerEscalation(gcpEstate(entry, file, readRole), evaluator);
}
