import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState } from "../../../src/model/identity.ts";
import { denialsAt } from "./denials.ts";
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
        ? `the dynamic group that ${ref} names was not read: identity domains ${domains.join(", ")} of ${world.tenancy} are not supported`
        : `the dynamic group that ${ref} names was not read`,
  }));
}

/**
 * Denials act only in a tenancy that has opted in, which no list shows.
 * https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/denypolicies.htm
 */
function denyLimits({ certain, possible, tenancy: { world } }: View): LimitState[] {
  if (world.denyEnabled !== null) return [];
  const rights = new Map(certain.grants.map((grant) => [grant.ref, grant.rights.length]));
  const touched = possible.grants.some(
    (grant) =>
      denialsAt(possible.denials, grant.spot, world).length > 0 &&
      rights.get(grant.ref) !== grant.rights.length,
  );
  return touched
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
