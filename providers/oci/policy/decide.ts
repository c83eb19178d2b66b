import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { OciGrant } from "./grants.ts";
import { limitsOf } from "./limits.ts";
import { meeting, type Need, type Scene } from "./paths.ts";
import { covers } from "./places.ts";
import type { KnownOperation } from "./requests.ts";
import { includesResource, isVerb, rank } from "./verbs.ts";
import { viewOf, type View } from "./view.ts";

/** API operations that a permission is asked for here. */
const operationFor: Readonly<Record<string, KnownOperation>> = {
  POLICY_CREATE: "CreatePolicy",
  POLICY_UPDATE: "UpdatePolicy",
};

/**
 * @param action `<verb> <resource type>`, or one permission in capitals
 * @param resource OCID of the compartment that it is asked in; `*` = the tenancy
 */
export function decide(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
): Decision {
  const view = viewOf(identity, estate);
  const at = resource === "*" ? view.tenancy.world.tenancy : resource;
  return decisionOf(identity, view, estate, action, (scene) => [grantsFor(scene, action, at)]);
}

/** Every need met by some grant; the first of each decides. */
export function decideNeeds(
  identity: Identity,
  needs: readonly Need[],
  estate: EstateIndex,
): Decision {
  const view = viewOf(identity, estate);
  const name = needs.map(({ permission }) => permission).join(" + ");
  return decisionOf(identity, view, estate, name, (scene) =>
    needs.map((need) => meeting(scene, scene.grants, need)),
  );
}

function decisionOf(
  identity: Identity,
  view: View,
  estate: EstateIndex,
  action: string,
  find: (scene: Scene) => readonly (readonly OciGrant[])[],
): Decision {
  const sure = firsts(find(view.certain));
  const found = sure ?? firsts(find(view.possible));
  const refs = [...new Set((found ?? []).map(({ ref }) => ref))];
  if (sure) {
    return {
      verdict: "yes",
      statements: refs,
      because: `${refs.join(", ")} allows ${action}`,
      assumptions: [],
    };
  }
  const unread = limitsOf(identity, estate).filter(({ state }) => state === "unread");
  if (found) {
    const conditions = refs.map((ref) => `what ${ref} depends on could not be decided`);
    return {
      verdict: "maybe",
      statements: refs,
      because: `${refs.join(", ")} may allow ${action}`,
      assumptions: [...unread.map(({ detail }) => detail), ...conditions],
    };
  }
  const open = unread.filter(({ layer }) => layer === "grant").map(({ detail }) => detail);
  return {
    verdict: open.length > 0 ? "maybe" : "no",
    statements: [],
    because: `no statement allows ${action}`,
    assumptions: open,
  };
}

/** Undefined when one list is empty. */
function firsts(lists: readonly (readonly OciGrant[])[]): readonly OciGrant[] | undefined {
  const found = lists.flatMap(([first]) => (first ? [first] : []));
  return found.length < lists.length ? undefined : found;
}

function grantsFor(scene: Scene, action: string, at: string): readonly OciGrant[] {
  const [verb = "", type = ""] = action.split(" ");
  if (!isVerb(verb)) {
    const operation = operationFor[action];
    return meeting(scene, scene.grants, {
      permission: action,
      at,
      ...(operation && { operation }),
    });
  }
  return scene.grants.filter(({ spot, whole, subset, action: given }) => {
    const here = !spot.foreign && covers(scene.world, spot, { id: at, foreign: false });
    if (!here || !whole || subset || given.kind !== "verb" || !isVerb(given.verb)) return false;
    return rank(given.verb) >= rank(verb) && includesResource(given.resource, type);
  });
}
