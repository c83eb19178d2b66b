import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PermissionVerdict, PolicyAttachment } from "../../../src/model/identity.ts";
import { bodyOf, permissionsOf, type AssignmentBody, type Permission } from "./bodies.ts";
import { added } from "./added.ts";
import { hierarchyOf } from "./hierarchy.ts";
import { normal, type Hierarchy } from "./scopes.ts";

/** Separates the identity that holds an assignment from the group through which it does. */
export const through = " through group ";

/** A role assignment that bears on an identity, or on one that is united with it on its host. */
export interface HeldAssignment {
  readonly policy: string;
  /** Whose token carries it. */
  readonly persona: string;
  readonly body: AssignmentBody;
  /** `maybe` = held by a group whose members could not be read. */
  readonly member: PermissionVerdict;
  /** `undefined` = the definition could not be read. */
  readonly permissions: readonly Permission[] | undefined;
}

/** Everything that bears on an identity, once per identity and estate. */
export interface Position {
  readonly personas: readonly string[];
  readonly assignments: readonly HeldAssignment[];
  readonly denials: readonly string[];
  readonly hierarchy: Hierarchy;
  /** Attached documents that were not collected. */
  readonly missing: readonly PolicyAttachment[];
}

const positions = new WeakMap<EstateIndex, WeakMap<Identity, Position>>();

export function positionOf(identity: Identity, estate: EstateIndex): Position {
  const known = positions.get(estate) ?? new WeakMap<Identity, Position>();
  positions.set(estate, known);
  const position = known.get(identity) ?? build(identity, estate);
  known.set(identity, position);
  return position;
}

function build(identity: Identity, estate: EstateIndex): Position {
  const assignments: HeldAssignment[] = [];
  const denials = new Set<string>();
  const missing: PolicyAttachment[] = [];
  for (const attachment of allOf(identity, estate)) {
    const { policy } = attachment;
    const body = added(policy, estate)?.body ?? bodyOf(estate.policies.get(policy)?.body);
    if (!body) missing.push(attachment);
    if (body?.kind === "deny") denials.add(policy);
    if (body?.kind === "assignment") assignments.push(heldAs(attachment, body, estate));
  }
  const personas = [...new Set([identity.id, ...assignments.map(({ persona }) => persona)])];
  const hierarchy = hierarchyOf(estate);
  return { personas, assignments, denials: [...denials], hierarchy, missing };
}

function heldAs(
  { policy, via }: PolicyAttachment,
  body: AssignmentBody,
  estate: EstateIndex,
): HeldAssignment {
  const [persona = via, group] = via.split(through);
  const definition = estate.policies.get(definitionId(body.definition));
  const permissions =
    added(policy, estate)?.permissions ?? (definition && permissionsOf(definition.body));
  const member = group === undefined ? "yes" : membership(persona, group, estate);
  return { policy, persona, body, member, permissions };
}

const listed = new WeakMap<EstateIndex, ReadonlyMap<string, readonly string[]>>();

/**
 * What is attached, what other subscriptions of the estate assign to the same principal or to groups that it is known
 * to be in, and what they deny.
 */
function allOf({ id, policies }: Identity, estate: EstateIndex): readonly PolicyAttachment[] {
  const member = estate.paths?.memberships.get(id) ?? [];
  const known = listed.get(estate) ?? byPrincipal(estate);
  listed.set(estate, known);
  const attached = new Set(policies.map(({ policy }) => policy));
  const groups = policies.flatMap(({ via }) => {
    const [persona, group] = via.split(through);
    return persona === id && group !== undefined ? [group] : [];
  });
  const all = new Set([...groups, ...member].map((group) => group.toLowerCase()));
  const elsewhere = (principal: string): readonly string[] =>
    (known.get(principal.toLowerCase()) ?? []).filter((policy) => !attached.has(policy));
  return [
    ...policies,
    ...elsewhere(id).map((policy) => under(policy, id)),
    ...[...all].flatMap((group) =>
      elsewhere(group).map((policy) => under(policy, `${id}${through}${group}`)),
    ),
    ...elsewhere(denies).map((policy): PolicyAttachment => ({
      policy,
      layer: "organization",
      via: id,
    })),
  ];
}

function under(policy: string, via: string): PolicyAttachment {
  return { policy, layer: "grant", via };
}

/** Stands for no principal: the list of deny assignments, which name theirs themselves. */
const denies = "deny assignments";

function byPrincipal({ policies }: EstateIndex): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, body } of policies.values()) {
    const read = bodyOf(body);
    if (read?.kind === "deny") found.set(denies, [...(found.get(denies) ?? []), id]);
    if (read?.kind !== "assignment") continue;
    const own = found.get(read.principalId) ?? [];
    own.push(id);
    found.set(read.principalId, own);
  }
  return found;
}

export function definitionId(guid: string): string {
  return `definition:${guid.toLowerCase()}`;
}

/** Whether the identity is in the group; what the list of assignments itself resolved needs no other source. */
export function membership(
  persona: string,
  group: string,
  { paths }: EstateIndex,
): PermissionVerdict {
  const groups = paths?.memberships.get(persona);
  if (groups === undefined) return "yes";
  if (groups === null) return "maybe";
  return groups.some((one) => normal(one) === normal(group)) ? "yes" : "no";
}
