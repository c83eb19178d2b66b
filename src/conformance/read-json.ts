import type { Json, JsonObject } from "../model/json.ts";

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

export function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function textsOf(value: Json | undefined): string[] {
  return listOf(value).flatMap((item) => textOf(item) ?? []);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
