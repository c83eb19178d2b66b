import type { Json } from "../../src/model/json.ts";
import { shapeOf } from "./schema.ts";

/** A value with the member names that the wire has. Members the schema does not know are left out. */
export function toWireJson(schema: unknown, value: Json): Json {
  const shape = shapeOf(schema);
  if (shape.kind === "time") return timeOf(value, shape.format);
  if (shape.kind === "list") {
    const list: readonly Json[] = Array.isArray(value) ? value : [];
    return list.map((each) => toWireJson(shape.item, each));
  }
  if (shape.kind === "map") {
    return Object.fromEntries(
      entriesOf(value).map(([key, each]) => [key, toWireJson(shape.value, each)]),
    );
  }
  if (shape.kind === "text") return value;
  const given = new Map(entriesOf(value));
  return Object.fromEntries(
    shape.members.flatMap(({ name, schema: member, traits }): [string, Json][] => {
      const own = given.get(name);
      if (own === undefined || own === null) return [];
      return [[traits.jsonName ?? name, toWireJson(member, own)]];
    }),
  );
}

/** Seconds since 1970 unless the schema wants a date; worlds write dates. */
function timeOf(value: Json, format: "date-time" | "seconds" | "default"): Json {
  if (typeof value !== "string" || format === "date-time") return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : time / 1000;
}

function entriesOf(value: Json): [string, Json][] {
  if (typeof value !== "object" || value === null || isList(value)) return [];
  return Object.entries(value).flatMap(([key, each]): [string, Json][] =>
    each === undefined ? [] : [[key, each]],
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
