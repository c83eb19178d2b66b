import type { IpFamily } from "../model/exposure.ts";
import { formatAddress, parseAddress, parsePrefix, type Prefix } from "./address.ts";
import { holds, merge, pairs, sweep, type Borders, type Bound } from "./intervals.ts";

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
  return { family, borders: merge(own.map(({ from, end }) => [from, end] as const)) };
}

export function union(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  return { family: a.family, borders: sweep(a.borders, b.borders, (inA, inB) => inA || inB) };
}

export function intersect(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a) || isWhole(b)) return a;
  if (isEmpty(b) || isWhole(a)) return b;
  return { family: a.family, borders: sweep(a.borders, b.borders, (inA, inB) => inA && inB) };
}

export function subtract(a: PrefixSet, b: PrefixSet): PrefixSet {
  if (isEmpty(a) || isEmpty(b)) return a;
  return { family: a.family, borders: sweep(a.borders, b.borders, (inA, inB) => inA && !inB) };
}

export function isEmpty(set: PrefixSet): boolean {
  return set.borders.length === 0;
}

export function contains(outer: PrefixSet, inner: PrefixSet): boolean {
  return isEmpty(subtract(inner, outer));
}

export function equal(a: PrefixSet, b: PrefixSet): boolean {
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
  return pairs(set.borders).flatMap(([from, end]) => cover(set.family, BigInt(from), BigInt(end)));
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
