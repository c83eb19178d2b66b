import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { rolesIn, type Written } from "./condition.ts";
import type { Facts } from "./question.ts";
import { positionOf } from "./held.ts";

/** Definition ids are the same in every tenant. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const leadingRoles = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  rbacAdministrator: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
} as const;

const prefix = "microsoft.authorization/roleassignments:";
/** With or without its dashes. */
const guid = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/;

/** What a request that writes an assignment says of it, as conditions read it. */
export function assignmentFacts(
  role: string,
  { principal, type }: Pick<Recipient, "principal" | "type">,
): Facts {
  return {
    [`request:${prefix}roledefinitionid`]: role,
    ...(principal !== undefined && { [`request:${prefix}principalid`]: principal }),
    [`request:${prefix}principaltype`]: type,
  };
}

/** Whom the identity may name so that it gains the role itself. */
export interface Recipient {
  /** `undefined` = a group that could not be read. */
  readonly principal: string | undefined;
  readonly type: "ServicePrincipal" | "Group";
  /** Whether the identity is that principal or a member of it. */
  readonly known: "yes" | "maybe";
}

/** Those of every identity of the host: what one of them gains, all of them have. */
export function recipientsOf(
  personas: readonly string[],
  estate: EstateIndex,
): readonly Recipient[] {
  return personas.flatMap((persona) => recipientsFor(persona, estate));
}

function recipientsFor(persona: string, { paths }: EstateIndex): readonly Recipient[] {
  const groups = paths?.memberships.get(persona);
  const self: Recipient = { principal: persona, type: "ServicePrincipal", known: "yes" };
  if (groups === null) return [self, { principal: undefined, type: "Group", known: "maybe" }];
  return [
    self,
    ...(groups ?? []).map((principal): Recipient => ({ principal, type: "Group", known: "yes" })),
  ];
}

/** Roles worth asking for: those that lead on, and those that conditions of the identity name. */
export function rolesAsked(identity: Identity, estate: EstateIndex): readonly string[] {
  const named = conditionsOf(identity, estate)
    .flatMap(rolesIn)
    .flatMap((value) => guid.exec(value.toLowerCase())?.slice(1).join("-") ?? []);
  return [...new Set([...Object.values(leadingRoles), ...named])];
}

function conditionsOf(identity: Identity, estate: EstateIndex): readonly Written[] {
  return positionOf(identity, estate)
    .assignments.flatMap(({ body, permissions = [] }) =>
      [body, ...permissions].map(({ condition }) => condition),
    )
    .flatMap((condition) => (condition ? [condition] : []));
}
