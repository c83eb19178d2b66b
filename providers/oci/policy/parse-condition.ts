import {
  expectKeyword,
  expectMark,
  fail,
  isMark,
  listUntil,
  nested,
  next,
  peek,
  takeKeyword,
  takeMark,
  type Cursor,
} from "./cursor.ts";
import type { Condition, Value } from "./tree.ts";

export function readCondition(cursor: Cursor): Condition {
  const group = isMark(cursor, "{", 1) ? takeKeyword(cursor, "any", "all") : undefined;
  if (group === undefined) return readTest(cursor);
  return nested(cursor, () => {
    expectMark(cursor, "{");
    return { kind: group, of: listUntil(cursor, "}", readCondition) };
  });
}

function readTest(cursor: Cursor): Condition {
  const negated = takeKeyword(cursor, "not") !== undefined;
  const variable = readVariable(cursor);
  if (negated) return { kind: "present", variable, negated };
  if (takeMark(cursor, "=")) return compare(cursor, variable, "=");
  if (takeMark(cursor, "!=")) return compare(cursor, variable, "!=");
  const time = takeKeyword(cursor, "before", "after");
  if (time) return compare(cursor, variable, time);
  if (takeKeyword(cursor, "between")) {
    const from = readValue(cursor);
    expectKeyword(cursor, "and", "and");
    return { kind: "between", variable, from, to: readValue(cursor) };
  }
  return readMembership(cursor, variable);
}

function readMembership(cursor: Cursor, variable: string): Condition {
  const excluded = takeKeyword(cursor, "not") !== undefined;
  if (excluded) expectKeyword(cursor, "in", "in");
  else if (!takeKeyword(cursor, "in")) return readPresence(cursor, variable);
  expectMark(cursor, "(");
  return { kind: "in", variable, negated: excluded, values: listUntil(cursor, ")", readValue) };
}

/** A variable alone holds where the request has it; whatever follows must close the condition. */
function readPresence(cursor: Cursor, variable: string): Condition {
  const closes = peek(cursor).kind === "end" || isMark(cursor, ",") || isMark(cursor, "}");
  if (!closes) fail(cursor, "=, !=, in, not in, before, after or between");
  return { kind: "present", variable, negated: false };
}

function compare(
  cursor: Cursor,
  variable: string,
  operator: "=" | "!=" | "before" | "after",
): Condition {
  return { kind: "compare", variable, operator, value: readValue(cursor) };
}

function readVariable(cursor: Cursor): string {
  if (peek(cursor).kind !== "word") fail(cursor, "a variable");
  return next(cursor).text.toLowerCase();
}

function readValue(cursor: Cursor): Value {
  const { kind, text } = peek(cursor);
  if (kind !== "quoted" && kind !== "word" && kind !== "pattern") fail(cursor, "a value");
  next(cursor);
  if (kind === "pattern") return { kind, glob: text };
  return { kind: kind === "quoted" ? "text" : "word", text };
}
