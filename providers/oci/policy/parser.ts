import {
  expectKeyword,
  expectMark,
  fail,
  isKeyword,
  isMark,
  listUntil,
  next,
  parseWith,
  peek,
  takeKeyword,
  type Cursor,
} from "./cursor.ts";
import { readCondition } from "./parse-condition.ts";
import { readLocation, readPlace } from "./parse-place.ts";
import { readDomainName, readOcid, readSubject, readName } from "./parse-subject.ts";
import {
  definable,
  type Action,
  type AdmitStatement,
  type Condition,
  type Counterpart,
  type Parsed,
  type Statement,
} from "./tree.ts";

/**
 * One policy statement, by Oracle's grammar.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/Concepts/policysyntax.htm
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
 */
export function parseStatement(text: string): Parsed<Statement> {
  return parseWith(text, readStatement, "where or the end of the statement");
}

function readStatement(cursor: Cursor): Statement {
  const starts = ["allow", "deny", "endorse", "admit", "define"] as const;
  const start = expectKeyword(cursor, "allow, deny, endorse, admit or define", ...starts);
  if (start === "define") return readDefine(cursor);
  if (start === "endorse") return readEndorse(cursor, false);
  if (start === "admit") return readAdmit(cursor, false);
  const crossing = start === "deny" ? takeKeyword(cursor, "endorse", "admit") : undefined;
  if (crossing === "endorse") return readEndorse(cursor, true);
  if (crossing === "admit") return readAdmit(cursor, true);
  const subject = readSubject(cursor);
  const action = readAction(cursor);
  expectKeyword(cursor, "in", "in");
  return { kind: start, subject, action, location: readLocation(cursor), ...readWhere(cursor) };
}

function readEndorse(cursor: Cursor, denies: boolean): Statement {
  const subject = readSubject(cursor);
  const action = readAction(cursor);
  expectKeyword(cursor, "in", "in");
  const place = readPlace(cursor);
  const counterpart = readCounterpart(cursor);
  return { kind: "endorse", denies, subject, action, place, ...counterpart, ...readWhere(cursor) };
}

function readAdmit(cursor: Cursor, denies: boolean): Statement {
  const subject = readSubject(cursor);
  const named = subject.kind !== "any-user" && subject.kind !== "any-group";
  const of = takeKeyword(cursor, "of") ? { of: readOrigin(cursor, named) } : {};
  const action = readAction(cursor);
  expectKeyword(cursor, "in", "in");
  const location = readLocation(cursor);
  const counterpart = readCounterpart(cursor);
  const where = readWhere(cursor);
  return { kind: "admit", denies, subject, ...of, action, location, ...counterpart, ...where };
}

/** @param named whether the subject names groups, which belong to one tenancy */
function readOrigin(cursor: Cursor, named: boolean): NonNullable<AdmitStatement["of"]> {
  if (named) expectKeyword(cursor, "tenancy (any-tenancy goes with any-user only)", "tenancy");
  else if (takeKeyword(cursor, "any-tenancy")) return { kind: "any-tenancy" };
  else expectKeyword(cursor, "tenancy or any-tenancy", "tenancy");
  return { kind: "tenancy", name: readName(cursor, "the name of a tenancy") };
}

function readDefine(cursor: Cursor): Statement {
  const expected = "tenancy, group, dynamic-group, compartment or service";
  const what = expectKeyword(cursor, expected, ...definable);
  const name = readDomainName(cursor, `a name for the ${what}`);
  expectKeyword(cursor, "as", "as");
  takeKeyword(cursor, "id");
  return { kind: "define", what, ...name, ocid: readOcid(cursor) };
}

function readAction(cursor: Cursor): Action {
  takeKeyword(cursor, "to");
  if (isMark(cursor, "{")) {
    expectMark(cursor, "{");
    const permissions = listUntil(cursor, "}", (inner) =>
      readWord(inner, "a permission").toUpperCase(),
    );
    return { kind: "permissions", permissions };
  }
  const verb = readWord(cursor, "a verb (inspect, read, use or manage) or {");
  return {
    kind: "verb",
    verb: verb.toLowerCase(),
    resource: readWord(cursor, "a resource type").toLowerCase(),
  };
}

function readCounterpart(cursor: Cursor): { with?: Counterpart } {
  if (!takeKeyword(cursor, "with")) return {};
  const resource = readWord(cursor, "a resource type").toLowerCase();
  expectKeyword(cursor, "in", "in");
  return { with: { resource, place: readPlace(cursor) } };
}

function readWhere(cursor: Cursor): { where?: Condition } {
  return takeKeyword(cursor, "where") ? { where: readCondition(cursor) } : {};
}

const reserved = ["to", "in", "where", "with", "of"] as const;

function readWord(cursor: Cursor, expected: string): string {
  const taken = peek(cursor).kind !== "word" || reserved.some((word) => isKeyword(cursor, word));
  return taken ? fail(cursor, expected) : next(cursor).text;
}
