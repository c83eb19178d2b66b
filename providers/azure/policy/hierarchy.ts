import type { EstateIndex } from "../../../src/model/estate.ts";
import { isObject } from "../../reader.ts";
import { normal, type Hierarchy } from "./scopes.ts";

const hierarchies = new WeakMap<EstateIndex, Hierarchy>();

/** Management groups above every subscription of the estate, as the documents named `hierarchy:` say. */
export function hierarchyOf(estate: EstateIndex): Hierarchy {
  const known = hierarchies.get(estate);
  if (known) return known;
  const parents = new Map<string, readonly string[]>();
  for (const { id, body } of estate.policies.values()) {
    if (!id.startsWith("hierarchy:") || !isObject(body) || !isObject(body["parents"])) continue;
    for (const [child, above] of Object.entries(body["parents"])) {
      const listed = (Array.isArray(above) ? above : [above]).flatMap((each) =>
        typeof each === "string" ? [normal(each)] : [],
      );
      parents.set(normal(child), [...(parents.get(normal(child)) ?? []), ...listed]);
    }
  }
  hierarchies.set(estate, parents);
  return parents;
}
