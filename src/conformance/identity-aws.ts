import type { PermissionVerdict } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { PolicyEvaluator } from "../model/policy.ts";
import { escalationOf, ownStandings, type Escalation } from "../permissions/escalation.ts";
import { awsEstate } from "./identity-aws-world.ts";
import type { CaseResult } from "./network-cases.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

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
  return listOf(objectOf(file)["cases"]).flatMap((raw): CaseResult[] => {
    const entry = objectOf(raw);
    const id = textOf(entry["id"]) ?? "";
    if (caseIds.length > 0 && !caseIds.includes(id)) return [];
    const expected = textOf(entry["expect"]) ?? "";
    const { verdict, found } = answerAwsCase(entry, objectOf(world), evaluator, now);
    if (verdict === expected) return [{ id, outcome: "passed" }];
    const path = found
      ? `: ${found.hops.map(({ rule, to }) => `${rule} ${to.id}`).join(", ")}`
      : "";
    return [{ id, outcome: "failed", expected, actual: `${verdict}${path}` }];
  });
}

/** Can the identity of the case become an administrator or a strictly stronger identity? */
export function answerAwsCase(
  entry: JsonObject,
  shared: JsonObject,
  evaluator: PolicyEvaluator,
  now: string | undefined,
): { readonly verdict: PermissionVerdict; readonly found?: Escalation } {
  const { start, estate } = awsEstate(entry, shared, now);
  const words = ownStandings(start, evaluator, estate);
  const sure = words.find(({ verdict }) => verdict === "yes")?.standing;
  const own = sure ?? { power: "none", breadth: "resource" };
  if (own.power === "admin") return { verdict: "yes" };
  const found = escalationOf(start, own, evaluator, estate);
  const possible = words.some(({ standing }) => standing.power === "admin");
  return found ? { verdict: found.verdict, found } : { verdict: possible ? "maybe" : "no" };
}
