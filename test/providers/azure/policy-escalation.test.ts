/* oxlint-disable eslint/max-lines -- one table of cases, read from top to bottom */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { answer, app, assign, doing, inApp, other, rolesKnown, s1 } from "./identity-case.ts";

const uai = inApp("Microsoft.ManagedIdentity/userAssignedIdentities/admin-id");
const vm = inApp("Microsoft.Compute/virtualMachines/admin-vm");
const own = inApp("Microsoft.Compute/virtualMachines/mcp-vm");
const vault = inApp("Microsoft.KeyVault/vaults/kv");
const aks = inApp("Microsoft.ContainerService/managedClusters/aks");
const assignment = "Microsoft.Authorization/roleAssignments/write";
const assignIdentity = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
const runCommand = "Microsoft.Compute/virtualMachines/runCommand/action";
const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const uaa = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
const rbac = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

const only = (condition: string): string =>
  `((!(ActionMatches{'${assignment}'})) OR (${condition}))`;
const about = (name: string): string => `@Request[Microsoft.Authorization/roleAssignments:${name}]`;
const roles = (...ids: string[]): string =>
  `${about("RoleDefinitionId")} ForAnyOfAnyValues:GuidEquals {${ids.join(", ")}}`;
const notRoles = (...ids: string[]): string =>
  `${about("RoleDefinitionId")} ForAnyOfAllValues:GuidNotEquals {${ids.join(", ")}}`;
const delegated = (condition: string, scope = s1): JsonObject =>
  assign("Role Based Access Control Administrator", scope, { condition: only(condition) });
const deny = (more: JsonObject): JsonObject => ({
  scope: s1,
  actions: ["*"],
  notActions: [],
  principals: ["everyone"],
  excludePrincipals: [],
  ...more,
});
const aksWorld = (localAccounts: boolean | null): JsonObject => ({
  privilegedWorkloads: { aks: [{ id: aks, runsAs: "oid-admin-id", localAccounts }] },
});
const vaultWorld = (rbacModel: boolean | null): JsonObject => ({
  keyVault: { [vault]: { rbac: rbacModel, credentialOf: "app-platform" } },
});

const table: readonly (readonly [string, string, JsonObject])[] = [
  // Scopes
  [
    "Owner of another subscription is no administrator here",
    "no",
    { assignments: [assign("Owner", "/subscriptions/s2")] },
  ],
  ["Owner of the root", "yes", { assignments: [assign("Owner", "/")] }],
  [
    "Contributor of the subscription, where a stronger machine runs",
    "yes",
    { assignments: [assign("Contributor")] },
  ],
  [
    "case of a scope does not matter",
    "yes",
    { assignments: [assign(doing(runCommand.toUpperCase()), vm.toUpperCase())] },
  ],
  [
    "a resource group whose name only begins alike",
    "no",
    { assignments: [assign("Contributor", `${s1}/resourceGroups/ap`)] },
  ],
  [
    "Owner of the group where a stronger machine runs",
    "yes",
    { assignments: [assign("Owner", app)] },
  ],
  [
    "assigner of the group where a stronger machine runs, two hops",
    "yes",
    { assignments: [assign("User Access Administrator", app)] },
  ],
  ["Reader", "no", { assignments: [assign("Reader")] }],
  // Definitions
  [
    "notActions cut what the same definition gives",
    "no",
    {
      assignments: [
        assign({
          actions: ["Microsoft.Compute/virtualMachines/*"],
          notActions: ["*/action", "*/write"],
        }),
      ],
    },
  ],
  [
    "roleDefinitions/write in another subscription",
    "no",
    {
      assignments: [
        assign(doing("Microsoft.Authorization/roleDefinitions/write"), "/subscriptions/s2"),
      ],
    },
  ],
  ["a data action is no action", "no", { assignments: [assign({ dataActions: [runCommand] })] }],
  // Denies
  [
    "a deny that spares the caller",
    "yes",
    { assignments: [assign("Owner")], denyAssignments: [deny({ excludePrincipals: ["oid-mcp"] })] },
  ],
  [
    "a deny that spares a group of the caller",
    "yes",
    { assignments: [assign("Owner")], denyAssignments: [deny({ excludePrincipals: ["grp-ops"] })] },
  ],
  [
    "a deny that spares a group that may be the caller's",
    "maybe",
    {
      assignments: [assign("Owner")],
      denyAssignments: [deny({ excludePrincipals: ["grp-x"] })],
      world: { identity: { groups: null } },
    },
  ],
  [
    "a deny of a group of the caller",
    "no",
    { assignments: [assign("Owner")], denyAssignments: [deny({ principals: ["grp-ops"] })] },
  ],
  [
    "a deny of someone else",
    "yes",
    { assignments: [assign("Owner")], denyAssignments: [deny({ principals: ["oid-else"] })] },
  ],
  [
    "a deny whose notActions spare the action",
    "yes",
    {
      assignments: [assign("Owner")],
      denyAssignments: [deny({ notActions: ["Microsoft.Authorization/*"] })],
    },
  ],
  [
    "a deny in another group",
    "yes",
    { assignments: [assign(doing(runCommand))], denyAssignments: [deny({ scope: other })] },
  ],
  [
    "a deny of the whole subscription for its owner",
    "no",
    { assignments: [assign("Owner")], denyAssignments: [deny({})] },
  ],
  [
    "a deny at the subscription alone leaves assignments below it",
    "yes",
    {
      assignments: [assign("User Access Administrator")],
      denyAssignments: [deny({ doNotApplyToChildScopes: true })],
    },
  ],
  // Conditions
  [
    "may assign every role but the privileged ones",
    "no",
    { assignments: [delegated(notRoles(owner, contributor, uaa, rbac))] },
  ],
  [
    "may assign every role but those that assign",
    "no",
    { assignments: [delegated(notRoles(owner, uaa, rbac))] },
  ],
  ["may assign every role but Reader", "yes", { assignments: [delegated(notRoles(reader))] }],
  ["may assign User Access Administrator", "yes", { assignments: [delegated(roles(uaa))] }],
  [
    "may assign Contributor where nothing stronger runs",
    "yes",
    { assignments: [delegated(roles(contributor), other)] },
  ],
  [
    "may assign an id that is no role",
    "no",
    { assignments: [delegated(roles("11111111-1111-4111-8111-111111111111"))] },
  ],
  [
    "may assign Owner to users only",
    "no",
    {
      assignments: [
        delegated(`${roles(owner)} AND ${about("PrincipalType")} StringEqualsIgnoreCase 'User'`),
      ],
    },
  ],
  [
    "may assign Owner to service principals",
    "yes",
    {
      assignments: [
        delegated(
          `${roles(owner)} AND ${about("PrincipalType")} StringEqualsIgnoreCase 'ServicePrincipal'`,
        ),
      ],
    },
  ],
  [
    "may assign Owner to groups, and is in one",
    "yes",
    {
      assignments: [
        delegated(`${roles(owner)} AND ${about("PrincipalType")} StringEqualsIgnoreCase 'Group'`),
      ],
    },
  ],
  [
    "may assign Owner to groups, and is in none",
    "no",
    {
      assignments: [
        delegated(`${roles(owner)} AND ${about("PrincipalType")} StringEqualsIgnoreCase 'Group'`),
      ],
      world: { identity: { groups: [] } },
    },
  ],
  [
    "may assign Owner to groups that could not be read",
    "maybe",
    {
      assignments: [
        delegated(`${roles(owner)} AND ${about("PrincipalType")} StringEqualsIgnoreCase 'Group'`),
      ],
      world: { identity: { groups: null } },
    },
  ],
  [
    "may assign anything to another principal only",
    "no",
    { assignments: [delegated(`${about("PrincipalId")} ForAnyOfAnyValues:GuidEquals {oid-else}`)] },
  ],
  [
    "may assign anything to itself",
    "yes",
    { assignments: [delegated(`${about("PrincipalId")} ForAnyOfAnyValues:GuidEquals {oid-mcp}`)] },
  ],
  [
    "a condition of the machine on what could not be read",
    "maybe",
    {
      assignments: [
        assign(doing(runCommand), s1, {
          condition: "@Resource[Microsoft.Compute/virtualMachines:tag] StringEquals 'x'",
        }),
      ],
    },
  ],
  [
    "a condition that speaks of another action",
    "yes",
    {
      assignments: [
        assign(doing(runCommand), s1, {
          condition: only("@Future[x] Odd 'x'").replace("@Future[x] Odd 'x'", roles(reader)),
        }),
      ],
    },
  ],
  [
    "a condition in a version to come",
    "maybe",
    {
      assignments: [
        assign("Owner", s1, { condition: only(roles(owner)), conditionVersion: "3.0" }),
      ],
    },
  ],
  [
    "a definition's condition and an assignment's must both hold",
    "no",
    {
      assignments: [
        assign({ actions: [assignment], condition: only(roles(owner)) }, s1, {
          condition: only(roles(reader)),
        }),
      ],
    },
  ],
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

describe.skipIf(!rolesKnown)("Azure escalation (needs ../shared/catalogues)", () => {
  test.each(table)("%s: %s", (_, expected, entry) => {
    expect(answer(entry)).toBe(expected);
  });
});
