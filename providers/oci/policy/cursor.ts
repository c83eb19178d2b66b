import { problemAt, tokenise, type Token } from "./lexer.ts";
import type { Parsed, SyntaxProblem } from "./tree.ts";

export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
  /** Groups open around the current token. */
  depth: number;
  problem: SyntaxProblem | undefined;
}

const deepest = 24;

/** Parses a whole text; whatever `read` leaves unread is an error. */
export function parseWith<T>(text: string, read: (cursor: Cursor) => T, atEnd: string): Parsed<T> {
  const tokens = tokenise(text);
  if ("expected" in tokens) return { ok: false, problem: tokens };
  const cursor: Cursor = { text, tokens, at: 0, depth: 0, problem: undefined };
  try {
    const tree = read(cursor);
    if (peek(cursor).kind !== "end") fail(cursor, atEnd);
    return { ok: true, tree };
  } catch (error) {
    if (cursor.problem) return { ok: false, problem: cursor.problem };
    throw error;
  }
}

export function fail(cursor: Cursor, expected: string): never {
  const token = peek(cursor);
  const found = token.kind === "end" ? "the end" : cursor.text.slice(token.offset).split(/\s/)[0];
  cursor.problem ??= problemAt(cursor.text, token.offset, expected, found);
  throw new SyntaxError(expected);
}

export function peek(cursor: Cursor, ahead = 0): Token {
  return (
    cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)] ?? {
      kind: "end",
      text: "",
      offset: cursor.text.length,
    }
  );
}

export function next(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

export function isMark(cursor: Cursor, mark: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === "mark" && token.text === mark;
}

export function takeMark(cursor: Cursor, mark: string): boolean {
  if (!isMark(cursor, mark)) return false;
  cursor.at += 1;
  return true;
}

export function expectMark(cursor: Cursor, mark: string, expected = mark): void {
  if (!takeMark(cursor, mark)) fail(cursor, expected);
}

/** Keywords compare without case; a quoted word is never one. */
export function isKeyword(cursor: Cursor, keyword: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === "word" && token.text.toLowerCase() === keyword;
}

export function takeKeyword<K extends string>(
  cursor: Cursor,
  ...keywords: readonly K[]
): K | undefined {
  const found = keywords.find((keyword) => isKeyword(cursor, keyword));
  if (found !== undefined) cursor.at += 1;
  return found;
}

export function expectKeyword<K extends string>(
  cursor: Cursor,
  expected: string,
  ...keywords: readonly K[]
): K {
  return takeKeyword(cursor, ...keywords) ?? fail(cursor, expected);
}

/** `item {"," item}` up to the closing mark, which is taken too. */
export function listUntil<T>(
  cursor: Cursor,
  close: string,
  item: (cursor: Cursor) => T,
  options: { readonly trailingComma?: boolean } = {},
): T[] {
  const items = [item(cursor)];
  while (takeMark(cursor, ",")) {
    if (options.trailingComma === true && isMark(cursor, close)) break;
    items.push(item(cursor));
  }
  expectMark(cursor, close, `, or ${close}`);
  return items;
}

/** Reads what lies between braces, within a bound on how deep braces may nest. */
export function nested<T>(cursor: Cursor, read: () => T): T {
  cursor.depth += 1;
  if (cursor.depth > deepest) fail(cursor, `at most ${deepest} groups in each other`);
  const out = read();
  cursor.depth -= 1;
  return out;
}
