import { aliasLines, familyExtraLines, familyLines } from "./family-table.ts";
import { verbs, type Verb } from "./tree.ts";
import { typeLines } from "./verb-table.ts";

/** One permission of one resource type, at the weakest verb that has it. */
export interface Right {
  readonly type: string;
  readonly verb: Verb;
  /** Undefined for a type that the table does not know: it has some permission at every verb. */
  readonly permission: string | undefined;
}

const known = rightsByType(typeLines);
const extras = rightsByType(familyExtraLines);
const families = new Map(
  words(familyLines).map(([name = "", list = ""]) => [name, list.split(",")]),
);
const aliases = new Map(words(aliasLines).map(([alias = "", name = ""]) => [alias, name]));

const everything = [...known.values(), ...extras.values()].flat();
const byPermission = new Map<string, Right>();
for (const right of everything) {
  if (right.permission === undefined) continue;
  const before = byPermission.get(right.permission);
  if (!before || rank(right.verb) < rank(before.verb)) byPermission.set(right.permission, right);
}

/** 0 for inspect to 3 for manage. */
export function rank(verb: Verb): number {
  return verbs.indexOf(verb);
}

export function isVerb(word: string): word is Verb {
  return verbs.some((verb) => verb === word);
}

/** All that a verb grants on a type, a family or all-resources. */
export function rightsOf(verb: Verb, resource: string): readonly Right[] {
  return allRightsOf(resource).filter((right) => rank(right.verb) <= rank(verb));
}

function allRightsOf(resource: string): readonly Right[] {
  if (resource === "all-resources") return everything;
  const members = families.get(resource);
  if (members) {
    return [...members.flatMap(rightsOfType), ...(extras.get(resource) ?? [])];
  }
  return rightsOfType(resource);
}

function rightsOfType(written: string): readonly Right[] {
  const type = aliases.get(written) ?? written;
  const rights = known.get(type) ?? [];
  return rights.length > 0 ? rights : verbs.map((verb) => ({ type, verb, permission: undefined }));
}

/** The table entry of a permission; one that it does not have is judged by its last word. */
export function rightOf(permission: string): Right {
  const verb: Verb = /_(?:INSPECT|LIST|READ|GET)$/.test(permission)
    ? "read"
    : /_(?:UPDATE|USE|INVOKE)$/.test(permission)
      ? "use"
      : "manage";
  return byPermission.get(permission) ?? { type: "?", verb, permission };
}

/** Whether everything of `inner` (a type, family or all-resources) is also of `outer`. */
export function includesResource(outer: string, inner: string): boolean {
  return (
    outer === "all-resources" || canonical(outer) === canonical(inner) || memberOf(outer, inner)
  );
}

function memberOf(family: string, resource: string): boolean {
  const members = families.get(family);
  const inner = families.get(resource) ?? [canonical(resource)];
  return members !== undefined && inner.every((type) => members.includes(type));
}

export function isFamily(resource: string): boolean {
  return families.has(resource);
}

/** The family of a type, or the type itself. */
export function serviceOf(type: string): string {
  return [...families].find(([, members]) => members.includes(type))?.[0] ?? type;
}

function canonical(type: string): string {
  return aliases.get(type) ?? type;
}

function rightsByType(lines: string): ReadonlyMap<string, readonly Right[]> {
  return new Map(
    words(lines).map(([type = "", shared = "", fields = ""]) => {
      const prefix = shared === "-" ? "" : shared;
      const rights = fields.split("|").flatMap((field, index): Right[] => {
        const verb = verbs[index];
        if (field === "" || verb === undefined) return [];
        return field.split(",").map((name) => ({ type, verb, permission: prefix + name }));
      });
      return [type, rights];
    }),
  );
}

function words(lines: string): readonly (readonly string[])[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}
