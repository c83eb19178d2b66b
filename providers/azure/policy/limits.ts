import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState } from "../../../src/model/identity.ts";
import { bodyOf } from "./bodies.ts";
import { positionOf, through } from "./held.ts";
import { unreadGroups } from "./decide.ts";

/** Operations of the identity reader whose loss leaves something open. */
const lists: readonly (readonly [RegExp, LimitState["layer"], string])[] = [
  [/roleassignments?/i, "grant", "role assignments of the subscription could not be read"],
  [/denyassignments?/i, "deny", "deny assignments of the subscription could not be read"],
];

/** What bears on the identity, read or not. */
export function limitsOf(identity: Identity, estate: EstateIndex): readonly LimitState[] {
  const { assignments, denials, missing } = positionOf(identity, estate);
  const gaps = estate.gaps.get(`azure/${identity.scope}`) ?? [];
  return [
    ...denials.map((id): LimitState => ({
      layer: "deny",
      id,
      state: "read",
      detail: `deny assignment ${id}`,
    })),
    ...missing.map((id): LimitState => unread("grant", id, `${id} could not be read`)),
    ...assignments.flatMap(({ permissions, body, policy }) =>
      permissions
        ? []
        : [unread("grant", policy, `role definition ${body.definition} could not be read`)],
    ),
    ...groupsUnread(identity, estate),
    ...directoryUnread(identity, estate),
    ...lists.flatMap(([call, layer, detail]) =>
      gaps.some((gap) => call.test(gap.call)) ? [unread(layer, detail, detail)] : [],
    ),
  ];
}

function groupsUnread({ id, policies }: Identity, { paths }: EstateIndex): LimitState[] {
  const open = policies.some(
    ({ via }) =>
      via.includes(through) && paths?.memberships.get(via.split(through)[0] ?? id) === null,
  );
  return open ? [unread("grant", "groups", unreadGroups)] : [];
}

function directoryUnread({ policies }: Identity, estate: EstateIndex): LimitState[] {
  return policies.flatMap(({ policy }) => {
    const body = bodyOf(estate.policies.get(policy)?.body);
    const open = body?.kind === "directory" && (body.appRoles === null || body.roles === null);
    return open ? [unread("grant", policy, "roles in the directory could not be read")] : [];
  });
}

function unread(layer: LimitState["layer"], id: string, detail: string): LimitState {
  return { layer, id, state: "unread", detail };
}
