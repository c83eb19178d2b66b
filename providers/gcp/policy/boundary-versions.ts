import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { blockedRows, type BlockedRow } from "./boundary-table.ts";
import { blockedInFour } from "./boundary-table-4.ts";
import { longName, starPattern } from "./permissions.ts";

/** The newest version that the table knows. */
const newest = 4;
/** Default of policies that name none or the latest: 3 until the spring of 2026, 4 since. */
const defaults = [3, 4] as const;

interface Row extends Pick<BlockedRow, "version"> {
  readonly blocks: readonly RegExp[];
  readonly except: readonly RegExp[];
}

let rows: ReadonlyMap<string, readonly Row[]> | undefined;
/** Per permission the first version that can block it; none = 0. */
const known = new Map<string, number>();

/** Whether a boundary of a version can block a permission at all; versions that came later block at least as much. */
export function blockedIn(version: string, permission: string): PermissionVerdict {
  const since = blockedSince(longName(permission));
  if (since !== 0 && since <= Math.min(...versionsOf(version))) return "yes";
  const exact = versionsOf(version).length === 1 && Number(version) <= newest;
  return exact ? "no" : "maybe";
}

function versionsOf(version: string): readonly number[] {
  const number = Number(version);
  return Number.isInteger(number) && number >= 1 ? [number] : defaults;
}

function blockedSince(name: string): number {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const cut = name.indexOf("/");
  const service = name.slice(0, cut).replace(/\.googleapis\.com$/, "");
  const rest = name.slice(cut + 1);
  const versions = (rowsByService().get(service) ?? [])
    .filter(({ blocks, except }) => matches(blocks, rest) && !matches(except, rest))
    .map((row) => row.version);
  const since = versions.length === 0 ? 0 : Math.min(...versions);
  known.set(name, since);
  return since;
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function rowsByService(): ReadonlyMap<string, readonly Row[]> {
  if (rows) return rows;
  const byService = new Map<string, Row[]>();
  for (const { version, service, blocks, except = "" } of [...blockedRows, ...blockedInFour]) {
    const row = { version, blocks: patternsOf(blocks), except: patternsOf(except) };
    byService.set(service, [...(byService.get(service) ?? []), row]);
  }
  rows = byService;
  return byService;
}

function patternsOf(text: string): RegExp[] {
  return text.split(" ").filter(Boolean).map(starPattern);
}
