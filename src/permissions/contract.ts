import type { Decision, PermissionVerdict } from "../model/identity.ts";

export { estateFrom } from "./merge-paths.ts";
export type { AdminProbe, PolicyEvaluator } from "../model/policy.ts";

const order: Readonly<Record<PermissionVerdict, number>> = { no: 0, maybe: 1, yes: 2 };
const words: readonly PermissionVerdict[] = ["no", "maybe", "yes"];

/** Kleene conjunction: the weakest of all; `yes` for none. */
export function every(verdicts: readonly PermissionVerdict[]): PermissionVerdict {
  return words[Math.min(2, ...verdicts.map((verdict) => order[verdict]))] ?? "no";
}

/** Kleene disjunction: the strongest of all; `no` for none. */
export function some(verdicts: readonly PermissionVerdict[]): PermissionVerdict {
  return words[Math.max(0, ...verdicts.map((verdict) => order[verdict]))] ?? "no";
}

export function not(verdict: PermissionVerdict): PermissionVerdict {
  return words[2 - order[verdict]] ?? "no";
}

/** What a list that was not read leaves open. */
export function unreadDoubt(call: string, what: string): Decision {
  const because = `${call} was not read: ${what}`;
  return { verdict: "maybe", statements: [], because, assumptions: [because] };
}
