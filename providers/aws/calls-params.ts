import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";

/** One request for each item of a recorded list, named by its id. */
export function idsOf(
  recorded: Recorded,
  call: string,
  list: string,
  id: string,
  as = id,
  keep: (item: JsonObject) => boolean = () => true,
): readonly JsonObject[] {
  return itemsOf(recorded, call, list)
    .filter(keep)
    .flatMap((item) => {
      const value = item[id];
      return typeof value === "string" ? [{ [as]: value }] : [];
    });
}

/** The objects of a recorded list; `Outer.Items` names a list inside a member. */
export function itemsOf(recorded: Recorded, call: string, list: string): JsonObject[] {
  return valuesOf(recorded, call, list).filter(isObject);
}

/** The texts of a recorded list. */
export function textsOf(recorded: Recorded, call: string, list: string): string[] {
  return valuesOf(recorded, call, list).flatMap((each) => (typeof each === "string" ? [each] : []));
}

function valuesOf(recorded: Recorded, call: string, list: string): readonly Json[] {
  return recorded.bodies(call).flatMap((body): readonly Json[] => {
    const found = list
      .split(".")
      .reduce<Json | undefined>(
        (value, name) => (value !== undefined && isObject(value) ? value[name] : undefined),
        body,
      );
    return Array.isArray(found) ? found : [];
  });
}

/** Pieces of at most `size`, in order: the most that one request may name. */
export function batches<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
