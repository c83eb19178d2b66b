import { createHmac, hash } from "node:crypto";

/** SHA-256 as 64 hex digits. */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** A short id that is the same in every run: 16 hex digits over the parts that say what the thing is about. */
export function stableId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}-${sha256(JSON.stringify(parts)).slice(0, 16)}`;
}

/** Fingerprint of a secret: 16 hex digits of HMAC-SHA-256, so that equal secrets can be told without holding one. */
export function fingerprintSecret(key: Uint8Array, secret: string): string {
  return createHmac("sha256", key).update(secret).digest("hex").slice(0, 16);
}
