import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState } from "../../../src/model/identity.ts";
import { denialsAt } from "./denials.ts";
import { meeting, type Scene } from "./paths.ts";
import { strengthOf } from "./power.ts";
import type { Strength } from "./world.ts";
import { throughUnread, viewOf, type View } from "./view.ts";

const known = new WeakMap<View, readonly LimitState[]>();

/** Statements that were not read, groups that may hold the identity, and denials that may not act. */
export function limitsOf(identity: Identity, estate: EstateIndex): readonly LimitState[] {
  const view = viewOf(identity, estate);
  const found = known.get(view) ?? limitsIn(view);
  known.set(view, found);
  return found;
}

function limitsIn(view: View): LimitState[] {
  const { tenancy } = view;
  const read: LimitState = {
    layer: "grant",
    id: tenancy.world.tenancy,
    state: "read",
    detail: `${tenancy.statements.length} policy statements of the tenancy`,
  };
  const unread = tenancy.unread.map(({ id, detail }): LimitState => ({
    layer: "grant",
    id,
    state: "unread",
    detail,
  }));
  return [read, ...unread, ...groupLimits(view), ...denyLimits(view)];
}

function groupLimits(view: View): LimitState[] {
  const { world, domains } = view.tenancy;
  return throughUnread(view).map((ref) => ({
    layer: "grant",
    id: ref,
    state: "unread",
    detail:
      domains.length > 0
        ? `the dynamic group that ${ref} names was not read: identity domains ${domains.join(", ")} of ${world.tenancy} did not tell theirs`
        : `the dynamic group that ${ref} names was not read`,
  }));
}

/**
 * Denials act only in a tenancy that has opted in, which no list shows.
 * https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
 */
function denyLimits({ certain, possible, tenancy: { world } }: View): LimitState[] {
  if (world.denyEnabled !== null || possible.denials.length === 0) return [];
  return touchesPower(certain, possible)
    ? [
        {
          layer: "deny",
          id: `${world.tenancy}#deny`,
          state: "unread",
          detail: "whether deny statements act in this tenancy was not read",
        },
      ]
    : [];
}

/** Whether the grants that denials may take away amount to more than the others. */
function touchesPower(certain: Scene, possible: Scene): boolean {
  const { world } = possible;
  const rights = new Map(certain.grants.map((grant) => [grant.ref, grant.rights.length]));
  const touched = possible.grants.some(
    (grant) =>
      denialsAt(possible.denials, grant.spot, world).length > 0 &&
      rights.get(grant.ref) !== grant.rights.length,
  );
  return (
    touched &&
    !isAdmin(certain) &&
    differ(strengthOf(certain.grants, world), strengthOf(possible.grants, world))
  );
}

/** Who writes the policies of the tenancy writes the denials away. */
function isAdmin(scene: Scene): boolean {
  const at = scene.world.tenancy;
  return (["POLICY_CREATE", "POLICY_UPDATE"] as const).some(
    (permission) => meeting(scene, scene.grants, { permission, at }).length > 0,
  );
}

function differ(a: Strength, b: Strength): boolean {
  return a.power !== b.power || a.breadth !== b.breadth;
}
