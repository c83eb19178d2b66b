import type { Json, JsonObject } from "../../src/model/json.ts";

/** Collections by service, as the labelled cases give them. */
export interface GcpWorld {
  readonly project: string;
  readonly config: JsonObject;
}

/** The rows of one zone, region or `global`. */
export interface Row {
  readonly place: string;
  readonly item: Json;
}

export type Answer =
  | { readonly kind: "body"; readonly body: Json }
  | { readonly kind: "list"; readonly rows: readonly Json[] }
  | { readonly kind: "aggregated"; readonly key: string; readonly rows: readonly Row[] }
  | { readonly kind: "error"; readonly name: string };

const empty: Answer = { kind: "body", body: {} };

export function answered(value: Json | undefined): Answer {
  const name = objectOf(value)["$error"];
  if (typeof name === "string") return { kind: "error", name };
  return value === undefined ? empty : { kind: "body", body: value };
}

export function objectOf(value: Json | readonly Json[] | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isList(value)
    ? value
    : {};
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function listOf(value: Json | readonly Json[] | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
