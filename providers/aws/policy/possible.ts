import { every, not } from "../../../src/permissions/contract.ts";
import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { choicesFor, conditionsHold, type Facts } from "./conditions.ts";
import type { Statement } from "./parse.ts";

/** Whether some choice of the caller makes all allows hold and no deny. */
export function possible(
  allows: readonly Statement[],
  denies: readonly Statement[],
  facts: Facts,
): PermissionVerdict {
  const all = [...allows, ...denies];
  if (denies.length === 0 && all.every(({ conditions }) => conditions.length === 0)) return "yes";
  const { choices, complete } = choicesFor(all, facts);
  let best: PermissionVerdict = complete ? "no" : "maybe";
  for (const choice of choices) {
    const verdict = every([
      ...allows.map((allow) => conditionsHold(allow, facts, choice)),
      ...denies.map((deny) => not(conditionsHold(deny, facts, choice))),
    ]);
    if (verdict === "yes") return "yes";
    if (verdict === "maybe") best = "maybe";
  }
  return best;
}
