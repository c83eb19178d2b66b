import type { Json, JsonObject } from "../model/json.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import { answerEscalation, runEscalationCases, type EscalationAnswer } from "./escalation-cases.ts";
import { azureEstate } from "./identity-azure-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { objectOf } from "./read-json.ts";
import type { ReadRole } from "./roles-file.ts";

export interface AzureIdentityOptions {
  readonly evaluator: PolicyEvaluator;
  readonly readRole: ReadRole;
  /** Any of them; absent or empty = every case. */
  readonly caseIds?: readonly string[];
}

/** Every case of a file, each in the file's world with what the case changes in it. */
export function runAzureIdentityCases(
  file: Json,
  { evaluator, readRole, caseIds = [] }: AzureIdentityOptions,
): readonly CaseResult[] {
  return runEscalationCases(file, caseIds, (entry) =>
    answerAzureCase(entry, objectOf(file), evaluator, readRole),
  );
}

export function answerAzureCase(
  entry: JsonObject,
  file: JsonObject,
  evaluator: PolicyEvaluator,
  readRole: ReadRole,
): EscalationAnswer {
  const { start, united, estate } = azureEstate(entry, file, readRole);
  const beside = united.flatMap((id) => estate.paths?.standings.get(id) ?? []);
  return answerEscalation({ start, estate, beside }, evaluator);
}
