import type { EscalationRule } from "../../../src/model/identity.ts";
import { assignAction, assignRules } from "./escalations-assigned.ts";
import { directoryRules } from "./escalations-directory.ts";
import { holderRules } from "./escalations-held.ts";
import { serviceRules } from "./escalations-services.ts";

export const ownRules = {
  assign: {
    id: "assigns-itself-a-role",
    title: "Assigns itself a role",
    actions: ["Microsoft.Authorization/roleAssignments/write"],
    source: "https://learn.microsoft.com/azure/role-based-access-control/role-assignments",
  },
  define: {
    id: "rewrites-own-role",
    title: "Rewrites the definition of a role that it holds",
    actions: ["Microsoft.Authorization/roleDefinitions/write"],
    source: "https://learn.microsoft.com/azure/role-based-access-control/custom-roles",
  },
} as const satisfies Readonly<Record<string, EscalationRule>>;

const vaultDocs = "https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy";

export const vaultRules = {
  roles: {
    id: "vault-secret",
    title: "Reads a secret that holds a credential",
    actions: ["data:Microsoft.KeyVault/vaults/secrets/getSecret/action"],
    source: vaultDocs,
  },
  vault: {
    id: "vault-write",
    title: "Gives itself an access policy on a vault that holds a credential",
    actions: ["Microsoft.KeyVault/vaults/write"],
    source: vaultDocs,
  },
  policies: {
    id: "vault-access-policy",
    title: "Writes an access policy of a vault that holds a credential",
    actions: ["Microsoft.KeyVault/vaults/accessPolicies/write"],
    source: vaultDocs,
  },
} as const satisfies Readonly<Record<string, EscalationRule>>;

/** Every way from one identity of Azure to another, or to more rights of its own. */
export const escalations: readonly EscalationRule[] = [
  ...Object.values(ownRules),
  ...Object.values(vaultRules),
  ...holderRules,
  ...serviceRules,
  ...assignRules.map(({ id, title, actions, source }) => ({
    id,
    title,
    actions: [assignAction, ...actions],
    source,
  })),
  ...directoryRules,
];
