import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { isObject } from "../../reader.ts";
import { anyRole, isGained, withAssignment, withRewritten } from "./added.ts";
import { assignmentFacts, leadingRoles, recipientsOf, rolesAsked } from "./choices.ts";
import { best, known, together } from "./combine.ts";
import { decide, mayHold } from "./decide.ts";
import { ownRules } from "./escalations.ts";
import { definitionId, positionOf } from "./held.ts";
import { normal } from "./scopes.ts";
import { subscriptionsOf } from "./subscriptions.ts";

/** A role id that no condition names: what holds for it holds for every role. */
const unnamed = "00000000-0000-0000-0000-0000000000ff";

/** Roles that the identity may assign itself. */
export function* assignmentHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const { id, title, actions } = ownRules.assign;
  const [action] = actions;
  if (!mayHold(identity, action, estate)) return;
  const recipients = recipientsOf(positionOf(identity, estate).personas, estate);
  for (const scope of scopesOf(identity, estate)) {
    if (decide(identity, action, scope, estate).verdict === "no") continue;
    const asks = (role: string): Decision =>
      best(
        recipients.map((recipient) =>
          together([
            decide(identity, action, scope, estate, assignmentFacts(role, recipient)),
            known(
              recipient.known,
              `membership of ${recipient.principal ?? "a group that could not be read"}`,
            ),
          ]),
        ),
      );
    for (const [role, decision] of rolesFor(identity, asks, estate)) {
      const to = withAssignment(identity, identity.id, role, scope);
      yield { rule: id, title, to, decision, rewritten: true };
    }
  }
}

type Asks = (role: string) => Decision;

/** Everything at once where no role is left out, else each role that may be assigned. */
function rolesFor(
  identity: Identity,
  asks: Asks,
  estate: EstateIndex,
): readonly (readonly [string, Decision])[] {
  const any = asks(unnamed);
  const { owner, contributor, userAccessAdministrator, rbacAdministrator } = leadingRoles;
  const all = together([any, asks(owner)]);
  if (all.verdict === "yes") return [[anyRole, all]];
  const leads = [owner, userAccessAdministrator, rbacAdministrator].map(asks);
  // The form that leaves out the privileged roles leaves out what leads on, whichever of them it lists.
  const spares = any.verdict === "yes" && leads.every(({ verdict }) => verdict === "no");
  return rolesAsked(identity, estate)
    .filter((role) => !(spares && role === contributor))
    .map((role) => [role, asks(role)] as const);
}

/** Where assignments can be written: where the identity holds some itself, and around what it could reach. */
function scopesOf(identity: Identity, estate: EstateIndex): readonly string[] {
  const { assignments } = positionOf(identity, estate);
  const groups = (estate.paths?.holders ?? []).flatMap(
    ({ id }) => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(normal(id)) ?? [],
  );
  return [
    ...new Set([
      ...subscriptionsOf(identity, estate).map(normal),
      ...assignments.map(({ body }) => normal(body.scope)),
      ...groups,
    ]),
  ];
}

/** Custom roles of the identity that it may rewrite, in every scope where they can be assigned. */
export function* definitionHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const { id, title, actions } = ownRules.define;
  const [action] = actions;
  const { assignments } = positionOf(identity, estate);
  for (const { policy, persona, body, member } of assignments) {
    const definition = estate.policies.get(definitionId(body.definition))?.body;
    if (body.eligible || isGained(policy) || !isObject(definition) || definition["custom"] !== true)
      continue;
    const listed = definition["assignableScopes"];
    const scopes = Array.isArray(listed) && listed.length > 0 ? listed.map(String) : [body.scope];
    const decision = together([
      known(member, `membership of ${body.principalId}`),
      ...scopes.map((scope) => decide(identity, action, scope, estate)),
    ]);
    const to = withRewritten(identity, persona, policy);
    yield { rule: id, title, to, decision, rewritten: true };
  }
}
