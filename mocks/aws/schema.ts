import { createRequire } from "node:module";
import { factsOf, type Service } from "./services.ts";

export { serviceNames, services, type Service } from "./services.ts";

const load = createRequire(import.meta.url);

export interface Member {
  readonly name: string;
  readonly schema: unknown;
  readonly traits: Traits;
}

export interface Traits {
  readonly xmlName?: string;
  readonly jsonName?: string;
  /** Name in the query of a request. */
  readonly httpQuery?: string;
  /** Header that carries it in an answer. */
  readonly httpHeader?: string;
  readonly flattened: boolean;
  /** The whole document of an answer. */
  readonly payload?: true;
}

export type Shape =
  | { readonly kind: "struct"; readonly members: readonly Member[] }
  | { readonly kind: "list"; readonly item: unknown; readonly traits: Traits }
  | { readonly kind: "map"; readonly value: unknown }
  | { readonly kind: "text" }
  | { readonly kind: "time"; readonly format: "date-time" | "seconds" | "default" };

/** Request and answer of an operation; undefined for one the service does not have. */
export function operation(service: Service, action: string) {
  const schema = /^[A-Z]\w+$/.test(action) ? deref(exportsOf(service)[`${action}$`]) : undefined;
  if (!Array.isArray(schema) || schema[0] !== OPERATION) return undefined;
  return { input: shapeOf(schema[4]), output: shapeOf(schema[5]), answer: deref(schema[5]) };
}

function exportsOf(service: Service): Readonly<Record<string, unknown>> {
  return load(factsOf(service).package);
}

export interface RestOperation {
  readonly action: string;
  readonly verb: string;
  readonly pattern: RegExp;
  /** Members in the order in which they stand in the path. */
  readonly labels: readonly string[];
}

const rest = new Map<Service, readonly RestOperation[]>();

/** Operations by path, those with the fewest variable parts first. */
export function restOperations(service: Service): readonly RestOperation[] {
  const known = rest.get(service);
  if (known) return known;
  const found = Object.entries(exportsOf(service))
    .flatMap(([name, value]) => toRest(name, value))
    .toSorted((a, b) => a.labels.length - b.labels.length);
  rest.set(service, found);
  return found;
}

function toRest(name: string, value: unknown): RestOperation[] {
  if (!/^[A-Z]\w+\$$/.test(name) || !Array.isArray(value) || value[0] !== OPERATION) return [];
  const traits: unknown = value[3];
  const http: unknown =
    typeof traits === "object" && traits ? Reflect.get(traits, "http") : undefined;
  if (!Array.isArray(http)) return [];
  const [path = ""] = String(http[1]).split("?");
  const labels = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, label]) => label ?? "");
  const source = path.replaceAll(/\{\w+\+\}/g, "(.+)").replaceAll(/\{\w+\}/g, "([^/]+)");
  const pattern = new RegExp(`^${source}/?$`);
  return [{ action: name.slice(0, -1), verb: String(http[0]), pattern, labels }];
}

/**
 * Reads the static schemas inside the SDK's packages, the same that its own parser runs on:
 * `[3, namespace, name, traits, memberNames, memberSchemas]` is a structure, `[1, namespace, name, traits, item]` a list,
 * `64 | n` a list of a simple type, and a member is a schema or `[schema, traits]`.
 */
export function shapeOf(schema: unknown): Shape {
  const found = deref(schema);
  if (typeof found === "number" && (found & LIST_OF_SIMPLE) !== 0) {
    return { kind: "list", item: 0, traits: { flattened: false } };
  }
  if (typeof found === "number" && found >= TIME && found <= LAST_TIME)
    return { kind: "time", format: formats[found] ?? "default" };
  if (!Array.isArray(found)) return { kind: "text" };
  if (found[0] === LIST) {
    const [item, traits] = memberOf(found[4]);
    return { kind: "list", item, traits };
  }
  if (found[0] === MAP) return { kind: "map", value: memberOf(found[5])[0] };
  if (found[0] !== STRUCTURE) return { kind: "text" };
  const names: readonly unknown[] = found[4];
  const schemas: readonly unknown[] = found[5];
  const members = names.map((name, index) => {
    const [member, traits] = memberOf(schemas[index]);
    return { name: String(name), schema: member, traits };
  });
  return { kind: "struct", members };
}

const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const TIME = 4;
const LAST_TIME = 7;
/** Of a time, by its type. */
const formats: Readonly<Record<number, "date-time" | "seconds">> = { 5: "date-time", 7: "seconds" };
/** Bit of a member's traits, where these are a number. */
const PAYLOAD = 16;
const OPERATION = 9;
const LIST_OF_SIMPLE = 64;

function deref(schema: unknown): unknown {
  return typeof schema === "function" ? deref(schema()) : schema;
}

function memberOf(member: unknown): readonly [unknown, Traits] {
  const found = deref(member);
  if (!Array.isArray(found) || (typeof found[0] === "number" && found.length > 2)) {
    return [found, { flattened: false }];
  }
  const traits: unknown = found[1];
  const named = typeof traits === "object" && traits !== null ? traits : {};
  const textOf = (key: string): string | undefined => {
    const value: unknown = Reflect.get(named, key);
    return typeof value === "string" ? value : undefined;
  };
  const [xmlName, jsonName, httpQuery, httpHeader] = [
    "xmlName",
    "jsonName",
    "httpQuery",
    "httpHeader",
  ].map(textOf);
  return [
    found[0],
    {
      ...(xmlName !== undefined && { xmlName }),
      ...(jsonName !== undefined && { jsonName }),
      ...(httpQuery !== undefined && { httpQuery }),
      ...(httpHeader !== undefined && { httpHeader }),
      ...(typeof traits === "number" && (traits & PAYLOAD) !== 0 && { payload: true }),
      flattened: "xmlFlattened" in named,
    },
  ];
}
