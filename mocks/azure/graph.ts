import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Answer } from "./answers.ts";
import type { AzureWorld, DirectoryRole } from "./world.ts";

/** Some application roles of Microsoft Graph. https://learn.microsoft.com/graph/permissions-reference */
const appRoles: Readonly<Record<string, string>> = {
  "RoleManagement.ReadWrite.Directory": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
  "AppRoleAssignment.ReadWrite.All": "06b708a9-e830-4db3-a914-8e69da51d44f",
  "Application.ReadWrite.All": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  "Application.ReadWrite.OwnedBy": "18a4783c-866b-4cc7-a460-3d5e5662c884",
  "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "GroupMember.ReadWrite.All": "dbaae8cf-10b5-4b86-a4a1-f871c94c6695",
  "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
};
const graphId = "94d0336d-0000-4000-8000-000000000003";

/** What Microsoft Graph gives for a path below its version; a tenant of which the world says nothing is empty. */
export function graphAnswerOf({ groups = {}, directory = {} }: AzureWorld, path: string): Answer {
  if (/\/roleManagement\/directory\/roleAssignments$/i.test(path))
    return { kind: "list", items: (directory.roles ?? []).map(roleAssignment) };
  if (/\/appRoleAssignedTo$/i.test(path))
    return { kind: "list", items: Object.entries(directory.appRoles ?? {}).flatMap(given) };
  const member = /\/servicePrincipals\/([^/]+)\/transitiveMemberOf$/i.exec(path)?.[1];
  if (member !== undefined) {
    return {
      kind: "list",
      items: (groups[member] ?? []).map((id) => ({ "@odata.type": "#microsoft.graph.group", id })),
    };
  }
  return /\/servicePrincipals\(appId=/i.test(path)
    ? { kind: "object", body: itself() }
    : { kind: "missing" };
}

function roleAssignment({ principal, role, scope = "/", actions }: DirectoryRole): JsonObject {
  return {
    id: `${principal}-${role}`,
    principalId: principal,
    directoryScopeId: scope,
    roleDefinition: {
      displayName: role,
      isBuiltIn: actions === undefined,
      rolePermissions: [{ allowedResourceActions: actions ?? [], condition: null }],
    },
  };
}

function given([principalId, names]: readonly [string, readonly string[]]): Json[] {
  return names.map((name) => ({
    id: `${principalId}-${name}`,
    principalId,
    principalType: "ServicePrincipal",
    appRoleId: appRoles[name] ?? name,
    resourceId: graphId,
  }));
}

function itself(): JsonObject {
  const roles = Object.entries(appRoles).map(([value, id]) => ({ id, value, isEnabled: true }));
  return { id: graphId, appId: "00000003-0000-0000-c000-000000000000", appRoles: roles };
}
