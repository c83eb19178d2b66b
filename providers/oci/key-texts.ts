import type { Json } from "../../src/model/json.ts";
import { isObject } from "../reader.ts";

const userId = /\bocid1\.user\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9]+/gi;
const fingerprint = /\b(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\b/i;

/**
 * Users whose API key a text configures: their OCID beside a fingerprint. Alone, it only names somebody.
 * https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdkconfig.htm
 */
export function keyUsersIn(content: string): readonly string[] {
  if (!fingerprint.test(content)) return [];
  return [...new Set(Array.from(content.matchAll(userId), ([id]) => id.toLowerCase()))];
}

/** The same in anything that was recorded. */
export function keyUsersInside(value: Json): readonly string[] {
  if (typeof value === "string") return keyUsersIn(value);
  const parts: readonly (Json | undefined)[] = isObject(value)
    ? Object.values(value)
    : Array.isArray(value)
      ? value
      : [];
  return parts.flatMap((part) => (part === undefined ? [] : keyUsersInside(part)));
}
