import type { Json, JsonObject } from "../model/json.ts";
import { providers, type Provider, type Scope } from "../model/provider.ts";
import { gapReasons, knowledge, type Gap, type Page } from "../model/snapshot.ts";

/** Border parsers of what a run directory holds. Each throws an Error that names the member that is wrong. */

/** What is recorded about one scope beside its pages. */
export interface ScopeRecord {
  readonly scope: Scope;
  /** API calls made, retries included. */
  readonly calls: number;
  /** `<region>/<call>` in the order of collection, with the pages each must have. */
  readonly files: readonly { readonly name: string; readonly pages: number }[];
  readonly gaps: readonly Gap[];
  /** The calls about single workloads were made too. */
  readonly detailed?: true;
}

/** What is recorded when a run begins. */
export interface RunStart {
  readonly id?: string;
  /** RFC 3339, UTC: the only "now" of every decision about the snapshots. */
  readonly startedAt: string;
  readonly options: JsonObject;
}

export function parsePage(value: Json): Page {
  const page = object(value, "page");
  const requestId = optionalText(page, "requestId");
  const body = page["body"];
  if (body === undefined) throw new Error("body is missing");
  const hash = text(page, "sha256");
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error("sha256 is not 64 hex digits");
  return {
    call: text(page, "call"),
    region: text(page, "region"),
    params: object(page["params"], "params"),
    page: count(page, "page"),
    ...(requestId !== undefined && { requestId }),
    at: time(page, "at"),
    sha256: hash,
    body,
    ...(page["last"] === true && { last: true }),
  };
}

export function parseScopeRecord(value: Json): ScopeRecord {
  const record = object(value, "scope record");
  return {
    scope: parseScope(object(record["scope"], "scope")),
    calls: count(record, "calls"),
    files: array(record, "files").map((item) => {
      const file = object(item, "files[]");
      return { name: text(file, "name"), pages: count(file, "pages") };
    }),
    gaps: array(record, "gaps").map(parseGap),
    ...(record["detailed"] === true && { detailed: true }),
  };
}

export function parseGap(value: Json): Gap {
  const gap = object(value, "gap");
  const region = optionalText(gap, "region");
  const params = gap["params"];
  return {
    call: text(gap, "call"),
    scope: text(gap, "scope"),
    ...(region !== undefined && { region }),
    ...(params !== undefined && { params: object(params, "params") }),
    reason: oneOf(gapReasons, text(gap, "reason"), "reason"),
    detail: text(gap, "detail"),
    affects: texts(gap, "affects").map((word) => oneOf(knowledge, word, "affects")),
  };
}

export function parseRun(value: Json): RunStart {
  const run = object(value, "run");
  const id = optionalText(run, "id");
  return {
    ...(id !== undefined && { id }),
    startedAt: time(run, "startedAt"),
    options: run["options"] === undefined ? {} : object(run["options"], "options"),
  };
}

/** The scopes that a provider showed. */
export function parseScopes(value: Json): readonly Scope[] {
  return array(object(value, "scopes"), "scopes").map((item) => parseScope(object(item, "scope")));
}

function parseScope(scope: JsonObject): Scope {
  const name = optionalText(scope, "name");
  return {
    provider: parseProvider(text(scope, "provider")),
    id: text(scope, "id"),
    ...(name !== undefined && { name }),
    regions: texts(scope, "regions"),
  };
}

function parseProvider(word: string): Provider {
  return oneOf(providers, word, "provider");
}

function object(value: Json | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`${what} is not an object`);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function array(from: JsonObject, key: string): readonly Json[] {
  const value = from[key];
  if (isArray(value)) return value;
  throw new Error(`${key} is not a list`);
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function text(from: JsonObject, key: string): string {
  const value = from[key];
  if (typeof value === "string") return value;
  throw new Error(`${key} is not text`);
}

function optionalText(from: JsonObject, key: string): string | undefined {
  return from[key] === undefined ? undefined : text(from, key);
}

function texts(from: JsonObject, key: string): string[] {
  return array(from, key).map((value) => {
    if (typeof value === "string") return value;
    throw new Error(`${key} holds something that is not text`);
  });
}

function count(from: JsonObject, key: string): number {
  const value = from[key];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`${key} is not a count`);
}

function time(from: JsonObject, key: string): string {
  const value = text(from, key);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value)) return value;
  throw new Error(`${key} is not a time in UTC (RFC 3339)`);
}

function oneOf<const T extends string>(words: readonly T[], word: string, key: string): T {
  const known = words.find((candidate) => candidate === word);
  if (known !== undefined) return known;
  throw new Error(
    `${key} is ${JSON.stringify(word.slice(0, 40))}, which this version does not know`,
  );
}
