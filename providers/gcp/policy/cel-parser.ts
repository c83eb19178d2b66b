import { celTokens, type CelFlaw, type CelToken } from "./cel-lexer.ts";

/** A condition as a tree. `call` without `of` is a function, with it a method. */
export type Cel =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Cel[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Cel; readonly name: string }
  | { readonly kind: "index"; readonly of: Cel; readonly by: Cel }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly of?: Cel;
      readonly args: readonly Cel[];
    }
  | { readonly kind: "unary"; readonly mark: string; readonly of: Cel }
  | { readonly kind: "binary"; readonly mark: string; readonly left: Cel; readonly right: Cel }
  | { readonly kind: "choice"; readonly test: Cel; readonly yes: Cel; readonly no: Cel };

/** Binary operators, loosest first. */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "in"],
  ["+", "-"],
  ["*", "/", "%"],
];

/** Brackets within brackets; IAM's own limit is lower. */
const maxDepth = 50;

/** The whole expression as a tree, or where it stops being one. */
export function parseCel(expression: string): Cel | CelFlaw {
  const tokens = celTokens(expression);
  if (!isTokens(tokens)) return tokens;
  const cursor: Cursor = { tokens, next: 0, depth: 0 };
  const tree = choice(cursor);
  if ("flaw" in tree) return tree;
  return peek(cursor).kind === "end" ? tree : unexpected(cursor);
}

interface Cursor {
  readonly tokens: readonly CelToken[];
  next: number;
  depth: number;
}

type Parsed = Cel | CelFlaw;

function isTokens(tokens: readonly CelToken[] | CelFlaw): tokens is readonly CelToken[] {
  return Array.isArray(tokens);
}

function peek({ tokens, next }: Cursor): CelToken {
  return tokens[next] ?? { kind: "end", text: "the end", at: 0 };
}

function unexpected(cursor: Cursor): CelFlaw {
  const { text, at } = peek(cursor);
  return { flaw: `unexpected ${text}`, at };
}

function take(cursor: Cursor, text: string): boolean {
  const { kind, text: found } = peek(cursor);
  if ((kind !== "mark" && kind !== "name") || found !== text) return false;
  cursor.next += 1;
  return true;
}

function choice(cursor: Cursor): Parsed {
  cursor.depth += 1;
  if (cursor.depth > maxDepth) return { flaw: "is nested too deeply", at: peek(cursor).at };
  const test = binary(cursor, 0);
  cursor.depth -= 1;
  if ("flaw" in test || !take(cursor, "?")) return test;
  const yes = choice(cursor);
  if ("flaw" in yes) return yes;
  if (!take(cursor, ":")) return unexpected(cursor);
  const no = choice(cursor);
  return "flaw" in no ? no : { kind: "choice", test, yes, no };
}

function binary(cursor: Cursor, level: number): Parsed {
  const marks = levels[level];
  if (!marks) return unary(cursor);
  let left = binary(cursor, level + 1);
  for (;;) {
    if ("flaw" in left) return left;
    const mark = marks.find((each) => take(cursor, each));
    if (mark === undefined) return left;
    const right = binary(cursor, level + 1);
    if ("flaw" in right) return right;
    left = { kind: "binary", mark, left, right };
  }
}

function unary(cursor: Cursor): Parsed {
  const marks: string[] = [];
  for (;;) {
    const mark = ["!", "-"].find((each) => take(cursor, each));
    if (mark === undefined) break;
    marks.push(mark);
  }
  const inner = postfix(cursor);
  if ("flaw" in inner) return inner;
  return marks.reduceRight<Cel>((of, mark) => ({ kind: "unary", mark, of }), inner);
}

function postfix(cursor: Cursor): Parsed {
  let tree = primary(cursor);
  for (;;) {
    if ("flaw" in tree) return tree;
    if (take(cursor, ".")) tree = member(cursor, tree);
    else if (take(cursor, "[")) {
      const by = choice(cursor);
      if ("flaw" in by) return by;
      if (!take(cursor, "]")) return unexpected(cursor);
      tree = { kind: "index", of: tree, by };
    } else return tree;
  }
}

function member(cursor: Cursor, of: Cel): Parsed {
  const { kind, text } = peek(cursor);
  if (kind !== "name") return unexpected(cursor);
  cursor.next += 1;
  if (!take(cursor, "(")) return { kind: "member", of, name: text };
  const args = listUntil(cursor, ")");
  return "flaw" in args ? args : { kind: "call", name: text, of, args: args.items };
}

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  false: false,
  null: null,
};

function primary(cursor: Cursor): Parsed {
  const { kind, text } = peek(cursor);
  if (kind === "text" || kind === "number") {
    cursor.next += 1;
    return { kind: "literal", value: kind === "number" ? Number(text) : text };
  }
  if (take(cursor, "(")) return bracketed(cursor);
  if (take(cursor, "[")) {
    const items = listUntil(cursor, "]");
    return "flaw" in items ? items : { kind: "list", items: items.items };
  }
  return kind !== "name" || text === "in" ? unexpected(cursor) : named(cursor, text);
}

function bracketed(cursor: Cursor): Parsed {
  const inner = choice(cursor);
  if ("flaw" in inner) return inner;
  return take(cursor, ")") ? inner : unexpected(cursor);
}

function named(cursor: Cursor, text: string): Parsed {
  cursor.next += 1;
  const constant = Object.hasOwn(constants, text) ? constants[text] : undefined;
  if (constant !== undefined) return { kind: "literal", value: constant };
  if (!take(cursor, "(")) return { kind: "name", name: text };
  const args = listUntil(cursor, ")");
  return "flaw" in args ? args : { kind: "call", name: text, args: args.items };
}

function listUntil(cursor: Cursor, end: string): { readonly items: readonly Cel[] } | CelFlaw {
  const items: Cel[] = [];
  if (take(cursor, end)) return { items };
  for (;;) {
    const item = choice(cursor);
    if ("flaw" in item) return item;
    items.push(item);
    if (take(cursor, end)) return { items };
    if (!take(cursor, ",")) return unexpected(cursor);
    if (end === "]" && take(cursor, end)) return { items };
  }
}
