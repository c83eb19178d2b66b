import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import { changedRole, decide } from "./decide.ts";
import type { GcpRule } from "./escalations.ts";

export function accountName({ id, scope }: Identity): string {
  return `projects/${scope}/serviceAccounts/${id}`;
}

/** All of them have to hold. */
export function together(decisions: readonly Decision[]): Decision {
  return {
    verdict: every(decisions.map(({ verdict }) => verdict)),
    statements: [...new Set(decisions.flatMap(({ statements }) => statements))],
    because: [...new Set(decisions.map(({ because }) => because))].join("; "),
    assumptions: [...new Set(decisions.flatMap(({ assumptions }) => assumptions))],
  };
}

const order = { no: 0, maybe: 1, yes: 2 } as const;

export function surest(decisions: readonly Decision[]): Decision {
  return (
    decisions.toSorted((a, b) => order[b.verdict] - order[a.verdict])[0] ?? {
      verdict: "no",
      statements: [],
      because: "nothing gives it",
      assumptions: [],
    }
  );
}

/** Which of the roles may be granted, also where a condition limits which. */
export function handingOut(
  action: string,
  resource: string,
  roles: readonly string[],
  caller: Identity,
  estate: EstateIndex,
): Decision {
  return surest(
    roles.map((role) => decide(caller, action, resource, estate, { [changedRole]: role })),
  );
}

/** The sets of a rule, asked on one place. */
export function asked(
  { actions, oneOf }: GcpRule,
  place: string,
  caller: Identity,
  estate: EstateIndex,
  account?: string,
): Decision {
  const ask = (action: string): Decision =>
    decide(
      caller,
      action,
      action === "iam.serviceAccounts.actAs" && account !== undefined ? account : place,
      estate,
      action.endsWith(".setIamPolicy") ? { [changedRole]: "roles/run.invoker" } : {},
    );
  const fixed = actions.map(ask);
  if (!oneOf || fixed.some(({ verdict }) => verdict === "no")) return together(fixed);
  return together([...fixed, surest(oneOf.map((set) => together(set.map(ask))))]);
}
