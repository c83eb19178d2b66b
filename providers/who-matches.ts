import { ipFamilies, type IpFamily } from "../src/model/exposure.ts";
import type { Peer } from "../src/model/network.ts";
import {
  emptySet,
  equal,
  everyAddress,
  intersect,
  parseSet,
  subtract,
  toCidrs,
  union,
  type PrefixSet,
} from "../src/net/prefix-set.ts";

/** Clients of one family: those that match whatever they send, and those that may match. */
export interface Match {
  readonly surely: PrefixSet;
  readonly perhaps: PrefixSet;
  /** Those that can send a request which matches, knowing no secret. */
  readonly atWill: PrefixSet;
  /** Those that can send one which does not match. */
  readonly around: PrefixSet;
  /** Whether a client falls in between is not its own choice. */
  readonly vague: boolean;
}

export interface Speaking {
  readonly peers: readonly Peer[];
  /** What a request has to be like for the rule to be about all of them. */
  readonly provided?: string;
}

/** What one part of an expression, without operators around it, says about the clients of a family. */
export type Atom = (text: string, family: IpFamily) => Match;

/**
 * Who an expression of a web firewall speaks about. What a request carries is the client's choice, so a deny by it closes
 * nothing, unless only some know what keeps a request out of it; an allow by it is for everyone who can send the like, and
 * may need what only some know.
 */
export function peersOfExpression(expression: string, allows: boolean, atom: Atom): Speaking {
  const matches = ipFamilies.map((family) => matchOf(expression, family, atom));
  const because = `the expression ${expression.slice(0, 120)}`;
  const named = matches.flatMap(({ surely, atWill }) => toCidrs(allows ? atWill : surely));
  const peers = named.map((cidr): Peer => ({ kind: "prefix", cidr }));
  const unsure = matches.some((match) =>
    allows ? !equal(match.atWill, match.perhaps) : mayHit(match),
  );
  const chosen = allows && matches.some(({ surely, atWill }) => !equal(surely, atWill));
  return {
    peers: unsure ? [...peers, { kind: "unknown", because }] : peers,
    ...(chosen && { provided: because }),
  };
}

/** Whether a deny may be about others than those that it is surely about. */
function mayHit({ surely, perhaps, around, vague }: Match): boolean {
  const held = subtract(everyAddress(around.family), around);
  return !equal(surely, held) || (vague && !equal(surely, perhaps));
}

function matchOf(expression: string, family: IpFamily, atom: Atom): Match {
  const text = unwrapped(expression.trim());
  const any = split(text, "||");
  if (any.length > 1) return any.map((part) => matchOf(part, family, atom)).reduce(either);
  const all = split(text, "&&");
  if (all.length > 1) return all.map((part) => matchOf(part, family, atom)).reduce(both);
  const unequal = split(text, "!=");
  if (unequal.length > 1) return inverted(atom(unequal.join("=="), family), family);
  if (text.startsWith("!")) return inverted(matchOf(text.slice(1), family, atom), family);
  return atom(text, family);
}

/** What cannot be told by addresses: a client's own choice, or a fact about it that is not known. */
export function unclear(
  family: IpFamily,
  { atWill, vague }: { readonly atWill: boolean; readonly vague: boolean },
): Match {
  const [nobody, everyone] = [emptySet(family), everyAddress(family)];
  return {
    surely: nobody,
    perhaps: everyone,
    atWill: atWill && !vague ? everyone : nobody,
    around: vague ? nobody : everyone,
    vague,
  };
}

/** The part of a prefix that is of the family. */
export function setIn(prefix: string, family: IpFamily): PrefixSet {
  const own = prefix.includes(":") ? "ipv6" : "ipv4";
  return (own === family ? parseSet(family, [prefix]) : undefined) ?? emptySet(family);
}

export function exactly(set: PrefixSet): Match {
  const others = subtract(everyAddress(set.family), set);
  return { surely: set, perhaps: set, atWill: set, around: others, vague: false };
}

const either = (a: Match, b: Match): Match => joined(a, b, union, intersect);
const both = (a: Match, b: Match): Match => joined(a, b, intersect, union);

/** Whom two parts match together; who is around the whole is combined the other way. */
function joined(a: Match, b: Match, within: typeof union, beyond: typeof union): Match {
  return {
    surely: within(a.surely, b.surely),
    perhaps: within(a.perhaps, b.perhaps),
    atWill: within(a.atWill, b.atWill),
    around: beyond(a.around, b.around),
    vague: a.vague || b.vague,
  };
}

function inverted(match: Match, family: IpFamily): Match {
  const { surely, perhaps, atWill, around, vague } = match;
  const all = everyAddress(family);
  return {
    surely: subtract(all, perhaps),
    perhaps: subtract(all, surely),
    atWill: around,
    around: atWill,
    vague,
  };
}

/** Parts between an operator that stands outside of quotes and parentheses. */
function split(text: string, operator: "||" | "&&" | "!="): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { index, depth } of outside(text)) {
    if (depth === 0 && index >= start && text.startsWith(operator, index)) {
      parts.push(text.slice(start, index));
      start = index + operator.length;
    }
  }
  return [...parts, text.slice(start)];
}

/** Without parentheses around the whole. */
function unwrapped(text: string): string {
  if (!text.startsWith("(")) return text;
  const closing = outside(text).find(({ index, depth }) => index > 0 && depth === 0);
  return closing?.index === text.length - 1 ? unwrapped(text.slice(1, -1).trim()) : text;
}

/** Characters outside of quotes, with how many parentheses are open after each. */
function outside(text: string): { readonly index: number; readonly depth: number }[] {
  const out: { index: number; depth: number }[] = [];
  let depth = 0;
  let quote = "";
  for (const [index, letter] of text.split("").entries()) {
    if (quote !== "") {
      if (letter === quote && text[index - 1] !== "\\") quote = "";
    } else {
      if (letter === "'" || letter === '"' || letter === "`") quote = letter;
      if (letter === "(") depth += 1;
      if (letter === ")") depth -= 1;
      out.push({ index, depth });
    }
  }
  return out;
}
