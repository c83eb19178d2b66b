import type { IdentityHow, IdentityLink } from "../../src/model/identity.ts";
import { at, isObject, sourceOf, text, type Node } from "../reader.ts";

/**
 * Managed identities of a resource: its own by the principal's id, assigned ones by their resource ids.
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
 */
export function identityLinks(node: Node, how: IdentityHow): IdentityLink[] {
  const block = at(node, "identity");
  if (!block) return [];
  const source = sourceOf(block);
  const principal = text(block, "principalId");
  const kinds = (text(block, "type") ?? "").toLowerCase();
  const system: IdentityLink[] =
    principal === undefined || !kinds.includes("systemassigned")
      ? []
      : [{ id: principal, how, verdict: "yes", because: "its system-assigned identity", source }];
  const assigned = at(block, "userAssignedIdentities");
  const ids = assigned && isObject(assigned.value) ? Object.keys(assigned.value) : [];
  return [
    ...system,
    ...ids.toSorted().map((id): IdentityLink => {
      const because = `the identity ${id.slice(id.lastIndexOf("/") + 1)} is assigned to it`;
      return { id, how, verdict: "yes", because, source };
    }),
  ];
}
