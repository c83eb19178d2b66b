import { powers } from "../model/identity.ts";
import type { Power } from "../model/identity.ts";

/** True when `power` is at least as strong as `limit`. */
export function reaches(power: Power, limit: Power): boolean {
  return powers.indexOf(power) <= powers.indexOf(limit);
}

/** Compares texts by code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
