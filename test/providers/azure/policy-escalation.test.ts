import { describe, expect, test } from "vitest";
import {
  vm,
  assignment,
  runCommand,
  owner,
  contributor,
  uaa,
  rbac,
  reader,
  only,
  about,
  roles,
  notRoles,
  delegated,
  deny,
  type EscalationRow,
} from "./escalation-words.ts";
import { answer, app, assign, doing, other, rolesKnown, s1 } from "./identity-case.ts";

const table: readonly EscalationRow[] = [
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
];

describe.skipIf(!rolesKnown)("Azure escalation by assignments (needs ../shared/catalogues)", () => {
  test.each(table)("%s: %s", (_, expected, entry) => {
    expect(answer(entry)).toBe(expected);
  });
});
