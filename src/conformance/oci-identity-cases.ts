import type { JsonObject } from "../model/json.ts";
import { listOf, objectOf } from "./read-json.ts";

/** The part of an evaluator's answer that cases grade. */
export interface OciAnswer {
  readonly class: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly level?: string;
  readonly atLeast?: string;
  readonly atMost?: string;
}

/** Fields of a case that an evaluator may see; the rest are answers and labels. */
const given = ["principal", "denyEnabled"] as const;

/** The world of the file with what the case changes in it; policies of the world stay in force. */
export function ociQuestion(file: JsonObject, own: JsonObject): JsonObject {
  const world = merge(objectOf(file["world"]), objectOf(own["world"]));
  const stated = given.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]]));
  return {
    ...world,
    ...Object.fromEntries(stated),
    now: file["now"],
    policies: [...listOf(world["policies"]), ...listOf(own["policies"])],
  };
}

/** Objects key by key; lists, texts and null replace. */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const out: Record<string, JsonObject[string]> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const both = isObject(base[key]) && isObject(value);
    out[key] = both ? merge(objectOf(base[key]), objectOf(value)) : value;
  }
  return out;
}

function isObject(value: JsonObject[string]): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
