import type { EstateIndex } from "../../../src/model/estate.ts";
import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { evaluateCel, isUndecided, undecided, type CelFacts, type CelValue } from "./cel.ts";
import { parseCel, type Cel } from "./cel-parser.ts";
import type { CelFlaw } from "./cel-lexer.ts";
import { attributesOf, chainOf, type Places } from "./resources.ts";
import { worldOf } from "./world.ts";

/** What a condition says of one request. */
export interface ConditionResult {
  readonly verdict: PermissionVerdict;
  /** What it hangs on when it is undecided. */
  readonly open: readonly string[];
}

export interface ConditionRequest {
  readonly permission: string;
  readonly resource: string;
  /** Anything below the resource is meant too: its own attributes do not decide. */
  readonly below?: boolean;
  /** Role that a setIamPolicy call changes; absent = the caller's choice. */
  readonly changes: string | undefined;
}

const parsed = new Map<string, Cel | CelFlaw>();
/** Distinct conditions that are kept parsed. */
const maxParsed = 5_000;

export function parseOnce(expression: string): Cel | CelFlaw {
  const cached = parsed.get(expression);
  if (cached) return cached;
  const tree = parseCel(expression);
  if (parsed.size < maxParsed) parsed.set(expression, tree);
  return tree;
}

/** Three-valued: what is not known, not CEL, or outside the subset leaves it open. */
export function holds(
  expression: string | undefined,
  request: ConditionRequest,
  estate: EstateIndex,
): ConditionResult {
  if (expression === undefined) return { verdict: "yes", open: [] };
  const tree = parseOnce(expression);
  if ("flaw" in tree) {
    return { verdict: "maybe", open: [`${tree.flaw} at character ${tree.at + 1}`] };
  }
  const names = namesOf(request, worldOf(estate).places);
  const read = (beside: readonly string[]): ConditionResult =>
    agreed(
      names.map((name) => resultOf(evaluateCel(tree, factsOf(request, estate, { beside, name })))),
    );
  const alone = read([]);
  if (alone.verdict === "yes" || !changesRoles(request)) return alone;
  const together = read([anyOtherRole]);
  return together.verdict === "no" ? alone : together;
}

/** A project is named by its id or its number, which conditions on other resources tell apart from neither. */
function namesOf({ permission, resource }: ConditionRequest, { numbers }: Places) {
  if (!permission.startsWith("resourcemanager.projects.")) return [undefined];
  const own = [...numbers].filter(([, id]) => resource === `projects/${id}`);
  return own.length === 0 ? [undefined] : [resource, ...own.map(([each]) => `projects/${each}`)];
}

function agreed(results: readonly ConditionResult[]): ConditionResult {
  const [first, ...others] = results;
  if (first && others.every(({ verdict }) => verdict === first.verdict)) return first;
  return { verdict: "maybe", open: ["resource.name"] };
}

/** One call may change more roles than the one that is asked about, which a negated list of roles lets through. */
const anyOtherRole = "another role";

function changesRoles({ permission, changes }: ConditionRequest): boolean {
  return changes !== undefined && permission.endsWith(".setIamPolicy");
}

function resultOf(value: CelValue): ConditionResult {
  if (typeof value === "boolean") return { verdict: value ? "yes" : "no", open: [] };
  const open = isUndecided(value) ? value.undecided : ["it gives no truth value"];
  return { verdict: "maybe", open: [...new Set(open)] };
}

function factsOf(
  request: ConditionRequest,
  estate: EstateIndex,
  { beside, name }: { readonly beside: readonly string[]; readonly name: string | undefined },
): CelFacts {
  const { places } = worldOf(estate);
  const attributes = request.below === true ? undefined : attributesOf(request.resource, places);
  const now = estate.startedAt === undefined ? Number.NaN : Date.parse(estate.startedAt);
  const table: Readonly<Record<string, CelValue | undefined>> = {
    "request.time": Number.isNaN(now) ? undefined : { time: now },
    "resource.name": name ?? attributes?.name,
    "resource.type": attributes?.type,
    "resource.service": attributes?.service,
  };
  return {
    attribute: (path) => (Object.hasOwn(table, path) ? table[path] : undefined) ?? undecided(path),
    call: (path, args) =>
      path === "api.getAttribute"
        ? apiAttribute(args, request, beside)
        : callOf(path, args, request, estate),
  };
}

function callOf(
  path: string,
  args: readonly CelValue[],
  request: ConditionRequest,
  estate: EstateIndex,
): CelValue {
  const [first, second] = args;
  if (typeof first !== "string") return undecided(`${path}()`);
  if (path === "resource.matchTag" && typeof second === "string") {
    return tagged(request, estate, first, second);
  }
  if (path === "resource.hasTagKey") return tagged(request, estate, first, undefined);
  if (path === "resource.matchTagId" || path === "resource.hasTagKeyId") {
    return untagged(request, estate) ? false : undecided(`${path}()`);
  }
  return undecided(`${path}()`);
}

/** Calls that change no policy carry no roles, so the default of the condition stands. */
function apiAttribute(
  [name, fallback]: readonly CelValue[],
  { permission, changes }: ConditionRequest,
  beside: readonly string[],
): CelValue {
  if (name !== "iam.googleapis.com/modifiedGrantsByRole") return undecided("api.getAttribute()");
  if (!permission.endsWith(".setIamPolicy")) return fallback ?? [];
  return changes === undefined ? undecided("api.getAttribute") : [changes, ...beside];
}

/** A tag of the resource itself or the nearest ancestor that has its key; no value = any. */
function tagged(
  { resource }: ConditionRequest,
  estate: EstateIndex,
  key: string,
  value: string | undefined,
): CelValue {
  for (const tags of levelsOf(resource, estate)) {
    if (tags === null) return undecided("tags that were not read");
    const own = tags[key];
    if (own !== undefined) return value === undefined || own === value;
  }
  return false;
}

function untagged({ resource }: ConditionRequest, estate: EstateIndex): boolean {
  return levelsOf(resource, estate).every(
    (tags) => tags !== null && Object.keys(tags).length === 0,
  );
}

/** Tags per level, nearest first; places whose tags were not read are `null`, resources in them have none of their own. */
function levelsOf(
  resource: string,
  estate: EstateIndex,
): readonly (Readonly<Record<string, string>> | null)[] {
  if (!estate.paths) return [null];
  const { tags } = estate.paths;
  return chainOf(resource, worldOf(estate).places).map((place) => {
    const own = tags.get(place);
    return own === undefined ? (place.split("/").length > 2 ? {} : null) : own;
  });
}
