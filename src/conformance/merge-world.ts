import type { Json, JsonObject } from "../model/json.ts";

/** Objects merge key by key, arrays of the case are appended, everything else of the case replaces. */
export function mergeWorld(file: JsonObject, own: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...file };
  for (const [key, value] of Object.entries(own)) {
    const old = merged[key];
    if (isObject(old) && isObject(value)) merged[key] = mergeWorld(old, value);
    else if (isList(old) && isList(value)) merged[key] = [...old, ...value];
    else merged[key] = value;
  }
  return merged;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
