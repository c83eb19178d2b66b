import type { Json, JsonObject } from "../model/json.ts";

/** Objects merge key by key; lists, texts and null of the case replace. */
export function replaceWorld(file: JsonObject, own: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...file };
  for (const [key, value] of Object.entries(own)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? replaceWorld(old, value) : value;
  }
  return merged;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
