import type { Json, JsonObject } from "../model/json.ts";
import type { Provider } from "../model/provider.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** What a built-in role grants: Azure's definition, or a list of GCP's permissions; `undefined` = not in the files. */
export type ReadRole = (provider: Provider, role: string) => Json | undefined;

/** Files that stand in the directory that `--roles` names. */
export const roleFiles = ["azure-built-in-roles.json", "gcp-predefined-roles.json"] as const;

/**
 * Role contents from parsed catalogues: Azure `roles` is a list of definitions, found by name or id; GCP `roles` maps
 * a name to its permissions. Role names are compared without case.
 */
export function readRoles(catalogues: readonly Json[]): ReadRole {
  const azure = new Map<string, JsonObject>();
  const gcp = new Map<string, Json>();
  for (const { roles } of catalogues.map(objectOf)) {
    for (const role of listOf(roles).map(objectOf)) {
      for (const key of [textOf(role["id"]), textOf(role["name"])]) {
        if (key !== undefined) azure.set(key.toLowerCase(), role);
      }
    }
    for (const [name, content] of Object.entries(objectOf(roles))) {
      if (content !== undefined) gcp.set(name.toLowerCase(), content);
    }
  }
  return (provider, role) => {
    if (provider === "azure") return azure.get(role.toLowerCase());
    return provider === "gcp" ? gcp.get(role.toLowerCase()) : undefined;
  };
}
