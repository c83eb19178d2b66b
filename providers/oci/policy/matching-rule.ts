import {
  expectMark,
  fail,
  isMark,
  listUntil,
  nested,
  next,
  parseWith,
  peek,
  takeKeyword,
  takeMark,
  type Cursor,
} from "./cursor.ts";
import type { Parsed } from "./tree.ts";

export type MatchingRule =
  /** Oracle does not say what braces without a word mean for several elements. */
  | { readonly kind: "any" | "all" | "bare"; readonly of: readonly MatchingRule[] }
  | {
      readonly kind: "compare";
      readonly path: RulePath;
      readonly equal: boolean;
      readonly value: string;
    }
  /** Any value of the tag. */
  | { readonly kind: "tagged"; readonly tag: string };

const paths = [
  "instance.id",
  "instance.compartment.id",
  "resource.id",
  "resource.type",
  "resource.compartment.id",
] as const;

/** `tag` is `namespace.key` in lower case. */
export type RulePath = (typeof paths)[number] | { readonly tag: string };

/**
 * The rule that says which resources a dynamic group holds.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
 */
export function parseMatchingRule(text: string): Parsed<MatchingRule> {
  return parseWith(text, readRule, "the end of the rule");
}

function readRule(cursor: Cursor): MatchingRule {
  const word = isMark(cursor, "{", 1) ? takeKeyword(cursor, "any", "all") : undefined;
  if (word === undefined && !isMark(cursor, "{")) return readPredicate(cursor);
  return nested(cursor, () => {
    expectMark(cursor, "{");
    return {
      kind: word ?? "bare",
      of: listUntil(cursor, "}", readRule, { trailingComma: true }),
    };
  });
}

function readPredicate(cursor: Cursor): MatchingRule {
  const path = readPath(cursor);
  const equal = isMark(cursor, "=");
  if (takeMark(cursor, "=") || takeMark(cursor, "!=")) {
    const { kind } = peek(cursor);
    const value = kind === "quoted" ? next(cursor).text : fail(cursor, "a quoted value");
    return { kind: "compare", path, equal, value };
  }
  if (typeof path === "string") fail(cursor, "= or !=");
  return { kind: "tagged", tag: path.tag };
}

function readPath(cursor: Cursor): RulePath {
  const expected = `any, all, ${paths.join(", ")} or tag.<namespace>.<key>.value`;
  const { kind, text } = peek(cursor);
  const written = kind === "word" ? text.toLowerCase() : "";
  const tag = /^tag\.([^.]+\..+)\.value$/.exec(written)?.[1];
  const path = tag === undefined ? paths.find((known) => known === written) : { tag };
  if (path === undefined) return fail(cursor, expected);
  next(cursor);
  return path;
}
