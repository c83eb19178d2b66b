import { gunzipSync, gzipSync } from "node:zlib";
import { PosternError } from "../errors.ts";
import type { Json } from "../model/json.ts";
import { inside, read } from "./files.ts";

/** Bytes a file of a run directory may have when inflated. */
const inflatedCap = 256 * 1024 * 1024;

/** One line an item. */
export function lines(items: Iterable<unknown>): string {
  let text = "";
  for (const item of items) text += `${JSON.stringify(item)}\n`;
  return text;
}

/** The same text gives the same bytes on every platform. */
export function pack(text: string): Uint8Array {
  const bytes = gzipSync(text);
  // RFC 1952: byte 9 names the operating system; 255 = unknown.
  bytes[9] = 255;
  return bytes;
}

export function unpack(bytes: Uint8Array, name: string): string {
  try {
    return Buffer.from(gunzipSync(bytes, { maxOutputLength: inflatedCap })).toString("utf8");
  } catch (error) {
    throw invalid(name, undefined, "not gzip, damaged, or larger than 256 MiB", error);
  }
}

/** Every line through `parse`, which throws with what is wrong about a value. */
export function parseLines<T>(text: string, name: string, parse: (value: Json) => T): T[] {
  const rows = text.split("\n");
  if (rows.at(-1) === "") rows.pop();
  return rows.map((row, index) => parseText(row, name, parse, index + 1));
}

export function parseText<T>(
  text: string,
  name: string,
  parse: (value: Json) => T,
  line?: number,
): T {
  try {
    const value: Json = JSON.parse(text);
    return parse(value);
  } catch (error) {
    throw invalid(name, line, error instanceof Error ? error.message : String(error), error);
  }
}

/** The items of `<name>` in a run directory, `.gz` or not. */
export async function readJsonl(directory: string, name: string): Promise<readonly Json[]> {
  const bytes = await read(inside(directory, name));
  const text = name.endsWith(".gz") ? unpack(bytes, name) : Buffer.from(bytes).toString("utf8");
  return parseLines(text, name, (value) => value);
}

export function invalid(
  name: string,
  line: number | undefined,
  what: string,
  cause?: unknown,
): PosternError {
  const where = line === undefined ? name : `${name}:${line}`;
  return new PosternError("SNAPSHOT_INVALID", `${where}: ${what}`, {
    hint: "Collect again, or restore the file from where it was copied.",
    cause,
  });
}
