import type { Json, JsonObject } from "../model/json.ts";
import { objectOf, textOf } from "./read-json.ts";

/** What one request is answered with. Lists are whole; a server pages them itself. */
export interface OciAnswer {
  readonly call: string;
  readonly params: JsonObject;
  readonly body: Json;
}

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
