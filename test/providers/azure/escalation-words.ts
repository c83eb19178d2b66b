import type { JsonObject } from "../../../src/model/json.ts";
import { assign, inApp, s1 } from "./identity-case.ts";

export const uai = inApp("Microsoft.ManagedIdentity/userAssignedIdentities/admin-id");
export const vm = inApp("Microsoft.Compute/virtualMachines/admin-vm");
export const own = inApp("Microsoft.Compute/virtualMachines/mcp-vm");
export const vault = inApp("Microsoft.KeyVault/vaults/kv");
export const aks = inApp("Microsoft.ContainerService/managedClusters/aks");
export const assignment = "Microsoft.Authorization/roleAssignments/write";
export const assignIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
export const runCommand = "Microsoft.Compute/virtualMachines/runCommand/action";
export const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
export const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
export const uaa = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
export const rbac = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
export const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

export const only = (condition: string): string =>
  `((!(ActionMatches{'${assignment}'})) OR (${condition}))`;
export const about = (name: string): string =>
  `@Request[Microsoft.Authorization/roleAssignments:${name}]`;
export const roles = (...ids: string[]): string =>
  `${about("RoleDefinitionId")} ForAnyOfAnyValues:GuidEquals {${ids.join(", ")}}`;
export const notRoles = (...ids: string[]): string =>
  `${about("RoleDefinitionId")} ForAnyOfAllValues:GuidNotEquals {${ids.join(", ")}}`;
export const delegated = (condition: string, scope = s1): JsonObject =>
  assign("Role Based Access Control Administrator", scope, { condition: only(condition) });
export const deny = (more: JsonObject): JsonObject => ({
  scope: s1,
  actions: ["*"],
  notActions: [],
  principals: ["everyone"],
  excludePrincipals: [],
  ...more,
});
export const aksWorld = (localAccounts: boolean | null): JsonObject => ({
  privilegedWorkloads: { aks: [{ id: aks, runsAs: "oid-admin-id", localAccounts }] },
});
export const vaultWorld = (rbacModel: boolean | null): JsonObject => ({
  keyVault: { [vault]: { rbac: rbacModel, credentialOf: "app-platform" } },
});

/** What a case is called, what is expected of it, and the case. */
export type EscalationRow = readonly [what: string, expected: string, entry: JsonObject];
