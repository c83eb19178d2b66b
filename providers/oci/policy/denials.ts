import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";
import { covers, locate, locateEndorsed, same, type Spot } from "./places.ts";
import { alwaysPasses } from "./requests.ts";
import type { Attached } from "./statements.ts";
import { isSubject } from "./subjects.ts";
import { verbs, type Action, type Condition, type Statement } from "./tree.ts";
import { includesResource, type Right } from "./verbs.ts";
import type { Actor, OciWorld, Reading } from "./world.ts";

export interface Denial {
  readonly action: Action;
  readonly spot: Spot;
  readonly where: Condition | undefined;
  /** Whether it is about the actor. */
  readonly verdict: PermissionVerdict;
}

export function denialsOf(all: readonly Attached[], actor: Actor, world: OciWorld): Denial[] {
  if (world.denyEnabled === false || isExempt(actor)) return [];
  const defined = all.map(({ statement }) => statement);
  return all.flatMap(({ statement, attachedTo }) => {
    const denies = statement.kind === "deny" || (statement.kind === "endorse" && statement.denies);
    if (!denies) return [];
    const spot = spotOf(statement, attachedTo, defined, world);
    const subject = isSubject(statement.subject, actor, world, defined);
    const verdict = world.denyEnabled === null ? every([subject, "maybe"]) : subject;
    return spot && verdict !== "no"
      ? [{ action: statement.action, spot, where: statement.where, verdict }]
      : [];
  });
}

/** The group that every tenancy begins with is denied nothing. */
function isExempt(actor: Actor): boolean {
  return actor.kind === "user" && actor.groups.some((group) => same(group, "Administrators"));
}

function spotOf(
  statement: Extract<Statement, { kind: "allow" | "deny" | "endorse" }>,
  attachedTo: string,
  defined: readonly Statement[],
  world: OciWorld,
): Spot | undefined {
  return statement.kind === "endorse"
    ? locateEndorsed(world, [statement.place], defined)
    : locate(world, statement.location, attachedTo);
}

/** Those at a place or above it. */
export function denialsAt(denials: readonly Denial[], spot: Spot, world: OciWorld): Denial[] {
  return denials.filter((denial) => covers(world, denial.spot, spot));
}

/**
 * Whether denials take a right away. Oracle does not say what denying one verb does to the others: only all four
 * verbs together surely take a type away, and fewer may.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
 */
export function isDenied(
  denials: readonly Denial[],
  right: Right,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  if (denials.length === 0) return "no";
  const here = denials.map((denial) => ({
    action: denial.action,
    verdict: every([denial.verdict, alwaysPasses(denial.where, right, actor, world)]),
  }));
  const listed = here.flatMap(({ action, verdict }) =>
    action.kind === "permissions" &&
    right.permission !== undefined &&
    action.permissions.includes(right.permission)
      ? [verdict]
      : [],
  );
  const byVerb = verbs.map((verb) =>
    some(
      here.flatMap(({ action, verdict }) =>
        action.kind === "verb" &&
        action.verb === verb &&
        includesResource(action.resource, right.type)
          ? [verdict]
          : [],
      ),
    ),
  );
  const partly = some(byVerb) === "no" ? "no" : "maybe";
  return some([...listed, every(byVerb), partly]);
}

/** The same for many rights: those of one type fare alike, unless a denial tells permissions apart. */
export function deniedFor(
  denials: readonly Denial[],
  actor: Actor,
  world: OciWorld,
): (right: Right) => PermissionVerdict {
  const single = denials.some(({ action, where }) => action.kind === "permissions" || where);
  const known = new Map<string, PermissionVerdict>();
  return (right) => {
    const key = single ? `${right.type} ${right.permission ?? ""}` : right.type;
    const verdict = known.get(key) ?? isDenied(denials, right, actor, world);
    known.set(key, verdict);
    return verdict;
  };
}

/** Denials weigh against the caller: what may deny is left out of what surely holds. */
export function leaves(denied: PermissionVerdict, reading: Reading): boolean {
  return reading === "certain" ? denied === "no" : denied !== "yes";
}
