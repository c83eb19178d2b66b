import { sha256 } from "../src/hash.ts";
import { redactPageLinted, redactText } from "../src/hints/redact.ts";
import type { Json } from "../src/model/json.ts";

/** What is kept of an answer: its hash as received, and its body without secrets. */
export interface Recording {
  readonly sha256: string;
  readonly body: Json;
}

/** Rejects when the answer has no JSON form or cannot be redacted: such a page must not be kept. */
export async function record(body: unknown, fingerprintKey: Uint8Array): Promise<Recording> {
  const received = JSON.stringify(body, bytesAsBase64);
  if (typeof received !== "string") throw new TypeError("the answer has no JSON form");
  const parsed: Json = JSON.parse(received);
  return { sha256: sha256(received), body: await redactPageLinted(parsed, fingerprintKey) };
}

/** Byte arrays would become `{"0":104,…}`, where no pattern finds a secret. */
function bytesAsBase64(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return isBufferJson(value) ? Buffer.from(value.data).toString("base64") : value;
}

/** What `Buffer.prototype.toJSON` has made before a replacer sees it. */
function isBufferJson(value: unknown): value is { data: number[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    value.type === "Buffer" &&
    "data" in value &&
    Array.isArray(value.data)
  );
}

const detailLength = 300;
/** Longer messages are cut before they are searched for secrets. */
const readLength = 10_000;
/** Control, zero-width and bidi characters. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unprintable = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g;

/** A provider's words, fit for a report: no secret, one line, at most 300 characters. */
export function cleanDetail(detail: string, fingerprintKey: Uint8Array): string {
  const line = redactText(detail.slice(0, readLength), fingerprintKey)
    .replaceAll(unprintable, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
  return line.length > detailLength ? `${line.slice(0, detailLength - 1)}…` : line;
}
