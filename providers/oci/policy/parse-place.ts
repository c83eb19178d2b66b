import {
  expectKeyword,
  isKeyword,
  isMark,
  peek,
  takeKeyword,
  takeMark,
  type Cursor,
} from "./cursor.ts";
import { readName, readOcid } from "./parse-subject.ts";
import type { Location, Place } from "./tree.ts";

export function readLocation(cursor: Cursor): Location {
  const kind = expectKeyword(cursor, "tenancy or compartment", "tenancy", "compartment");
  return kind === "tenancy" ? { kind } : readCompartment(cursor);
}

function readCompartment(cursor: Cursor): Extract<Location, { kind: "compartment" }> {
  if (!isMark(cursor, ":", 1) && takeKeyword(cursor, "id")) {
    return { kind: "compartment", ocid: readOcid(cursor) };
  }
  const path = [readName(cursor, "the name of a compartment, or id")];
  while (takeMark(cursor, ":")) path.push(readName(cursor, "the name of a compartment"));
  return { kind: "compartment", path };
}

/** A place that may lie in another tenancy; a bare `tenancy` is the own one. */
export function readPlace(cursor: Cursor): Place {
  const expected = "tenancy, any-tenancy or compartment";
  const kind = expectKeyword(cursor, expected, "tenancy", "any-tenancy", "compartment");
  if (kind === "any-tenancy") return { kind };
  if (kind === "tenancy") {
    const ends = peek(cursor).kind === "end" || isKeyword(cursor, "with");
    if (ends || isKeyword(cursor, "where")) return { kind };
    return { kind, name: readName(cursor, "the name of a tenancy") };
  }
  const compartment = readCompartment(cursor);
  if (!("path" in compartment) || !takeKeyword(cursor, "of")) return compartment;
  expectKeyword(cursor, "tenancy", "tenancy");
  return { ...compartment, of: readName(cursor, "the name of a tenancy") };
}
