import type { IpFamily } from "../model/exposure.ts";
import type { Bound } from "./intervals.ts";

export interface Address {
  readonly family: IpFamily;
  readonly value: Bound;
}

export interface Prefix {
  readonly family: IpFamily;
  /** First address. */
  readonly from: Bound;
  /** One past the last address. */
  readonly end: Bound;
  readonly length: number;
}

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;
const mapped = 0xff_ffn;

/** Strict: no short or octal IPv4, no zone ids. An IPv4-mapped IPv6 address is the IPv4 address. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === undefined ? undefined : { family: "ipv4", value };
  }
  const value = parseIpv6(text);
  if (value === undefined) return undefined;
  return value >> 32n === mapped
    ? { family: "ipv4", value: Number(value & 0xffff_ffffn) }
    : { family: "ipv6", value };
}

/** `a.b.c.d/n`, `x::y/n` or a bare address. Host bits are cleared, as the providers do. */
export function parsePrefix(text: string): Prefix | undefined {
  const found = parsed.get(text);
  if (found) return found;
  const prefix = freshPrefix(text);
  if (parsed.size >= remembered) parsed.clear();
  if (prefix) parsed.set(text, prefix);
  return prefix;
}

/** The same few texts are asked for over and over. */
const parsed = new Map<string, Prefix>();
const remembered = 16_384;

function freshPrefix(text: string): Prefix | undefined {
  const [head = "", tail, ...rest] = text.split("/");
  if (rest.length > 0 || (tail !== undefined && !octet.test(tail))) return undefined;
  const address = parseAddress(head);
  if (!address) return undefined;
  const shift = address.family === "ipv4" && head.includes(":") ? 96 : 0;
  const width = address.family === "ipv4" ? 32 : 128;
  const length = tail === undefined ? width : Number(tail) - shift;
  if (length < 0 || length > width) return undefined;
  return toPrefix(address, length);
}

export function formatAddress(family: IpFamily, value: Bound): string {
  return family === "ipv4" ? formatIpv4(Number(value)) : formatIpv6(BigInt(value));
}

function toPrefix({ family, value }: Address, length: number): Prefix {
  if (typeof value === "number") {
    const size = 2 ** (32 - length);
    const from = Math.floor(value / size) * size;
    return { family, from, end: from + size, length };
  }
  const host = BigInt(128 - length);
  const from = (value >> host) << host;
  return { family, from, end: from + (1n << host), length };
}

function parseIpv4(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!octet.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : groupsOf(half)));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
  return all.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
}

/** 16-bit groups of one side of `::`; the last part may be dotted IPv4. */
function groupsOf(half: string): number[] | undefined {
  const out: number[] = [];
  const parts = half.split(":");
  for (const [index, part] of parts.entries()) {
    const dotted = index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (dotted !== undefined) out.push(Math.floor(dotted / 65_536), dotted % 65_536);
    else if (group.test(part)) out.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return out;
}

function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** RFC 5952: the first longest run of zero groups becomes `::`. */
function formatIpv6(value: bigint): string {
  const parts = Array.from({ length: 8 }, (_, i) =>
    Number((value >> BigInt(112 - 16 * i)) & mapped),
  );
  let [best, length] = [0, 0];
  for (let start = 0; start < 8; start += 1) {
    let run = 0;
    while (parts[start + run] === 0) run += 1;
    if (run > length) [best, length] = [start, run];
  }
  const hex = parts.map((part) => part.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, best).join(":")}::${hex.slice(best + length).join(":")}`;
}
