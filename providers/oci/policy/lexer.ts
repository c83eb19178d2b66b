import type { SyntaxProblem } from "./tree.ts";

export interface Token {
  readonly kind: "word" | "quoted" | "pattern" | "mark" | "end";
  /** Without the quotes or slashes around it. */
  readonly text: string;
  readonly offset: number;
}

/** Characters that look like others or like nothing: Oracle's parser takes them for parts of names. */
const forbidden = [
  [/[\p{Pi}\p{Pf}\u201A\u201E\u00B4`]/u, "a straight quote (' or \")"],
  [/\p{Cf}/u, "no invisible character"],
  [/[^\P{Z} ]/u, "an ordinary space"],
  [/[^\P{Cc}\t\n\r]/u, "no control character"],
] as const;

/** A statement of Oracle's may hold far less. */
const longest = 32_768;

const shapes = {
  space: /[ \t\r\n]+/y,
  quoted: /'[^']*'|"[^"]*"/y,
  /** Ends at the first slash that a separator follows: a pattern may hold slashes. */
  pattern: /\/[^\n]*?\/(?=[\s,})]|$)/y,
  mark: /!=|[={}(),:/]/y,
  word: /[^\s'"{}(),:/=!]+/y,
} as const;

/** What may come before a pattern; anywhere else a slash parts a domain from a name. */
const beforePattern: ReadonlySet<string> = new Set(["=", "!=", "(", ","]);

export function tokenise(text: string): readonly Token[] | SyntaxProblem {
  const bad = forbiddenIn(text);
  if (bad) return bad;
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const gap = match(shapes.space, text, offset);
    if (gap !== undefined) offset += gap.length;
    if (offset >= text.length) break;
    const token = tokenAt(text, offset, tokens.at(-1));
    if ("expected" in token) return token;
    tokens.push(token);
    offset += token.text.length + (token.kind === "quoted" || token.kind === "pattern" ? 2 : 0);
  }
  return [...tokens, { kind: "end", text: "", offset: text.length }];
}

function tokenAt(text: string, offset: number, before: Token | undefined): Token | SyntaxProblem {
  const start = text[offset] ?? "";
  if (start === "'" || start === '"') {
    const quoted = match(shapes.quoted, text, offset);
    if (quoted === undefined) return problemAt(text, offset, `a closing ${start} for this quote`);
    return { kind: "quoted", text: quoted.slice(1, -1), offset };
  }
  if (start === "/" && before?.kind === "mark" && beforePattern.has(before.text)) {
    const pattern = match(shapes.pattern, text, offset);
    if (pattern === undefined) return problemAt(text, offset, "a closing / for this pattern");
    return { kind: "pattern", text: pattern.slice(1, -1), offset };
  }
  const mark = match(shapes.mark, text, offset);
  if (mark !== undefined) return { kind: "mark", text: mark, offset };
  const word = match(shapes.word, text, offset);
  return word === undefined ? problemAt(text, offset, "!=") : { kind: "word", text: word, offset };
}

function forbiddenIn(text: string): SyntaxProblem | undefined {
  if (text.length > longest) return problemAt(text, longest, `at most ${longest} characters`);
  return forbidden
    .flatMap(([pattern, expected]) => {
      const offset = text.search(pattern);
      return offset === -1 ? [] : [problemAt(text, offset, expected)];
    })
    .toSorted((a, b) => a.offset - b.offset)[0];
}

function match(shape: RegExp, text: string, offset: number): string | undefined {
  shape.lastIndex = offset;
  return shape.exec(text)?.[0];
}

/** @param found as the text shows it; the single character there when left out */
export function problemAt(
  text: string,
  offset: number,
  expected: string,
  found = describe(text, offset),
): SyntaxProblem {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  const column = (before.at(-1) ?? "").length + 1;
  return { offset, line: before.length, column, expected, found };
}

function describe(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return "the end";
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return code < 0x7f && code > 0x20 ? String.fromCodePoint(code) : number;
}
