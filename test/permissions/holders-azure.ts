import { assignAction } from "../../providers/azure/policy/escalations-assigned.ts";
import { holderRules } from "../../providers/azure/policy/escalations-held.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { page } from "./calls-away.ts";

const sub = "/subscriptions/s1";
const roles = `${sub}/providers/Microsoft.Authorization`;
const machine = (name: string): JsonObject => ({
  id: `${sub}/resourceGroups/app/providers/Microsoft.Compute/virtualMachines/${name}`,
  name,
  type: "Microsoft.Compute/virtualMachines",
  identity: { type: "SystemAssigned", principalId: name },
});
const site = (name: string): JsonObject => ({
  id: `${sub}/resourceGroups/app/providers/Microsoft.Web/sites/${name}`,
  name,
  type: "Microsoft.Web/sites",
  identity: { type: "SystemAssigned", principalId: name },
});
const callers: Readonly<Record<string, readonly string[]>> = {
  reader: ["*/read"],
  assigner: [assignAction, "Microsoft.Web/sites/write"],
  ...Object.fromEntries(
    holderRules
      .filter(({ type }) => /virtualmachines$|sites$|userassigned/.test(type))
      .map(({ id, actions }) => [`by-${id}`, actions]),
  ),
};
const granted = { ...callers, "strong-vm": ["*"], "strong-id": ["*"], "strong-site": ["*"] };

export const azureHolders: Snapshot = {
  provider: "azure",
  scope: { provider: "azure", id: "s1", regions: [] },
  gaps: [],
  pages: [
    page("Microsoft.Compute/virtualMachines/read", { value: [machine("strong-vm")] }),
    page("Microsoft.Web/sites/read", {
      value: [...Object.keys(callers), "strong-site"].map(site),
    }),
    page("Microsoft.ManagedIdentity/userAssignedIdentities/read", {
      value: [
        {
          id: `${sub}/resourceGroups/app/providers/Microsoft.ManagedIdentity/userAssignedIdentities/strong-id`,
          properties: { principalId: "strong-id" },
        },
      ],
    }),
    page("Microsoft.Authorization/denyAssignments/read", { value: [] }),
    page("Microsoft.Authorization/roleAssignments/read", {
      value: Object.keys(granted).map((principalId) => ({
        id: `${roles}/roleAssignments/${principalId}`,
        properties: {
          principalId,
          principalType: "ServicePrincipal",
          roleDefinitionId: `${roles}/roleDefinitions/${principalId}`,
          scope: sub,
        },
      })),
    }),
    page("Microsoft.Authorization/roleDefinitions/read", {
      value: Object.entries(granted).map(([name, actions]) => ({
        id: `${roles}/roleDefinitions/${name}`,
        properties: {
          roleName: name,
          type: "CustomRole",
          permissions: [{ actions: [...actions] }],
        },
      })),
    }),
  ],
};
