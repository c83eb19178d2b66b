import {
  expectKeyword,
  fail,
  isMark,
  next,
  peek,
  takeKeyword,
  takeMark,
  type Cursor,
} from "./cursor.ts";
import type { GroupRef, Subject } from "./tree.ts";

const kinds = ["any-user", "any-group", "group", "dynamic-group", "service", "resource"] as const;

export function readSubject(cursor: Cursor): Subject {
  const kind = expectKeyword(
    cursor,
    "a subject (any-user, any-group, group, dynamic-group, service or resource)",
    ...kinds,
  );
  if (kind === "any-user" || kind === "any-group") return { kind };
  if (kind === "service") return { kind, names: readNames(cursor, "the name of a service") };
  if (kind === "resource") return readResource(cursor);
  return { kind: "refs", refs: readRefs(cursor, kind) };
}

/** A comma may be followed by another kind: `group A, dynamic-group B`. */
function readRefs(cursor: Cursor, first: GroupRef["kind"]): GroupRef[] {
  let kind = first;
  const refs = [readRef(cursor, kind)];
  while (takeMark(cursor, ",")) {
    kind = takeKeyword(cursor, "group", "dynamic-group") ?? kind;
    refs.push(readRef(cursor, kind));
  }
  return refs;
}

function readRef(cursor: Cursor, kind: GroupRef["kind"]): GroupRef {
  const named = isMark(cursor, "/", 1) || isMark(cursor, ",", 1);
  if (!named && takeKeyword(cursor, "id")) return { kind, ocid: readOcid(cursor) };
  return { kind, ...readDomainName(cursor, `the name of a ${kind}, or id`) };
}

/** The kind of a service's resource, then quoted names of it, one after the other or parted by slashes or commas. */
function readResource(cursor: Cursor): Subject {
  const token = peek(cursor);
  if (token.kind !== "word") fail(cursor, "the kind of a resource");
  const type = next(cursor).text;
  const names: string[] = [];
  while (peek(cursor).kind === "quoted") {
    names.push(next(cursor).text);
    const parted = takeMark(cursor, "/") || takeMark(cursor, ",");
    if (parted && peek(cursor).kind !== "quoted") fail(cursor, "a quoted name");
  }
  return { kind: "resource", type, names };
}

function readNames(cursor: Cursor, expected: string): string[] {
  const names = [readName(cursor, expected)];
  while (takeMark(cursor, ",")) names.push(readName(cursor, expected));
  return names;
}

export function readDomainName(
  cursor: Cursor,
  expected: string,
): { readonly name: string; readonly domain?: string } {
  const name = readName(cursor, expected);
  return takeMark(cursor, "/")
    ? { domain: name, name: readName(cursor, "the name after the identity domain") }
    : { name };
}

/** Words that go on with the statement: a name that equals one must be quoted. */
const reserved: ReadonlySet<string> = new Set(["to", "in", "where", "with", "of", "as"]);

export function readName(cursor: Cursor, expected: string): string {
  const { kind, text } = peek(cursor);
  const good =
    kind === "quoted" ? text !== "" : kind === "word" && !reserved.has(text.toLowerCase());
  return good ? next(cursor).text : fail(cursor, expected);
}

/** Quoted or not; OCIDs of the first version are parted by colons. */
export function readOcid(cursor: Cursor): string {
  const token = peek(cursor);
  const shaped = /^ocid\w*[.:]?/i.test(token.text);
  if ((token.kind !== "word" && token.kind !== "quoted") || !shaped) fail(cursor, "an OCID");
  let ocid = next(cursor).text;
  while (token.kind === "word" && isMark(cursor, ":") && peek(cursor, 1).kind === "word") {
    next(cursor);
    ocid += `:${next(cursor).text}`;
  }
  return ocid;
}
