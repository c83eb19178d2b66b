import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject, oncePer } from "../reader.ts";
import { assignedIdentityCall } from "./operations-identity.ts";
import { keyOf, resourcesOf } from "./pages.ts";

/** An identity of a resource: the object id of its principal, and the ARM id that names it. */
export interface Principal {
  readonly principal: string;
  /** The resource itself, or the user-assigned identity. */
  readonly named: string;
}

/** Principals of user-assigned identities by their ARM ids in lower case: some lists name an identity by that alone. */
export type AssignedPrincipals = ReadonlyMap<string, string>;

const none: AssignedPrincipals = new Map();

export const assignedPrincipals = oncePer(
  (snapshot): AssignedPrincipals =>
    new Map(
      resourcesOf(snapshot, assignedIdentityCall).flatMap(({ value }): [string, string][] =>
        (isObject(value) ? principalsIn(value) : []).map(({ principal, named }) => [
          keyOf(named),
          principal,
        ]),
      ),
    ),
);

/**
 * The principals behind a resource: its own, those assigned to it, and what a user-assigned identity is.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export function principalsIn(
  resource: JsonObject,
  assignedOnes: AssignedPrincipals = none,
): readonly Principal[] {
  const id = text(resource["id"]) ?? "";
  const block = isObject(resource["identity"]) ? resource["identity"] : {};
  const assigned = isObject(block["userAssignedIdentities"]) ? block["userAssignedIdentities"] : {};
  return [
    ...one(isAssignedIdentity(id) ? resource["properties"] : undefined, id),
    ...one(block, id),
    ...Object.entries(assigned).flatMap(([named, about]) => {
      const own = one(about, named);
      const principal = assignedOnes.get(keyOf(named));
      return own.length > 0 || principal === undefined ? own : [{ principal, named }];
    }),
  ];
}

export function isAssignedIdentity(id: string): boolean {
  return /\/providers\/microsoft\.managedidentity\/userassignedidentities\/[^/]+$/i.test(id);
}

function one(about: Json | undefined, named: string): Principal[] {
  const principal = isObject(about) ? text(about["principalId"]) : undefined;
  return principal === undefined ? [] : [{ principal: principal.toLowerCase(), named }];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
