import { describe, expect, test } from "vitest";
import {
  uai,
  own,
  assignIdentity,
  aksWorld,
  vaultWorld,
  type EscalationRow,
} from "./escalation-words.ts";
import { answer, assign, doing, other, rolesKnown, s1 } from "./identity-case.ts";

const table: readonly EscalationRow[] = [
  // Membership
  [
    "an eligible assignment of a group",
    "no",
    { assignments: [{ principalId: "grp-ops", role: "Owner", scope: s1, state: "eligible" }] },
  ],
  [
    "Contributor of another group held by unknown members",
    "no",
    {
      assignments: [{ principalId: "grp-x", role: "Contributor", scope: other }],
      world: { identity: { groups: null } },
    },
  ],
  [
    "what another user-assigned identity of the host holds",
    "yes",
    {
      assignments: [{ principalId: "oid-admin-id", role: "Owner", scope: s1 }],
      world: { identity: { userAssigned: [uai] } },
    },
  ],
  [
    "what an identity of another host holds",
    "no",
    { assignments: [{ principalId: "oid-else", role: "Owner", scope: s1 }] },
  ],
  // Holders
  [
    "assign on the identity and a write on another group's machines",
    "yes",
    {
      assignments: [
        assign("Managed Identity Operator", uai),
        assign("Virtual Machine Contributor", other),
      ],
    },
  ],
  ["Managed Identity Operator alone", "no", { assignments: [assign("Managed Identity Operator")] }],
  [
    "Managed Identity Contributor federates",
    "yes",
    { assignments: [assign("Managed Identity Contributor")] },
  ],
  [
    "assign, and a write on what hosts nothing",
    "no",
    { assignments: [assign(doing(assignIdentity, "Microsoft.Network/virtualNetworks/write"))] },
  ],
  [
    "deployment scripts without containers",
    "no",
    {
      assignments: [
        assign(
          doing(
            assignIdentity,
            "Microsoft.Resources/deploymentScripts/*",
            "Microsoft.Resources/deployments/*",
            "Microsoft.Storage/storageAccounts/*",
          ),
        ),
      ],
    },
  ],
  [
    "a machine's write and command on itself",
    "no",
    { assignments: [assign("Virtual Machine Contributor", own)] },
  ],
  [
    "AKS administrator where local accounts are off",
    "no",
    {
      assignments: [assign("Azure Kubernetes Service Cluster Admin Role")],
      world: aksWorld(false),
    },
  ],
  [
    "AKS administrator where local accounts could not be read",
    "maybe",
    { assignments: [assign("Azure Kubernetes Service Cluster Admin Role")], world: aksWorld(null) },
  ],
  ["AKS user", "no", { assignments: [assign("Azure Kubernetes Service Cluster User Role")] }],
  [
    "starts jobs of runbooks that it cannot write",
    "no",
    { assignments: [assign("Automation Operator")] },
  ],
  ["Automation Contributor", "yes", { assignments: [assign("Automation Contributor")] }],
  ["Website Contributor", "yes", { assignments: [assign("Website Contributor")] }],
  [
    "host keys of a function app",
    "yes",
    { assignments: [assign(doing("Microsoft.Web/sites/host/listkeys/action"))] },
  ],
  [
    "restarts a function app",
    "no",
    {
      assignments: [
        assign(doing("Microsoft.Web/sites/restart/action", "Microsoft.Web/sites/read")),
      ],
    },
  ],
  ["Logic App Operator", "no", { assignments: [assign("Logic App Operator")] }],
  ["Logic App Contributor", "yes", { assignments: [assign("Logic App Contributor")] }],
  ["Network Contributor", "no", { assignments: [assign("Network Contributor")] }],
  // Vaults
  [
    "Key Vault Contributor on a vault with access policies",
    "yes",
    { assignments: [assign("Key Vault Contributor")] },
  ],
  [
    "Key Vault Contributor on a vault that follows roles",
    "no",
    { assignments: [assign("Key Vault Contributor")], world: vaultWorld(true) },
  ],
  [
    "Key Vault Secrets User, model not read",
    "maybe",
    { assignments: [assign("Key Vault Secrets User")], world: vaultWorld(null) },
  ],
  [
    "writes and reads of a vault whose model was not read",
    "yes",
    {
      assignments: [assign("Key Vault Secrets User"), assign("Key Vault Contributor")],
      world: vaultWorld(null),
    },
  ],
  [
    "Key Vault Reader sees names only",
    "no",
    { assignments: [assign("Key Vault Reader")], world: vaultWorld(true) },
  ],
  // Directory
  ["Global Administrator", "yes", { assignments: [], directoryRoles: ["Global Administrator"] }],
  [
    "Application Administrator",
    "yes",
    { assignments: [], directoryRoles: ["Application Administrator"] },
  ],
  ["Directory Readers", "no", { assignments: [], directoryRoles: ["Directory Readers"] }],
  [
    "all applications, none of which is stronger",
    "no",
    { assignments: [], graphAppRoles: ["Application.ReadWrite.All"], world: { applications: [] } },
  ],
  [
    "owned applications that it does not own",
    "no",
    { assignments: [], graphAppRoles: ["Application.ReadWrite.OwnedBy"] },
  ],
  [
    "all applications, one of which holds roles of Graph",
    "yes",
    {
      assignments: [],
      graphAppRoles: ["Application.ReadWrite.All"],
      world: {
        applications: [
          {
            id: "a",
            power: "none",
            breadth: "resource",
            graphAppRoles: ["RoleManagement.ReadWrite.Directory"],
            owners: [],
          },
        ],
      },
    },
  ],
  ["roles of Graph that could not be read", "maybe", { assignments: [], graphAppRoles: null }],
];

describe.skipIf(!rolesKnown)("Azure escalation through others (needs ../shared/catalogues)", () => {
  test.each(table)("%s: %s", (_, expected, entry) => {
    expect(answer(entry)).toBe(expected);
  });
});
