import type { Json, JsonObject } from "../model/json.ts";

/**
 * A document in which every distinct value stands once. An entry is a primitive as it is, or a list: `[-1, ...items]`
 * for an array, `[shape, ...members]` for an object; items and members are indices of earlier entries. The last is the document.
 */
export interface Interned {
  readonly shapes: readonly (readonly string[])[];
  readonly entries: readonly (string | number | boolean | null | readonly number[])[];
}

/** Findings of one server share most of their evidence, so that this is many times smaller than the document. */
export function intern(document: Json): Interned {
  const shapes = new Map<string, number>();
  const known = new Map<string, number>();
  const entries: (string | number | boolean | null | readonly number[])[] = [];

  function add(entry: string | number | boolean | null | readonly number[]): number {
    const key = JSON.stringify(entry);
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, entries.length);
    return entries.push(entry) - 1;
  }

  function shapeOf(names: readonly string[]): number {
    const key = JSON.stringify(names);
    const found = shapes.get(key) ?? shapes.size;
    shapes.set(key, found);
    return found;
  }

  function visit(value: Json): number {
    if (value === null || typeof value !== "object") return add(value);
    if (isList(value)) return add([-1, ...value.map(visit)]);
    const members = Object.entries(value).flatMap(([name, member]): [string, Json][] =>
      member === undefined ? [] : [[name, member]],
    );
    const shape = shapeOf(members.map(([name]) => name));
    return add([shape, ...members.map(([, member]) => visit(member))]);
  }

  visit(document);
  return { shapes: [...shapes.keys()].map((key): string[] => JSON.parse(key)), entries };
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
