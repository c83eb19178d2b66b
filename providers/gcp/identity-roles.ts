import type { PolicyDocument } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, listed, pagesOf, text, texts, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { documentOf } from "./identity-allow.ts";

/** Predefined roles in use, and the custom ones of the project and its organisation. */
export function roleDocuments(snapshot: Snapshot): PolicyDocument[] {
  return [
    ...pagesOf(snapshot, operations.role),
    ...listed(snapshot, operations.projectRoles, "roles"),
    ...listed(snapshot, operations.organizationRoles, "roles"),
  ].flatMap(roleOf);
}

/** A deleted or disabled role gives nothing: https://cloud.google.com/iam/docs/creating-custom-roles#disabling-custom-role */
function roleOf(node: Node): PolicyDocument[] {
  const name = text(node, "name");
  if (name === undefined) return [];
  const off = flag(node, "deleted") === true || text(node, "stage") === "DISABLED";
  const includedPermissions = off ? [] : texts(node, "includedPermissions");
  return [documentOf(`${name}#role`, { includedPermissions }, node)];
}
