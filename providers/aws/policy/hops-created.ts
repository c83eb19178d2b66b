import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { together } from "./combine.ts";
import { decide } from "./decide.ts";
import type { IdentityRule } from "./escalations.ts";
import { credentialOf, withGrant, withoutBoundary, writes } from "./rewrites.ts";
import { mayAssume } from "./trust.ts";
import { statementsOf, valuesOf, witnesses } from "./witness.ts";

/** A role or user that does not exist yet: created, given rights, and become. */
export function createdHops(rule: IdentityRule, caller: Identity, estate: EstateIndex): Hop[] {
  return tagsFor(caller, estate).flatMap((tags) => createdWith(tags, rule, caller, estate));
}

type Tags = Readonly<Record<string, string>>;

/** A thing that is created has no tags, or those that a policy of the caller asks for. */
function tagsFor(caller: Identity, estate: EstateIndex): readonly Tags[] {
  const asked: Record<string, string> = {};
  for (const { conditions } of statementsOf(caller, estate)) {
    for (const { key, values } of conditions) {
      const name = /:resourcetag\/(.+)$/.exec(key)?.[1];
      if (name !== undefined && values[0] !== undefined) asked[name] ??= values[0];
    }
  }
  return Object.keys(asked).length === 0 ? [{}] : [{}, asked];
}

function createdWith(tags: Tags, rule: IdentityRule, caller: Identity, given: EstateIndex): Hop[] {
  const [create = "", write = ""] = rule.actions;
  const kind = rule.effect === "create-role" ? "role" : "user";
  const boundaries = [null, ...valuesOf(caller, "iam:permissionsboundary", given)];
  const hops: Hop[] = [];
  for (const id of witnesses(caller, `iam:${kind}/{name}`, given)) {
    if (given.identities.has(id)) continue;
    const estate = withTags(id, tags, caller, given);
    const tagged = tagging(tags, kind, id, caller, estate);
    for (const boundary of boundaries) {
      const facts = { "iam:PermissionsBoundary": boundary };
      const made = decide(caller, create, id, estate, facts);
      if (made.verdict === "no") continue;
      const empty = blank(id, kind, caller, boundary);
      const become =
        kind === "role"
          ? mayAssume(caller, empty, estate, true)
          : credentialOf(caller, empty, estate);
      for (const [grant, written] of writes(write, caller, id, empty, estate, boundary)) {
        const decision = together([...tagged, made, written, become]);
        if (decision.verdict === "no") continue;
        const to = withGrant(empty, grant);
        hops.push({ rule: rule.id, title: rule.title, to, decision, rewritten: true });
        if (boundary !== null) {
          const dropped = dropping(kind, caller, id, boundary, estate);
          hops.push({
            rule: rule.id,
            title: rule.title,
            to: withoutBoundary(to),
            decision: together([decision, dropped]),
            rewritten: true,
          });
        }
      }
    }
  }
  return hops;
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

/** The tags that count for a new thing: its own and the caller's. */
function withTags(
  id: string,
  tags: Tags,
  { id: caller }: Identity,
  estate: EstateIndex,
): EstateIndex {
  const { paths } = estate;
  if (!paths) return estate;
  const own = paths.tags.get(caller);
  const known = new Map([[id, tags], ...(own === undefined ? [] : [[caller, own] as const])]);
  return { ...estate, paths: { ...paths, tags: known } };
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
  kind: "role" | "user",
  caller: Identity,
  id: string,
  boundary: string,
  estate: EstateIndex,
): Decision {
  const action =
    kind === "role" ? "iam:DeleteRolePermissionsBoundary" : "iam:DeleteUserPermissionsBoundary";
  return decide(caller, action, id, estate, { "iam:PermissionsBoundary": boundary });
}
