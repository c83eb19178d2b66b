import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState } from "../../../src/model/identity.ts";
import { bodyOf } from "./bodies.ts";
import { positionOf, through } from "./held.ts";
import { unreadGroups } from "./decide.ts";

export const unaskedDirectory =
  "Roles in the directory and application roles of Microsoft Graph are not asked for (unsupported) and may give more";
const mayGiveMore = "could not be read: roles of the directory or of Microsoft Graph may give more";
const latent = "eligible, not in force: a managed identity cannot activate it";

/** What bears on the identity, read or not. */
export function limitsOf(identity: Identity, estate: EstateIndex): readonly LimitState[] {
  const { assignments, denials, missing } = positionOf(identity, estate);
  const own = new Set(identity.policies.map(({ policy }) => policy));
  return [
    // Those of other subscriptions bear on what it does there, and are no limit of its own.
    ...denials
      .filter((id) => own.has(id))
      .map((id): LimitState => ({
        layer: "deny",
        id,
        state: "read",
        detail: `deny assignment ${id}`,
      })),
    ...missing.map(({ layer, policy }) => {
      const name = policy.replace(/^unread /, "");
      return unread(layer === "grant" ? "grant" : "deny", policy, `${name} could not be read`);
    }),
    ...assignments.flatMap(({ body, policy }): LimitState[] =>
      body.eligible
        ? [{ layer: "grant", id: policy, state: "read", detail: `${policy}: ${latent}` }]
        : [],
    ),
    ...assignments.flatMap(({ permissions, body, policy }) =>
      permissions || body.eligible
        ? []
        : [unread("grant", policy, `role definition ${body.definition} could not be read`)],
    ),
    ...groupsUnread(identity, estate),
    ...directoryUnread(identity, estate),
  ];
}

function groupsUnread({ id, policies }: Identity, { paths }: EstateIndex): LimitState[] {
  const open = policies.some(
    ({ via }) =>
      via.includes(through) && paths?.memberships.get(via.split(through)[0] ?? id) === null,
  );
  return open ? [unread("grant", "groups", unreadGroups)] : [];
}

/** Roles of the directory are Microsoft Graph's to tell; those that no document tells were not asked for. */
function directoryUnread({ id, policies }: Identity, estate: EstateIndex): LimitState[] {
  const told = policies.flatMap(({ policy }) => {
    const body = bodyOf(estate.policies.get(policy)?.body);
    return body?.kind === "directory" ? [{ policy, body }] : [];
  });
  if (told.length === 0) {
    const layer = "grant";
    return [{ layer, id: `directory ${id}`, state: "unsupported", detail: unaskedDirectory }];
  }
  const open = told.filter(({ body }) => body.appRoles === null || body.roles === null);
  const calls = new Set(told.flatMap(({ body }) => body.unread));
  return [
    ...open.map(({ policy }) =>
      unread("grant", policy, "roles in the directory could not be read"),
    ),
    ...Array.from(calls, (call) => unread("directory", call, `${call} ${mayGiveMore}`)),
  ];
}

function unread(layer: LimitState["layer"], id: string, detail: string): LimitState {
  return { layer, id, state: "unread", detail };
}
