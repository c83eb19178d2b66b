/** One token of a condition; `at` is its 0-based offset in the expression. */
export interface CelToken {
  readonly kind: "name" | "text" | "number" | "mark" | "end";
  readonly text: string;
  readonly at: number;
}

/** A place where an expression stops being CEL. */
export interface CelFlaw {
  readonly flaw: string;
  readonly at: number;
}

const token =
  /\s+|\/\/[^\n]*|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<mark>&&|\|\||[<>=!]=|[-+*/%<>!?:.,()[\]{}])/y;

/** Characters of one expression that IAM accepts; a longer one was not written by it. */
const maxExpression = 12_288;

/** https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
export function celTokens(expression: string): readonly CelToken[] | CelFlaw {
  if (expression.length > maxExpression) return { flaw: "is too long", at: maxExpression };
  const tokens: CelToken[] = [];
  const pattern = new RegExp(token);
  let at = 0;
  while (at < expression.length) {
    pattern.lastIndex = at;
    const found = pattern.exec(expression);
    if (!found) return { flaw: `unexpected ${expression.charAt(at)}`, at };
    const { text, number, name, mark } = found.groups ?? {};
    if (text !== undefined) tokens.push({ kind: "text", text: unquoted(text), at });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, at });
    else if (name !== undefined) tokens.push({ kind: "name", text: name, at });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: mark, at });
    at = pattern.lastIndex;
  }
  return [...tokens, { kind: "end", text: "the end", at }];
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unquoted(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
}
