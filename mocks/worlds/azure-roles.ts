import type { JsonObject } from "../../src/model/json.ts";
import { subscription } from "./azure-network.ts";

const scope = `/subscriptions/${subscription}`;
const provider = `${scope}/providers/Microsoft.Authorization`;

interface AzureRole {
  readonly id: string;
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

/** Contents of built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const roles = {
  Owner: { id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", actions: ["*"] },
  Reader: { id: "acdd72a7-3385-48ef-bd42-f606fba81ae7", actions: ["*/read"] },
  Contributor: {
    id: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
      "Microsoft.Blueprint/blueprintAssignments/write",
      "Microsoft.Blueprint/blueprintAssignments/delete",
      "Microsoft.Compute/galleries/share/action",
      "Microsoft.Purview/consents/write",
      "Microsoft.Purview/consents/delete",
      "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
      "Microsoft.Subscription/cancel/action",
      "Microsoft.Subscription/enable/action",
    ],
  },
  "Role Based Access Control Administrator": {
    id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
      "Microsoft.Support/*",
    ],
  },
} as const satisfies Readonly<Record<string, AzureRole>>;

/** Lets only the role named be given or taken. https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples */
export function onlyRole(name: AzureRoleName): string {
  const { id } = roles[name];
  const assignments = "Microsoft.Authorization/roleAssignments";
  const clause = (action: string, source: string): string =>
    `((!(ActionMatches{'${assignments}/${action}'})) OR ` +
    `(@${source}[${assignments}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${id}}))`;
  return `${clause("write", "Request")} AND ${clause("delete", "Resource")}`;
}

export type AzureRoleName = keyof typeof roles;

export function roleDefinitions(): JsonObject[] {
  return Object.entries<AzureRole>(roles).map(([roleName, role]) => ({
    id: `${provider}/roleDefinitions/${role.id}`,
    name: role.id,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      roleName,
      type: "BuiltInRole",
      assignableScopes: ["/"],
      permissions: [
        {
          actions: role.actions,
          notActions: role.notActions ?? [],
          dataActions: role.dataActions ?? [],
          notDataActions: [],
        },
      ],
    },
  }));
}

export interface AzureAssignment {
  readonly principal: string;
  /** A built-in role, or the id of a definition that the subscription does not list. */
  readonly role: AzureRoleName | { readonly definition: string };
  readonly group?: boolean;
  readonly condition?: string;
}

/** The last part of the name tells assignments apart. */
export function roleAssignment(
  { principal, role, group, condition }: AzureAssignment,
  index: number,
): JsonObject {
  const name = `a5516000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  const definition = typeof role === "string" ? roles[role].id : role.definition;
  return {
    id: `${provider}/roleAssignments/${name}`,
    name,
    type: "Microsoft.Authorization/roleAssignments",
    properties: {
      scope,
      roleDefinitionId: `${provider}/roleDefinitions/${definition}`,
      principalId: principal,
      principalType: group === true ? "Group" : "ServicePrincipal",
      ...(condition !== undefined && { condition, conditionVersion: "2.0" }),
    },
  };
}

/** https://learn.microsoft.com/azure/role-based-access-control/deny-assignments */
export function denyAssignment(principal: string, actions: readonly string[]): JsonObject {
  const name = "de400000-0000-4000-8000-000000000001";
  return {
    id: `${provider}/denyAssignments/${name}`,
    name,
    type: "Microsoft.Authorization/denyAssignments",
    properties: {
      denyAssignmentName: "Landing zone: no role assignments",
      scope,
      permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
      principals: [{ id: principal, type: "ServicePrincipal" }],
      excludePrincipals: [],
      doNotApplyToChildScopes: false,
      isSystemProtected: true,
    },
  };
}
