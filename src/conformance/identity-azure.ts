import type { PermissionVerdict } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Standing } from "../model/paths.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import {
  escalationOf,
  isStronger,
  ownStandings,
  type Escalation,
} from "../permissions/escalation.ts";
import { azureEstate } from "./identity-azure-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
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
  const shared = objectOf(file);
  return listOf(shared["cases"]).flatMap((raw): CaseResult[] => {
    const entry = objectOf(raw);
    const id = textOf(entry["id"]) ?? "";
    if (caseIds.length > 0 && !caseIds.includes(id)) return [];
    const expected = textOf(entry["expect"]) ?? "";
    const { verdict, found } = answerAzureCase(entry, shared, evaluator, readRole);
    if (verdict === expected) return [{ id, outcome: "passed" }];
    const path = found
      ? `: ${found.hops.map(({ rule, to }) => `${rule} ${to.id}`).join(", ")}`
      : "";
    return [{ id, outcome: "failed", expected, actual: `${verdict}${path}` }];
  });
}

const nothing: Standing = { power: "none", breadth: "resource" };

/** Can the identity of the case become an administrator or a strictly stronger identity? */
export function answerAzureCase(
  entry: JsonObject,
  file: JsonObject,
  evaluator: PolicyEvaluator,
  readRole: ReadRole,
): { readonly verdict: PermissionVerdict; readonly found?: Escalation } {
  const { start, united, estate } = azureEstate(entry, file, readRole);
  const words = ownStandings(start, evaluator, estate);
  const sure = words.find(({ verdict }) => verdict === "yes")?.standing;
  const own = united
    .flatMap((id) => estate.paths?.standings.get(id) ?? [])
    .reduce((most, one) => (isStronger(one, most) ? one : most), sure ?? nothing);
  if (own.power === "admin") return { verdict: "yes" };
  const found = escalationOf(start, own, evaluator, estate);
  const possible = words.some(({ standing }) => standing.power === "admin");
  return found ? { verdict: found.verdict, found } : { verdict: possible ? "maybe" : "no" };
}
