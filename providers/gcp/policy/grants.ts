import type { EstateIndex } from "../../../src/model/estate.ts";
import {
  families,
  type Breadth,
  type Family,
  type Grant,
  type Identity,
  type PermissionVerdict,
} from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import { holds } from "./conditions.ts";
import { auditedProjects } from "./decide.ts";
import { familyOf, wholeFamilies } from "./families.ts";
import { layersOf, type Layers, type OwnBinding } from "./layers.ts";
import { levelOf, type Level } from "./levels.ts";
import { limitsOn } from "./limits.ts";
import { chainOf } from "./resources.ts";

/** One record for each kind of permission in each binding that covers the identity; the role's name stands for its permissions. */
export function grantsOf(identity: Identity, estate: EstateIndex): readonly Grant[] {
  const layers = layersOf(identity, estate);
  const projects = auditedProjects(identity, estate);
  const chains = projects.map((project) => chainOf(project, layers.world.places));
  return layers.bindings.flatMap((binding) => {
    const place = placeOf(binding.resource, projects, chains, layers);
    return place === undefined ? [] : grantsThrough(binding, place, layers, estate);
  });
}

/** Where the limits on a binding are asked: below it in the audited project. `undefined` = it gives nothing there. */
function placeOf(
  resource: string,
  projects: readonly string[],
  chains: readonly (readonly string[])[],
  { world }: Layers,
): string | undefined {
  const below = chains.findIndex((chain) => chain.includes(resource));
  if (below !== -1) return projects[below];
  const chain = chainOf(resource, world.places);
  if (chain.some((place) => projects.includes(place))) return resource;
  // What lies in a project that is not audited gives nothing there; a name without a project may be anywhere.
  return chain.some((place) => /^(?:projects|folders|organizations)\/[^/]+$/.test(place))
    ? undefined
    : resource;
}

interface Cell extends Level {
  readonly family: Family;
  readonly verdict: PermissionVerdict;
  permissions: string[];
}

function grantsThrough(
  binding: OwnBinding,
  place: string,
  layers: Layers,
  estate: EstateIndex,
): Grant[] {
  const permissions = binding.everything
    ? ["iam.roles.update"]
    : [...(layers.world.roles.get(binding.role) ?? [])];
  const shape = shapeOf(binding, estate);
  const cells = new Map<string, Cell>();
  const limited = isLimited(place, layers);
  const shared = limited ? undefined : leftOf(permissions[0] ?? "", place, layers, estate);
  for (const permission of permissions) {
    const left = shared ?? leftOf(permission, place, layers, estate);
    const verdict = every([left, binding.member, shape(permission).verdict]);
    if (verdict === "no") continue;
    const level = levelOf(permission, binding.role);
    const family = familyOf(permission);
    const key = `${level.plane} ${level.access} ${family} ${verdict}`;
    const cell = cells.get(key);
    if (cell) cell.permissions.push(permission);
    else cells.set(key, { ...level, family, verdict, permissions: [permission] });
  }
  const whole = wholeOf(new Set([...cells.values()].flatMap((cell) => cell.permissions)));
  return [...cells.values()].map((cell) =>
    grantOf(cell, binding, shape(cell.permissions[0] ?? ""), whole),
  );
}

function grantOf(cell: Cell, binding: OwnBinding, shape: Shape, whole: ReadonlySet<Family>): Grant {
  const { plane, access, family, verdict, permissions } = cell;
  return {
    plane,
    access,
    family,
    breadth: shape.breadth,
    condition: shape.condition,
    verdict,
    action: permissions.length === 1 ? (permissions[0] ?? binding.role) : binding.role,
    resource: binding.resource,
    via: [binding.ref.slice(0, binding.ref.lastIndexOf("#"))],
    raw: [binding.ref],
    actions: permissions.length,
    wholeFamily: whole.has(family),
  };
}

/** Families of which a service is held as a whole. */
function wholeOf(held: ReadonlySet<string>): ReadonlySet<Family> {
  return new Set(
    families.filter((family) =>
      (wholeFamilies[family] ?? []).some((markers) => markers.every((each) => held.has(each))),
    ),
  );
}

function isLimited(place: string, { scopes, supposed, boundaries, world }: Layers): boolean {
  return (
    scopes.length > 0 ||
    supposed.only !== undefined ||
    boundaries.length > 0 ||
    chainOf(place, world.places).some((each) => (world.denies.get(each)?.length ?? 0) > 0)
  );
}

/** Limits that were not read are named once for the whole identity, not with each grant. */
function leftOf(
  permission: string,
  resource: string,
  layers: Layers,
  estate: EstateIndex,
): PermissionVerdict {
  const request = { permission, resource, changes: undefined };
  return every(limitsOn(request, layers, estate).map(({ verdict }) => verdict));
}

interface Shape {
  readonly verdict: PermissionVerdict;
  readonly breadth: Breadth;
  readonly condition: Grant["condition"];
}

/** What the condition of a binding leaves of it; computed for calls that change rights and for the rest. */
function shapeOf(binding: OwnBinding, estate: EstateIndex): (permission: string) => Shape {
  const plain = shapeFor("any.thing.get", binding, estate);
  const rights = shapeFor("any.thing.setIamPolicy", binding, estate);
  return (permission) => (permission.endsWith(".setIamPolicy") ? rights : plain);
}

function shapeFor(permission: string, binding: OwnBinding, estate: EstateIndex): Shape {
  const { resource, condition } = binding;
  const own = breadthOf(resource);
  if (condition === undefined) return { verdict: "yes", breadth: own, condition: "none" };
  const below = own !== "resource";
  const { verdict, open } = holds(
    condition,
    { permission, resource, below, changes: undefined },
    estate,
  );
  if (verdict !== "maybe") return { verdict, breadth: own, condition: "workload-bound" };
  const chosen = open.every((each) => /^resource\.(?:name|type|service)$|^api\./.test(each));
  const breadth = below && open.includes("resource.name") ? "group" : own;
  return chosen
    ? { verdict: "yes", breadth, condition: "caller-satisfiable" }
    : { verdict, breadth, condition: "unknown" };
}

function breadthOf(resource: string): Breadth {
  if (/^(?:folders|organizations)\/[^/]+$/.test(resource)) return "organization";
  return /^projects\/[^/]+$/.test(resource) ? "account" : "resource";
}
