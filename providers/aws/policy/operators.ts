import { glob, literal, matchesArn } from "./match.ts";

/** One comparison of a request value with a policy value; `undefined` = the policy value makes no sense. */
export interface Operator {
  readonly compare: (request: string, policy: string) => boolean | undefined;
  /** Negated operators hold when no policy value matches, and when the key is absent. */
  readonly negated: boolean;
}

const same = (a: string, b: string): boolean => a === literal(b);
const sameText = (a: string, b: string): boolean => a.toLowerCase() === literal(b).toLowerCase();
const like = (a: string, b: string): boolean => glob(b, a);
const arn = (a: string, b: string): boolean => matchesArn(b, a);
const number = (test: (a: number, b: number) => boolean) => (a: string, b: string) =>
  ordered(numeric(a), numeric(b), test);
const date = (test: (a: number, b: number) => boolean) => (a: string, b: string) =>
  ordered(instant(a), instant(b), test);
const equal = (a: number, b: number): boolean => a === b;
const less = (a: number, b: number): boolean => a < b;
const most = (a: number, b: number): boolean => a <= b;
const greater = (a: number, b: number): boolean => a > b;
const least = (a: number, b: number): boolean => a >= b;

/**
 * Every operator of the policy language but `Null`, which asks about the key itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: Readonly<Record<string, Operator>> = {
  stringequals: { compare: same, negated: false },
  stringnotequals: { compare: same, negated: true },
  stringequalsignorecase: { compare: sameText, negated: false },
  stringnotequalsignorecase: { compare: sameText, negated: true },
  stringlike: { compare: like, negated: false },
  stringnotlike: { compare: like, negated: true },
  arnequals: { compare: arn, negated: false },
  arnnotequals: { compare: arn, negated: true },
  arnlike: { compare: arn, negated: false },
  arnnotlike: { compare: arn, negated: true },
  numericequals: { compare: number(equal), negated: false },
  numericnotequals: { compare: number(equal), negated: true },
  numericlessthan: { compare: number(less), negated: false },
  numericlessthanequals: { compare: number(most), negated: false },
  numericgreaterthan: { compare: number(greater), negated: false },
  numericgreaterthanequals: { compare: number(least), negated: false },
  dateequals: { compare: date(equal), negated: false },
  datenotequals: { compare: date(equal), negated: true },
  datelessthan: { compare: date(less), negated: false },
  datelessthanequals: { compare: date(most), negated: false },
  dategreaterthan: { compare: date(greater), negated: false },
  dategreaterthanequals: { compare: date(least), negated: false },
  bool: { compare: sameText, negated: false },
  binaryequals: { compare: same, negated: false },
  ipaddress: { compare: inPrefix, negated: false },
  notipaddress: { compare: inPrefix, negated: true },
};

function ordered(
  a: number,
  b: number,
  test: (a: number, b: number) => boolean,
): boolean | undefined {
  return Number.isNaN(b) ? undefined : test(a, b);
}

function numeric(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** ISO 8601, or seconds since 1970. */
function instant(text: string): number {
  return /^-?\d{5,}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function inPrefix(address: string, prefix: string): boolean | undefined {
  const [base = "", length] = prefix.split("/", 2);
  const network = bitsOf(base);
  const host = bitsOf(address);
  if (!network) return undefined;
  const bits = length === undefined ? network.length : numeric(length);
  if (!(bits >= 0 && bits <= network.length)) return undefined;
  return host?.length === network.length && host.slice(0, bits) === network.slice(0, bits);
}

/** An address as 32 or 128 binary digits. */
function bitsOf(address: string): string | undefined {
  return address.includes(":") ? bits6(address) : bits4(address);
}

function bits4(address: string): string | undefined {
  const parts = address.split(".");
  const sound = parts.length === 4 && parts.every((p) => /^\d{1,3}$/.test(p) && Number(p) < 256);
  return sound ? parts.map((p) => Number(p).toString(2).padStart(8, "0")).join("") : undefined;
}

function bits6(address: string): string | undefined {
  const [head = "", tail, more] = address.toLowerCase().split("::");
  if (more !== undefined) return undefined;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("")
    : undefined;
}
