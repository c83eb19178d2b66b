import type { EstateIndex } from "../../../src/model/estate.ts";
import { isObject } from "../../reader.ts";
import { normal, type Hierarchy } from "./scopes.ts";

const hierarchies = new WeakMap<EstateIndex, Hierarchy>();

/** Management groups above every subscription of the estate, as the documents named `hierarchy:` say. */
export function hierarchyOf(estate: EstateIndex): Hierarchy {
  const known = hierarchies.get(estate);
  if (known) return known;
  const parents = new Map<string, string>();
  for (const { id, body } of estate.policies.values()) {
    if (!id.startsWith("hierarchy:") || !isObject(body) || !isObject(body["parents"])) continue;
    for (const [child, parent] of Object.entries(body["parents"])) {
      if (typeof parent === "string") parents.set(normal(child), normal(parent));
    }
  }
  hierarchies.set(estate, parents);
  return parents;
}
