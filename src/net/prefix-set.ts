import type { IpFamily } from "../model/exposure.ts";
import { formatAddress, parseAddress, parsePrefix, type Prefix } from "./address.ts";
import {
  holds,
  kept,
  merge,
  overlap,
  pairs,
  sweep,
  type Borders,
  type Bound,
} from "./intervals.ts";

/** An exact set of addresses of one family. */
export interface PrefixSet {
  readonly family: IpFamily;
  readonly borders: Borders;
}

const empty = {
  ipv4: { family: "ipv4", borders: [] },
  ipv6: { family: "ipv6", borders: [] },
} as const;
const whole: Readonly<Record<IpFamily, PrefixSet>> = {
  ipv4: { family: "ipv4", borders: [0, 2 ** 32] },
  ipv6: { family: "ipv6", borders: [0n, 1n << 128n] },
};

export function emptySet(family: IpFamily): PrefixSet {
  return empty[family];
}

export function everyAddress(family: IpFamily): PrefixSet {
  return whole[family];
}

function isWhole(set: PrefixSet): boolean {
  return set === whole[set.family];
}

/** The set of the given CIDRs; those of the other family are left out. Undefined when one is malformed. */
export function parseSet(family: IpFamily, cidrs: readonly string[]): PrefixSet | undefined {
  const prefixes = cidrs.map(parsePrefix);
  if (prefixes.includes(undefined)) return undefined;
  return setOf(
    family,
    prefixes.flatMap((prefix) => prefix ?? []),
  );
}

export function setOf(family: IpFamily, prefixes: readonly Prefix[]): PrefixSet {
  const own = prefixes.filter((prefix) => prefix.family === family);
  if (own.length === 0) return empty[family];
  if (own.some(({ length }) => length === 0)) return whole[family];
  return { family, borders: merge(own.map(({ from, end }) => [from, end] as const)) };
}

export function union(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a)) return b;
  if (isEmpty(b) || a === b || isWhole(a)) return a;
  if (isWhole(b)) return b;
  return { family: a.family, borders: sweep(a.borders, b.borders, kept.union) };
}

export function intersect(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a) || isWhole(b) || a === b) return a;
  if (isEmpty(b) || isWhole(a)) return b;
  return { family: a.family, borders: sweep(a.borders, b.borders, kept.intersection) };
}

export function subtract(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a) || isEmpty(b)) return a;
  if (isWhole(b) || a === b) return empty[a.family];
  return { family: a.family, borders: sweep(a.borders, b.borders, kept.difference) };
}

/** Whether some address is in both. */
export function meets(a: PrefixSet, b: PrefixSet): boolean {
  return overlap(a.borders, b.borders);
}

export function isEmpty(set: PrefixSet): boolean {
  return set.borders.length === 0;
}

export function contains(outer: PrefixSet, inner: PrefixSet): boolean {
  return isEmpty(subtract(inner, outer));
}

/** Whether the CIDRs together hold the whole prefix or address. Malformed ones hold nothing, and nothing holds them. */
export function covers(cidrs: readonly string[], text: string): boolean {
  const prefix = parsePrefix(text);
  if (!prefix) return false;
  const outer = cidrs.flatMap((cidr) => parsePrefix(cidr) ?? []);
  return contains(setOf(prefix.family, outer), setOf(prefix.family, [prefix]));
}

export function equal(a: PrefixSet, b: PrefixSet): boolean {
  if (a === b) return true;
  return a.borders.length === b.borders.length && a.borders.every((x, i) => x === b.borders[i]);
}

export function holdsAddress(set: PrefixSet, text: string): boolean {
  const address = parseAddress(text);
  return address?.family === set.family && holds(set.borders, address.value);
}

/** Number of addresses; a double, so exact up to 2^53. */
export function sizeOf(set: PrefixSet): number {
  return pairs(set.borders).reduce(
    (sum, [from, end]) => sum + Number(BigInt(end) - BigInt(from)),
    0,
  );
}

/** The first address, as a witness. */
export function firstOf(set: PrefixSet): Bound | undefined {
  return set.borders[0];
}

/** Minimal CIDRs in address order. */
export function toCidrs(set: PrefixSet): string[] {
  return pairs(set.borders).flatMap(([from, end]) =>
    typeof from === "number" && typeof end === "number"
      ? coverIpv4(from, end)
      : cover(set.family, BigInt(from), BigInt(end)),
  );
}

/** Doubles hold IPv4 exactly and cost a fraction of bigints. */
function coverIpv4(from: number, end: number): string[] {
  const out: string[] = [];
  let at = from;
  while (at < end) {
    let bits = 0;
    let size = 1;
    while (bits < 32 && at % (size * 2) === 0 && at + size * 2 <= end) {
      bits += 1;
      size *= 2;
    }
    out.push(`${formatAddress("ipv4", at)}/${32 - bits}`);
    at += size;
  }
  return out;
}

function cover(family: IpFamily, from: bigint, end: bigint): string[] {
  const width = family === "ipv4" ? 32 : 128;
  const out: string[] = [];
  let at = from;
  while (at < end) {
    let bits = at === 0n ? width : trailingZeros(at);
    while (at + (1n << BigInt(bits)) > end) bits -= 1;
    out.push(`${formatAddress(family, at)}/${width - bits}`);
    at += 1n << BigInt(bits);
  }
  return out;
}

function trailingZeros(value: bigint): number {
  let count = 0;
  while (((value >> BigInt(count)) & 1n) === 0n) count += 1;
  return count;
}
