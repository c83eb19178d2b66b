import type { IdentityHow, IdentityLink } from "../../src/model/identity.ts";
import { at, isObject, sourceOf, text, type Node } from "../reader.ts";
import type { AssignedPrincipals } from "./identity-principals.ts";
import { keyOf } from "./pages.ts";

/**
 * Managed identities of a resource by the ids of their principals; one whose principal is not named by its resource id.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export function identityLinks(
  node: Node,
  how: IdentityHow,
  principals: AssignedPrincipals,
): IdentityLink[] {
  const block = at(node, "identity");
  if (!block) return [];
  const source = sourceOf(block);
  const principal = text(block, "principalId");
  const kinds = (text(block, "type") ?? "").toLowerCase();
  const system: IdentityLink[] =
    principal === undefined || !kinds.includes("systemassigned")
      ? []
      : [
          {
            id: principal.toLowerCase(),
            how,
            verdict: "yes",
            because: "its system-assigned identity",
            source,
          },
        ];
  const assigned = at(block, "userAssignedIdentities");
  const ids = assigned && isObject(assigned.value) ? Object.keys(assigned.value) : [];
  return [
    ...system,
    ...ids.toSorted().map((id): IdentityLink => {
      const because = `the identity ${id.slice(id.lastIndexOf("/") + 1)} is assigned to it`;
      const about = assigned && at(assigned, id);
      const own = (about && text(about, "principalId"))?.toLowerCase();
      const known = own ?? principals.get(keyOf(id));
      return { id: known ?? id, how, verdict: "yes", because, source };
    }),
  ];
}
