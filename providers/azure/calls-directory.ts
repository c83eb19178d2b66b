import type { JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import type { CallRow } from "./calls-row.ts";
import * as names from "./operations-identity.ts";
import { recordedPrincipals } from "./recorded-principals.ts";

/** Microsoft Graph has the same application id in every tenant. https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const itself = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
const pageSize = "999";

/** A list of the directory. */
function listed(path: string, query: Readonly<Record<string, string>>): CallRow["ask"] {
  return async (clients, { token, signal }) => clients.graph({ path, query, token, signal });
}

/** Nothing is asked about single identities of a directory that did not let itself be read. */
function principals(recorded: Recorded): readonly JsonObject[] {
  if (recorded.bodies(names.directoryRoleCall).length === 0) return [];
  return recordedPrincipals(recorded).map((principal) => ({ principal }));
}

/**
 * What identities may do in the directory, in lists of the tenant. Optional: it takes application permissions that an
 * administrator has to consent to.
 * https://learn.microsoft.com/graph/permissions-reference
 */
export const directoryCalls: readonly CallRow[] = [
  {
    operation: names.graphRoleCall,
    permission: "Microsoft.Graph/Application.Read.All",
    family: "graph",
    affects: ["grants"],
    ask: listed(itself, { $select: "id,appId,appRoles" }),
  },
  {
    operation: names.appRoleCall,
    permission: "Microsoft.Graph/Application.Read.All",
    family: "graph",
    affects: ["grants"],
    ask: listed(`${itself}/appRoleAssignedTo`, { $top: pageSize }),
  },
  {
    operation: names.directoryRoleCall,
    permission: "Microsoft.Graph/RoleManagement.Read.Directory",
    family: "graph",
    affects: ["grants"],
    ask: listed("/roleManagement/directory/roleAssignments", { $expand: "roleDefinition" }),
  },
  {
    operation: names.memberCall,
    permission: "Microsoft.Graph/Application.Read.All",
    family: "graph",
    affects: ["grants"],
    params: principals,
    async ask(clients, { params, token, signal }) {
      const { principal } = params;
      const id = encodeURIComponent(typeof principal === "string" ? principal : "");
      const path = `/servicePrincipals/${id}/transitiveMemberOf`;
      return clients.graph({ path, query: { $select: "id", $top: pageSize }, token, signal });
    },
  },
];
