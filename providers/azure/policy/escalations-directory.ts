import type { EscalationRule } from "../../../src/model/identity.ts";

/** What an application role of Microsoft Graph or a role of the directory opens. */
export interface DirectoryRule extends EscalationRule {
  readonly kind: "app-role" | "directory-role";
  /** Any of the names, in lower case. */
  readonly names: readonly string[];
  readonly effect: "everything" | "applications" | "owned-applications" | "groups";
}

const permissions = "https://learn.microsoft.com/graph/permissions-reference";
const roles =
  "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference";

export const directoryRules: readonly DirectoryRule[] = [
  {
    id: "graph-directory-roles",
    title: "Makes itself Global Administrator, who may take every subscription",
    kind: "app-role",
    names: ["rolemanagement.readwrite.directory", "roleassignmentschedule.readwrite.directory"],
    effect: "everything",
    actions: ["RoleManagement.ReadWrite.Directory"],
    source: permissions,
  },
  {
    id: "graph-app-roles",
    title: "Grants itself any application role of Microsoft Graph",
    kind: "app-role",
    names: ["approleassignment.readwrite.all"],
    effect: "everything",
    actions: ["AppRoleAssignment.ReadWrite.All"],
    source: permissions,
  },
  {
    id: "graph-applications",
    title: "Adds a credential to an application",
    kind: "app-role",
    names: ["application.readwrite.all"],
    effect: "applications",
    actions: ["Application.ReadWrite.All"],
    source: permissions,
  },
  {
    id: "graph-owned-applications",
    title: "Adds a credential to an application that it owns",
    kind: "app-role",
    names: ["application.readwrite.ownedby"],
    effect: "owned-applications",
    actions: ["Application.ReadWrite.OwnedBy"],
    source: permissions,
  },
  {
    id: "graph-groups",
    title: "Adds itself to a group that holds assignments",
    kind: "app-role",
    names: ["groupmember.readwrite.all", "group.readwrite.all", "directory.readwrite.all"],
    effect: "groups",
    actions: ["GroupMember.ReadWrite.All"],
    source: permissions,
  },
  {
    id: "directory-administrator",
    title: "Takes every subscription as an administrator of the directory",
    kind: "directory-role",
    names: ["global administrator", "privileged role administrator"],
    effect: "everything",
    actions: ["microsoft.directory/roleAssignments/allProperties/allTasks"],
    source: roles,
  },
  {
    id: "directory-credentials",
    title: "Resets the credential of a Global Administrator, who may take every subscription",
    kind: "directory-role",
    names: ["privileged authentication administrator", "partner tier2 support"],
    effect: "everything",
    actions: ["microsoft.directory/users/authenticationMethods/create"],
    source: roles,
  },
  {
    id: "directory-applications",
    title: "Adds a credential to an application as its administrator",
    kind: "directory-role",
    names: ["application administrator", "cloud application administrator"],
    effect: "applications",
    actions: ["microsoft.directory/applications/credentials/update"],
    source: roles,
  },
  {
    id: "directory-groups",
    title: "Adds itself to a group that holds assignments as an administrator of groups",
    kind: "directory-role",
    names: ["groups administrator", "user administrator"],
    effect: "groups",
    actions: ["microsoft.directory/groups/members/update"],
    source: roles,
  },
];
