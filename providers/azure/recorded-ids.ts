import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { isObject } from "../reader.ts";

/** Parameters that name each resource of a list that was read before. */
export function perResource(
  operation: string,
  param: string,
  wanted: (resource: JsonObject) => boolean = () => true,
): (recorded: Recorded) => readonly JsonObject[] {
  return (recorded) =>
    recordedResources(recorded, operation).flatMap((each) => {
      const id = each["id"];
      return typeof id === "string" && wanted(each) ? [{ [param]: id }] : [];
    });
}

export function recordedResources(recorded: Recorded, operation: string): readonly JsonObject[] {
  return recorded.bodies(operation).flatMap((body) => {
    const list: Json | undefined = isObject(body) ? body["value"] : undefined;
    return Array.isArray(list)
      ? list.filter((each: Json): each is JsonObject => isObject(each))
      : [];
  });
}
