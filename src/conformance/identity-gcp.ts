import type { PermissionVerdict } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import { escalationOf, ownStandings, type Escalation } from "../permissions/escalation.ts";
import { gcpEstate } from "./identity-gcp-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
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
  const shared = objectOf(file);
  return listOf(shared["cases"]).flatMap((raw): CaseResult[] => {
    const entry = objectOf(raw);
    const id = textOf(entry["id"]) ?? "";
    if (caseIds.length > 0 && !caseIds.includes(id)) return [];
    const expected = textOf(entry["expect"]) ?? "";
    const { verdict, found } = answerGcpCase(entry, shared, evaluator, readRole);
    if (verdict === expected) return [{ id, outcome: "passed" }];
    const path = found
      ? `: ${found.hops.map(({ rule, to }) => `${rule} ${to.id}`).join(", ")}`
      : "";
    return [{ id, outcome: "failed", expected, actual: `${verdict}${path}` }];
  });
}

/** Can the service account of the case become an administrator or a strictly stronger account? */
export function answerGcpCase(
  entry: JsonObject,
  file: JsonObject,
  evaluator: PolicyEvaluator,
  readRole: ReadRole,
): { readonly verdict: PermissionVerdict; readonly found?: Escalation } {
  const { start, estate } = gcpEstate(entry, file, readRole);
  const words = ownStandings(start, evaluator, estate);
  const sure = words.find(({ verdict }) => verdict === "yes")?.standing;
  const own = sure ?? { power: "none", breadth: "resource" };
  if (own.power === "admin") return { verdict: "yes" };
  const found = escalationOf(start, own, evaluator, estate);
  const possible = words.some(({ standing }) => standing.power === "admin");
  return found ? { verdict: found.verdict, found } : { verdict: possible ? "maybe" : "no" };
}
