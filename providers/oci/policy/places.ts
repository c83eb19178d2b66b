import type { Location, Place, Statement } from "./tree.ts";
import type { OciWorld } from "./world.ts";

/** Where a statement acts: a compartment of the tenancy, or another tenancy. */
export interface Spot {
  /** OCID of a compartment or tenancy, or `any-tenancy`. */
  readonly id: string;
  readonly foreign: boolean;
}

const deepest = 64;

/** The compartment and all above it, up to the tenancy. */
export function chainOf(world: OciWorld, compartment: string): readonly string[] {
  const chain: string[] = [];
  let at = compartment;
  while (at !== world.tenancy && !chain.includes(at) && chain.length < deepest) {
    chain.push(at);
    at = world.compartments.get(at)?.parent ?? world.tenancy;
  }
  return [...chain, world.tenancy];
}

export function covers(world: OciWorld, outer: Spot, inner: Spot): boolean {
  if (outer.foreign || inner.foreign) {
    return outer.foreign && inner.foreign && (outer.id === "any-tenancy" || outer.id === inner.id);
  }
  return chainOf(world, inner.id).includes(outer.id);
}

/** Undefined for a compartment that does not exist there. */
export function locate(world: OciWorld, location: Location, attachedTo: string): Spot | undefined {
  if (location.kind === "tenancy") return { id: world.tenancy, foreign: false };
  const id = "ocid" in location ? location.ocid : follow(world, location.path, attachedTo);
  return id === undefined ? undefined : { id, foreign: false };
}

/** A path starts below the compartment that holds the policy, or with its own name. */
function follow(world: OciWorld, path: readonly string[], attachedTo: string): string | undefined {
  const below = descend(world, path, attachedTo);
  if (below !== undefined) return below;
  const own = world.compartments.get(attachedTo)?.name;
  return own !== undefined && same(own, path[0])
    ? descend(world, path.slice(1), attachedTo)
    : undefined;
}

function descend(world: OciWorld, path: readonly string[], from: string): string | undefined {
  let at: string | undefined = from;
  for (const step of path) {
    const parent: string | undefined = at;
    at = [...world.compartments].find(
      ([, { name, parent: above }]) => above === parent && same(name, step),
    )?.[0];
    if (at === undefined) return undefined;
  }
  return at;
}

/** The side of an endorsement that lies elsewhere; undefined when both are the own tenancy. */
export function locateEndorsed(
  world: OciWorld,
  places: readonly Place[],
  defined: readonly Statement[],
): Spot | undefined {
  return places.flatMap((place) => {
    if (place.kind === "any-tenancy") return [{ id: "any-tenancy", foreign: true }];
    const name = "of" in place ? place.of : "name" in place ? place.name : undefined;
    if (name === undefined) return [];
    const id = definedAs(defined, "tenancy", name) ?? name;
    return id === world.tenancy ? [] : [{ id, foreign: true }];
  })[0];
}

/** The OCID that a `define` gives a name. */
export function definedAs(
  defined: readonly Statement[],
  what: string,
  name: string,
): string | undefined {
  return defined.flatMap((statement) =>
    statement.kind === "define" && statement.what === what && same(statement.name, name)
      ? [statement.ocid]
      : [],
  )[0];
}

/** Names of one tenancy differ in more than case. */
export function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase();
}
