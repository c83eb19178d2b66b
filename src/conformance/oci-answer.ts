import type { Json } from "../model/json.ts";
import { objectOf, textOf } from "./read-json.ts";

export const ociZone = "Uocm:US-ASHBURN-AD-1";
/** Of what names no compartment. */
export const defaultCompartment = "ocid1.compartment.oc1..c";

/** Items under the compartment they name; those that name none are in the case's own. */
export function byCompartment(items: readonly Json[]): [string, Json[]][] {
  const groups = new Map<string, Json[]>();
  for (const item of items) {
    const id = textOf(objectOf(item)["compartmentId"]) ?? defaultCompartment;
    const own = groups.get(id) ?? [];
    own.push(item);
    groups.set(id, own);
  }
  return [...groups];
}
