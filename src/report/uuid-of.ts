import { sha256 } from "../hash.ts";

/** A UUID that is the same in every run: made from a hash, in the shape of version 5 (RFC 9562). */
export function uuidOf(...parts: readonly string[]): string {
  const hex = sha256(JSON.stringify(parts));
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...groups, hex.slice(20, 32)].join("-");
}
