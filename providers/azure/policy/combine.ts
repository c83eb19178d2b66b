import type { Decision } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";

/** All of the decisions must hold. */
export function together(decisions: readonly Decision[]): Decision {
  return {
    verdict: every(decisions.map(({ verdict }) => verdict)),
    statements: [...new Set(decisions.flatMap(({ statements }) => statements))],
    because: decisions.map(({ because }) => because).join("; "),
    assumptions: [...new Set(decisions.flatMap(({ assumptions }) => assumptions))],
  };
}

/** The surest of the decisions. */
export function best(decisions: readonly Decision[]): Decision {
  const verdict = some(decisions.map((decision) => decision.verdict));
  return decisions.find((decision) => decision.verdict === verdict) ?? known("no", "no way");
}

export function known(verdict: Decision["verdict"], because: string): Decision {
  return { verdict, statements: [], because, assumptions: verdict === "maybe" ? [because] : [] };
}
