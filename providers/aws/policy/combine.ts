import { every } from "../../../src/permissions/contract.ts";
import type { Decision, PermissionVerdict } from "../../../src/model/identity.ts";

/** All of them have to hold. */
export function together(
  decisions: readonly Decision[],
  also: PermissionVerdict = "yes",
): Decision {
  return {
    verdict: every([also, ...decisions.map(({ verdict }) => verdict)]),
    statements: [...new Set(decisions.flatMap(({ statements }) => statements))],
    because:
      decisions.find(({ verdict }) => verdict !== "yes")?.because ?? "allowed and not limited",
    assumptions: [...new Set(decisions.flatMap(({ assumptions }) => assumptions))],
  };
}

/** The surest of several ways. */
export function best(decisions: readonly Decision[]): Decision {
  return (
    decisions.find(({ verdict }) => verdict === "yes") ??
    decisions.find(({ verdict }) => verdict === "maybe") ??
    decisions[0] ?? { verdict: "no", statements: [], because: "", assumptions: [] }
  );
}
