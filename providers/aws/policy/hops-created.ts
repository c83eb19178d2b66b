import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { best, together } from "./combine.ts";
import { decide } from "./decide.ts";
import type { IdentityRule } from "./escalations.ts";
import { passingTo } from "./hops-services.ts";
import { boundariesFor, credentialOf, withGrant, withoutBoundary, writes } from "./rewrites.ts";
import { mayAssume } from "./trust.ts";
import { tagsFor, withTags, type Tags } from "./new-tags.ts";
import { witnesses } from "./witness.ts";

/** A role or user that does not exist yet: created, given rights, and become. */
export function createdHops(rule: IdentityRule, caller: Identity, estate: EstateIndex): Hop[] {
  const [create = ""] = rule.actions;
  const kind = rule.effect === "create-role" ? "role" : "user";
  const boundaries = [[null, "yes"] as const, ...boundariesFor(caller, estate)];
  return tagsFor(caller, estate).flatMap((tags) =>
    witnesses(caller, `iam:${kind}/{name}`, estate).flatMap((id) => {
      if (estate.identities.has(id)) return [];
      const view = withTags(id, tags, caller, estate);
      const tagged = tagging(tags, kind, id, caller, view);
      return boundaries.flatMap(([boundary, known]) => {
        const facts = { "iam:PermissionsBoundary": boundary };
        const made = together([decide(caller, create, id, view, facts), ...tagged]);
        if (made.verdict === "no") return [];
        const empty = blank(id, kind, caller, boundary);
        return filled(rule, caller, empty, made, [boundary, known], view);
      });
    }),
  );
}

/** The new identity with each set of rights that it can be given, also past the boundary it is created with. */
function filled(
  { id: rule, title, actions: [, write = ""] }: IdentityRule,
  caller: Identity,
  empty: Identity,
  made: Decision,
  [boundary, known]: readonly [policy: string | null, known: "yes" | "maybe"],
  estate: EstateIndex,
): Hop[] {
  const given = writes(write, caller, empty.id, empty, estate, boundary).filter(
    ([, written]) => written.verdict !== "no",
  );
  if (given.length === 0) return [];
  const become =
    empty.kind === "role"
      ? becomingNew(caller, empty, estate)
      : credentialOf(caller, empty, estate);
  return given.flatMap(([grant, written]) => {
    const decision = together([made, written, become]);
    if (decision.verdict === "no") return [];
    const to = withGrant(empty, grant);
    const hop = { rule, title, to, decision: together([decision], known), rewritten: true };
    if (boundary === null) return [hop];
    const dropped = together([decision, dropping(caller, empty, boundary, estate)]);
    return [hop, { ...hop, to: withoutBoundary(to), decision: dropped }];
  });
}

/** Through its trust, or as what a service runs. */
function becomingNew(caller: Identity, role: Identity, estate: EstateIndex): Decision {
  const assumed = mayAssume(caller, role, estate, true);
  return assumed.verdict === "yes" ? assumed : best([assumed, passingTo(role, caller, estate)]);
}

/** Tags at creation need a permission of their own. */
function tagging(
  tags: Tags,
  kind: "role" | "user",
  id: string,
  caller: Identity,
  estate: EstateIndex,
): readonly Decision[] {
  if (Object.keys(tags).length === 0) return [];
  return [decide(caller, kind === "role" ? "iam:TagRole" : "iam:TagUser", id, estate)];
}

function blank(
  id: string,
  kind: "role" | "user",
  caller: Identity,
  boundary: string | null,
): Identity {
  return {
    id,
    provider: caller.provider,
    scope: caller.scope,
    kind,
    name: id.slice(id.lastIndexOf("/") + 1),
    tags: {},
    policies: [
      ...caller.policies.filter(({ layer }) => layer === "organization"),
      ...(boundary === null ? [] : [{ policy: boundary, layer: "boundary" as const, via: id }]),
    ],
    source: { kind: "rule", id: "supposed" },
  };
}

function dropping(
  caller: Identity,
  { id, kind }: Identity,
  boundary: string,
  estate: EstateIndex,
): Decision {
  const action =
    kind === "role" ? "iam:DeleteRolePermissionsBoundary" : "iam:DeleteUserPermissionsBoundary";
  return decide(caller, action, id, estate, { "iam:PermissionsBoundary": boundary });
}
