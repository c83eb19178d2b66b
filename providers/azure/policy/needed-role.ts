import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Proposal, ProposalQuestion } from "../../../src/model/needed.ts";
import { levelOf } from "./access.ts";
import type { Permission } from "./bodies.ts";
import { positionOf } from "./held.ts";
import { matches } from "./pattern.ts";
import { piecesOf } from "./pieces.ts";

const data = "data:";

/**
 * One custom role for each assignment: what is needed of what its definition gives, without what it takes away, at the
 * scope of the assignment. https://learn.microsoft.com/azure/role-based-access-control/custom-roles
 */
export function proposalOf(
  identity: Identity,
  question: ProposalQuestion,
  estate: EstateIndex,
): Proposal {
  const { assignments } = positionOf(identity, estate);
  const own = assignments.filter(({ persona, body }) => persona === identity.id && !body.eligible);
  const roles = own.flatMap(({ body, permissions = [] }) =>
    permissions.flatMap((permission) => roleOf(permission, body.scope, identity, question)),
  );
  const distinct = [...new Map(roles.map((role) => [JSON.stringify(role), role])).values()];
  const suffix = question.readOnly ? "-read-only" : "";
  return {
    policies: distinct.map((role, at) => {
      const name = `${identity.name}-needed${suffix}${distinct.length > 1 ? `-${at + 1}` : ""}`;
      return {
        name,
        format: "azure-role",
        document: JSON.stringify({ Name: name, ...role }, undefined, 2),
      };
    }),
    assumptions:
      distinct.length === 0
        ? []
        : [
            "Scopes are those of the assignments of today: tools/list names no resources.",
            ...own.flatMap(({ body, policy }) =>
              body.condition ? [`The new assignment takes over the condition of ${policy}.`] : [],
            ),
          ],
  };
}

function roleOf(
  { actions, notActions, dataActions, notDataActions }: Permission,
  scope: string,
  identity: Identity,
  { needed, readOnly }: ProposalQuestion,
): readonly Readonly<Record<string, unknown>>[] {
  const wanted = needed === "any" ? ["*", `${data}*`] : needed;
  const control = wanted.filter((one) => !one.startsWith(data));
  const inside = wanted.flatMap((one) => (one.startsWith(data) ? [one.slice(data.length)] : []));
  const kept = {
    Actions: sharedOf(actions, control, readOnly, "control"),
    DataActions: sharedOf(dataActions, inside, readOnly, "data"),
  };
  if (kept.Actions.length === 0 && kept.DataActions.length === 0) return [];
  return [
    {
      IsCustom: true,
      Description: `What the listed tools need of ${identity.name}; proposed by Postern`,
      ...kept,
      NotActions: kept.Actions.length > 0 ? [...notActions] : [],
      NotDataActions: kept.DataActions.length > 0 ? [...notDataActions] : [],
      // A custom role cannot be assignable at the root.
      AssignableScopes: [scope === "/" ? `/subscriptions/${identity.scope}` : scope],
    },
  ];
}

function sharedOf(
  granted: readonly string[],
  needed: readonly string[],
  readOnly: boolean,
  plane: "control" | "data",
): readonly string[] {
  const all = granted.flatMap((outer) => needed.flatMap((inner) => sharedPart(outer, inner)));
  const kept = readOnly ? all.flatMap((pattern) => readsOf(pattern, plane)) : all;
  const distinct = [...new Set(kept)];
  return distinct
    .filter((one) => !distinct.some((other) => other !== one && matches(other, one)))
    .toSorted();
}

/** What two patterns have in common, where one pattern says it; a part of that at least, never more. */
export function sharedPart(a: string, b: string): readonly string[] {
  if (matches(a, b)) return [b];
  if (matches(b, a)) return [a];
  const [startA, endA, moreA] = a.split("*");
  const [startB, endB, moreB] = b.split("*");
  const odd = moreA !== undefined || moreB !== undefined;
  if (odd || startA === undefined || startB === undefined) return [];
  if (endA === undefined || endB === undefined) return [];
  const start = longer(startA, startB, (long, short) => long.startsWith(short));
  const end = longer(endA, endB, (long, short) => long.endsWith(short));
  return start === undefined || end === undefined ? [] : [`${start}*${end}`];
}

function longer(
  a: string,
  b: string,
  within: (long: string, short: string) => boolean,
): string | undefined {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return within(long.toLowerCase(), short.toLowerCase()) ? long : undefined;
}

function reads(access: string): boolean {
  return access === "read" || access === "list";
}

/** The pattern where all it stands for reads, else its part that ends in `read`. */
function readsOf(pattern: string, plane: "control" | "data"): readonly string[] {
  if (!pattern.includes("*")) return reads(levelOf(pattern).access) ? [pattern] : [];
  if (piecesOf(pattern, plane).every(({ access }) => reads(access))) return [pattern];
  return sharedPart(pattern, "*/read");
}
