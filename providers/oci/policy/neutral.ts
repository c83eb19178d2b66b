import type { EstateIndex } from "../../../src/model/estate.ts";
import type {
  Breadth,
  Family,
  Grant,
  Identity,
  PermissionVerdict,
} from "../../../src/model/identity.ts";
import type { OciGrant } from "./grants.ts";
import { familyOf, levelOf, type Level } from "./levels.ts";
import { isFamily, type Right } from "./verbs.ts";
import type { Condition } from "./tree.ts";
import { viewOf, type View } from "./view.ts";

const known = new WeakMap<View, readonly Grant[]>();

/** One record for each kind of permission in each statement; the verb and type stand for their permissions. */
export function neutralGrants(identity: Identity, estate: EstateIndex): readonly Grant[] {
  const view = viewOf(identity, estate);
  const found = known.get(view) ?? view.possible.grants.flatMap((grant) => cellsOf(grant, view));
  known.set(view, found);
  return found;
}

interface Cell extends Level {
  readonly family: Family;
  readonly verdict: PermissionVerdict;
  readonly rights: Right[];
}

function cellsOf(grant: OciGrant, view: View): Grant[] {
  const certain = view.certain.grants.find(({ ref }) => ref === grant.ref);
  const sure = new Set((certain?.rights ?? []).map(nameOf));
  const cells = new Map<string, Cell>();
  for (const right of grant.rights) {
    const level = levelOf(right);
    const family = familyOf(right.type);
    const verdict = !grant.spot.foreign && sure.has(nameOf(right)) ? "yes" : "maybe";
    const key = `${level.plane} ${level.access} ${family} ${verdict}`;
    const cell = cells.get(key) ?? { ...level, family, verdict, rights: [] };
    cell.rights.push(right);
    cells.set(key, cell);
  }
  return [...cells.values()].map((cell) => grantOf(cell, grant, view));
}

function nameOf({ type, permission, verb }: Right): string {
  return `${type} ${permission ?? verb}`;
}

function grantOf(cell: Cell, grant: OciGrant, { tenancy: { world } }: View): Grant {
  const { plane, access, family, verdict, rights } = cell;
  const { spot, action, ref, where } = grant;
  const own: Breadth = spot.id === world.tenancy ? "account" : "group";
  const written =
    action.kind === "verb" ? `${action.verb} ${action.resource}` : (rights[0]?.permission ?? "?");
  return {
    plane,
    access,
    family,
    breadth: narrowing(where) ?? own,
    condition: conditionOf(where, verdict),
    verdict,
    action: written,
    resource: placeOf(grant, world.tenancy),
    via: [ref.slice(0, ref.lastIndexOf("#"))],
    raw: [ref],
    actions: rights.length,
    wholeFamily: isWhole(grant),
  };
}

function placeOf({ spot }: OciGrant, tenancy: string): string {
  if (spot.foreign) return `tenancy ${spot.id}`;
  return spot.id === tenancy ? "tenancy" : `compartment ${spot.id}`;
}

function isWhole({ action, whole, subset, spot }: OciGrant): boolean {
  return (
    whole &&
    !subset &&
    !spot.foreign &&
    action.kind === "verb" &&
    action.verb === "manage" &&
    (action.resource === "all-resources" || isFamily(action.resource))
  );
}

function conditionOf(where: Condition | undefined, verdict: PermissionVerdict): Grant["condition"] {
  if (!where) return "none";
  if (verdict === "maybe") return "unknown";
  return variablesIn(where).every((name) => /^request\.(?:principal|utc)/.test(name))
    ? "workload-bound"
    : "caller-satisfiable";
}

function variablesIn(condition: Condition): string[] {
  if (condition.kind === "any" || condition.kind === "all")
    return condition.of.flatMap(variablesIn);
  return "variable" in condition ? [condition.variable] : [];
}

/** What a condition leaves of the targets: one, a group of them, or all. */
function narrowing(condition: Condition | undefined): "resource" | "group" | undefined {
  if (condition?.kind === "any" || condition?.kind === "all") {
    const parts = condition.of.map(narrowing);
    const wanted = condition.kind === "all" ? "resource" : "group";
    const open = parts.filter((part) => part !== undefined);
    if (condition.kind === "any" && open.length < parts.length) return undefined;
    return open.includes(wanted) ? wanted : open[0];
  }
  return condition?.kind === "compare" && condition.operator === "="
    ? narrowedBy(condition)
    : undefined;
}

function narrowedBy({
  variable,
  value,
}: Extract<Condition, { kind: "compare" }>): "resource" | "group" | undefined {
  if (!variable.startsWith("target.")) return undefined;
  const single = /^target\.(?!compartment\.).*\.(?:id|name)$/.test(variable);
  return single && value.kind !== "pattern" ? "resource" : "group";
}
