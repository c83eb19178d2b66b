import type {
  Access,
  Breadth,
  Family,
  Grant,
  PermissionVerdict,
  Power,
} from "../model/identity.ts";
import { some } from "./contract.ts";

/** A power word that holds, how surely, how widely, and the grants it rests on. */
export interface Held {
  readonly power: Power;
  readonly verdict: PermissionVerdict;
  readonly breadth: Breadth;
  readonly because: string;
  readonly grants: readonly Grant[];
}

/** Contents of these are what an attacker comes for. */
const sensitive: ReadonlySet<Family> = new Set([
  "secrets",
  "kms",
  "storage",
  "database",
  "messaging",
]);
const changes: ReadonlySet<Access> = new Set(["write", "delete", "permissions"]);
/** Where a delete destroys data or evidence. */
const irreplaceable: ReadonlySet<Family> = new Set(["storage", "database", "kms", "logging"]);
const wideBreadths: ReadonlySet<Breadth> = new Set(["account", "organization"]);
/** Families with writes at account breadth from which on an identity is broad. */
const manyFamilies = 3;

/** By lists of grants, which identities with equal documents share. */
const known = new WeakMap<readonly Grant[], readonly Held[]>();

/** The words that grants alone decide: everything but `admin`, `escalates` and `unknown`. */
export function heldBy(grants: readonly Grant[]): readonly Held[] {
  const kept = known.get(grants) ?? wordsOf(grants);
  known.set(grants, kept);
  return kept;
}

function wordsOf(grants: readonly Grant[]): readonly Held[] {
  const manages = grants.filter(isManaging);
  return [
    ...broad(manages),
    ...held("reads-sensitive", "reads secrets, keys or contents", grants.filter(isSensitive)),
    ...held("manages", "changes resources", manages),
    ...held("reads", "lists or reads resources", grants.filter(isReading)),
  ];
}

function broad(manages: readonly Grant[]): readonly Held[] {
  const wide = manages.filter(isWide);
  return [
    ...held(
      "broad",
      "changes everything of one family in the whole account",
      wide.filter(({ wholeFamily }) => wholeFamily),
    ),
    ...acrossFamilies(wide),
    ...held("broad", "changes everything in one group of resources", wholeGroups(manages)),
    ...held(
      "broad",
      "deletes data, keys or logs anywhere in the account",
      wide.filter(({ access, family }) => access === "delete" && irreplaceable.has(family)),
    ),
  ];
}

function acrossFamilies(wide: readonly Grant[]): readonly Held[] {
  const sure = wide.filter(({ verdict }) => verdict === "yes");
  const enough = [sure, wide].find((list) => familiesOf(list).size >= manyFamilies);
  if (!enough) return [];
  return [
    {
      power: "broad",
      verdict: enough === sure ? "yes" : "maybe",
      breadth: widest(enough),
      because: `changes ${[...familiesOf(enough)].toSorted().join(", ")} in the whole account`,
      grants: [...familiesOf(enough)].flatMap((family) =>
        enough.filter((grant) => grant.family === family).slice(0, 1),
      ),
    },
  ];
}

/** Families that are all written whole in one group before it counts as everything in it. */
const allFamilies = 10;

/** What gives all of a resource group or compartment, by the group. */
function wholeGroups(manages: readonly Grant[]): readonly Grant[] {
  const whole = manages.filter(
    ({ breadth, access, wholeFamily }) => breadth === "group" && access === "write" && wholeFamily,
  );
  const full = (resource: string): boolean =>
    familiesOf(whole.filter((grant) => grant.resource === resource)).size >= allFamilies;
  return whole.filter(({ resource }) => full(resource));
}

/** `other` holds services that have nothing in common, so it is no family to count. */
function familiesOf(grants: readonly Grant[]): Set<Family> {
  return new Set(grants.map(({ family }) => family).filter((family) => family !== "other"));
}

function held(power: Power, because: string, grants: readonly Grant[]): readonly Held[] {
  const verdict = some(grants.map((grant) => grant.verdict));
  if (verdict === "no") return [];
  const deciding = grants.filter((grant) => grant.verdict === verdict);
  return [{ power, verdict, breadth: widest(deciding), because, grants: deciding }];
}

function isManaging({ plane, access, breadth }: Grant): boolean {
  return plane === "control" && changes.has(access) && breadth !== "resource";
}

function isSensitive({ plane, access, breadth, family }: Grant): boolean {
  return plane === "data" && access === "read" && breadth !== "resource" && sensitive.has(family);
}

function isReading({ access }: Grant): boolean {
  return access === "list" || access === "read";
}

function isWide({ breadth }: Grant): boolean {
  return wideBreadths.has(breadth);
}

const order: readonly Breadth[] = ["resource", "group", "account", "organization"];

function widest(grants: readonly Grant[]): Breadth {
  return (
    order[grants.reduce((most, { breadth }) => Math.max(most, order.indexOf(breadth)), 0)] ??
    "resource"
  );
}
