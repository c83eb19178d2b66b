import type { ConditionFault } from "./condition-tree.ts";

export interface Token {
  readonly kind: "word" | "text" | "attribute" | "symbol";
  /** Text without its quotes, an attribute as `source[name`, a symbol as `and`, `or`, `!`, `(`, `)`, `{`, `}`, `,`. */
  readonly text: string;
  readonly position: number;
}

const space = /\s+/y;
const symbols: readonly (readonly [RegExp, string | undefined])[] = [
  [/&&/y, "and"],
  [/\|\|/y, "or"],
  [/[!(){},]/y, undefined],
];
const shapes: readonly (readonly [RegExp, "text" | "attribute" | "word"])[] = [
  [/'((?:[^']|'')*)'/y, "text"],
  [/@([A-Za-z]+\[[^\]]+)\]/y, "attribute"],
  // Numbers, GUIDs, operators with their quantifier, `true`.
  [/[A-Za-z0-9_.:/<>$*-]+/y, "word"],
];

export function lex(source: string): readonly Token[] | ConditionFault {
  const tokens: Token[] = [];
  let position = 0;
  while (position < source.length) {
    const skipped = take(space, source, position);
    if (skipped) position += skipped[0].length;
    if (position >= source.length) break;
    const found = symbolAt(source, position) ?? shapeAt(source, position);
    if (!found) return { message: `unexpected ${source.charAt(position)}`, position };
    tokens.push(found.token);
    position += found.length;
  }
  return tokens;
}

interface Found {
  readonly token: Token;
  readonly length: number;
}

function symbolAt(source: string, position: number): Found | undefined {
  for (const [shape, name] of symbols) {
    const match = take(shape, source, position);
    if (match) {
      return {
        token: { kind: "symbol", text: name ?? match[0], position },
        length: match[0].length,
      };
    }
  }
  return undefined;
}

function shapeAt(source: string, position: number): Found | undefined {
  for (const [shape, kind] of shapes) {
    const match = take(shape, source, position);
    if (!match) continue;
    const text = match[1] ?? match[0];
    const word = kind === "word" ? /^(?:and|or|not)$/i.exec(text)?.[0].toLowerCase() : undefined;
    const token: Token = word
      ? { kind: "symbol", text: word === "not" ? "!" : word, position }
      : { kind, text: kind === "text" ? text.replaceAll("''", "'") : text, position };
    return { token, length: match[0].length };
  }
  return undefined;
}

function take(shape: RegExp, source: string, position: number): RegExpExecArray | null {
  shape.lastIndex = position;
  return shape.exec(source);
}
