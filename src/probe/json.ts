import type { Json, JsonObject } from "../model/json.ts";

const depthLimit = 64;

/** Parses hostile text: undefined when it is not JSON or nests deeper than 64. The caller bounds its length. */
export function parseJson(given: string): Json | undefined {
  const text = given.startsWith("\ufeff") ? given.slice(1) : given;
  if (!isShallow(text)) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Most answers have too few brackets to nest deep, which is told without looking at each character. */
function isShallow(text: string): boolean {
  if (count(text, "{") + count(text, "[") <= depthLimit) return true;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') index = endOfString(text, index);
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth > depthLimit) return false;
  }
  return true;
}

/** How often the character occurs, not counted beyond what `isShallow` needs. */
function count(text: string, char: string): number {
  let found = 0;
  let at = text.indexOf(char);
  for (; at !== -1 && found <= depthLimit; at = text.indexOf(char, at + 1)) found += 1;
  return found;
}

/** Index of the quote that ends the string begun at `start`, or of the end of the text. */
function endOfString(text: string, start: number): number {
  for (let quote = start; ;) {
    quote = text.indexOf('"', quote + 1);
    if (quote === -1) return text.length;
    let before = quote - 1;
    while (text[before] === "\\") before -= 1;
    if ((quote - before) % 2 === 1) return quote;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** One text for equal values: keys sorted by code unit, no white space. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}
