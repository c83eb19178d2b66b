import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Grant, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import type { Permission } from "./bodies.ts";
import { assignmentFacts, recipientsOf, rolesAsked } from "./choices.ts";
import { conditionHolds, type Written } from "./condition.ts";
import { clockOf, deniedAt } from "./decide.ts";
import { dataPrefix, type Facts } from "./question.ts";
import { positionOf, type HeldAssignment } from "./held.ts";
import { matches } from "./pattern.ts";
import { piecesOf, type Piece } from "./pieces.ts";
import { familyOf } from "./namespaces.ts";
import { ignoresDataRoles, typeOf } from "./resources.ts";
import { breadthOf, covers } from "./scopes.ts";
import { auditedScope } from "./subscriptions.ts";

/** What the identity's assignments in the audited scope let it do, wildcards kept as written. */
export function grantsOf(identity: Identity, estate: EstateIndex): readonly Grant[] {
  const { assignments, hierarchy } = positionOf(identity, estate);
  const audited = auditedScope(estate);
  const grants = assignments
    .filter(({ body, member }) => !body.eligible && member !== "no")
    .filter(
      ({ body: { scope } }) =>
        audited === undefined ||
        covers(scope, audited, hierarchy) ||
        covers(audited, scope, hierarchy),
    )
    .flatMap((held) =>
      (held.permissions ?? []).flatMap((permission, index) =>
        blockGrants({ held, permission, index, identity, estate }),
      ),
    );
  return grants;
}

interface Block {
  readonly held: HeldAssignment;
  readonly permission: Permission;
  readonly index: number;
  readonly identity: Identity;
  readonly estate: EstateIndex;
}

function blockGrants(block: Block): Grant[] {
  const { permission, held, estate } = block;
  const inert = !held.body.accessPolicy && ignoresDataRoles(held.body.scope, estate);
  return [
    ...planeGrants(block, "control", permission.actions, permission.notActions),
    ...(inert ? [] : planeGrants(block, "data", permission.dataActions, permission.notDataActions)),
  ];
}

function planeGrants(
  block: Block,
  plane: "control" | "data",
  given: readonly string[],
  taken: readonly string[],
): Grant[] {
  const fits = fitting(block.held.body.scope);
  return [...new Set(given)].flatMap((action) =>
    piecesOf(action, plane)
      .filter((piece) => fits(piece) && !taken.some((pattern) => matches(pattern, piece.operation)))
      .flatMap((piece) => grantOf(block, action, piece, plane)),
  );
}

/** Namespaces whose resources lie on those of every other one. */
const everywhere: ReadonlySet<string> = new Set(["microsoft.authorization", "microsoft.insights"]);

/** At a single resource only operations on it, and on what lies on it, have anything to act on. */
function fitting(scope: string): (piece: Piece) => boolean {
  if (breadthOf(scope) !== "resource") return () => true;
  const namespace = namespaceOf(typeOf(scope));
  const family = familyOf(namespace);
  return (piece) => {
    const own = namespaceOf(piece.operation);
    return (
      own === namespace || everywhere.has(own) || (piece.family === family && family !== "other")
    );
  };
}

function namespaceOf(type: string): string {
  return (type.split("/")[0] ?? "").toLowerCase();
}

function grantOf(
  { held, permission, index, identity, estate }: Block,
  action: string,
  piece: Piece,
  plane: "control" | "data",
): Grant[] {
  const { policy, persona, body, member } = held;
  const asked = plane === "data" ? `${dataPrefix}${piece.operation}` : piece.operation;
  const denied = deniedAt(identity, persona, asked, body.scope, estate);
  const conditions = [body.condition, permission.condition].flatMap((one) => (one ? [one] : []));
  const condition = satisfied(conditions, piece.operation, persona, identity, estate);
  const verdict = every([member, condition, denied === "yes" ? "no" : "yes"]);
  const unsure = denied === "maybe" && verdict === "yes" ? "maybe" : verdict;
  if (unsure === "no") return [];
  return [
    {
      plane: piece.plane,
      access: piece.access,
      family: piece.family,
      breadth: breadthOf(body.scope),
      condition: wordOf(conditions, condition),
      verdict: unsure,
      action,
      resource: body.scope,
      via: [policy],
      raw: [`${policy}#${index}`],
      actions: 1,
      wholeFamily: piece.whole,
    },
  ];
}

function wordOf(conditions: readonly Written[], verdict: PermissionVerdict): Grant["condition"] {
  if (conditions.length === 0) return "none";
  return verdict === "maybe" ? "unknown" : "caller-satisfiable";
}

/** Whether the conditions hold for some request that the caller may make. */
function satisfied(
  conditions: readonly Written[],
  operation: string,
  persona: string,
  identity: Identity,
  estate: EstateIndex,
): PermissionVerdict {
  const clock = clockOf(estate);
  const holdsWith = (asked: Facts): PermissionVerdict => {
    const facts = { ...clock, ...asked };
    return every(conditions.map((one) => conditionHolds(one, { operation, facts }).verdict));
  };
  const plain = holdsWith({});
  if (plain !== "maybe" || !/^microsoft\.authorization\//i.test(operation)) return plain;
  const tries = rolesAsked(identity, estate).flatMap((role) =>
    recipientsOf([persona], estate).map((recipient) => holdsWith(assignmentFacts(role, recipient))),
  );
  return tries.includes("yes") ? "yes" : plain;
}
