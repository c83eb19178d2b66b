import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { best, together } from "./combine.ts";
import { decide } from "./decide.ts";
import { accountOf } from "./facts.ts";
import { createdHops } from "./hops-created.ts";
import type { Effect, IdentityRule } from "./escalations.ts";
import {
  becoming,
  boundaryOf,
  credentialOf,
  passwordOf,
  readingOf,
  withGrant,
  withoutBoundary,
  withVersion,
  writes,
} from "./rewrites.ts";
import { allows } from "./mentions.ts";
import { namesOf } from "./sessions.ts";
import { administratorAccess, everything } from "./supposed.ts";
import { rolesTrusting, rolesUnread } from "./trust-index.ts";
import { mayAssume, trustsToken } from "./trust.ts";
import { valuesOf } from "./witness.ts";

type Finder = (
  rule: IdentityRule,
  caller: Identity,
  estate: EstateIndex,
) => readonly (readonly [to: Identity, decision: Decision, rewritten: boolean])[];

export function identityHops(
  rule: IdentityRule,
  caller: Identity,
  estate: EstateIndex,
): readonly Hop[] {
  if (rule.for !== undefined && rule.for !== caller.kind) return [];
  if (rule.effect === "create-role" || rule.effect === "create-user")
    return createdHops(rule, caller, estate);
  return finders[rule.effect](rule, caller, estate).map(([to, decision, rewritten]) => ({
    rule: rule.id,
    title: rule.title,
    to,
    decision,
    rewritten,
  }));
}

const finders: Readonly<Record<Exclude<Effect, "create-role" | "create-user">, Finder>> = {
  "grant-self": ({ actions: [action = ""] }, caller, estate) =>
    writes(action, caller, caller.id, caller, estate).map(([grant, decision]) => [
      withGrant(caller, grant),
      decision,
      true,
    ]),
  "grant-group": ({ actions: [action = ""] }, caller, estate) =>
    groupsOf(caller, estate).flatMap(([group, known]) =>
      writes(action, caller, group, caller, estate).map(
        ([grant, decision]) =>
          [withGrant(caller, grant), together([decision], known), true] as const,
      ),
    ),
  "join-group": ({ actions: [action = ""] }, caller, estate) =>
    joinings(action, caller, caller, estate).map(([to, decision]) => [to, decision, true]),
  "drop-boundary": ({ actions: [action = ""] }, caller, estate) => {
    const boundary = boundaryOf(caller);
    if (boundary === undefined) return [];
    const facts = { "iam:PermissionsBoundary": boundary };
    return [[withoutBoundary(caller), decide(caller, action, caller.id, estate, facts), true]];
  },
  "replace-boundary": ({ actions: [action = ""] }, caller, estate) => {
    if (boundaryOf(caller) === undefined) return [];
    const options = new Set([
      administratorAccess,
      ...(estate.paths?.attachable ?? []),
      ...valuesOf(caller, "iam:permissionsboundary", estate),
    ]);
    return [...options].map((policy) => [
      {
        ...withoutBoundary(caller),
        policies: [
          ...withoutBoundary(caller).policies,
          { policy, layer: "boundary" as const, via: caller.id },
        ],
      },
      decide(caller, action, caller.id, estate, { "iam:PermissionsBoundary": policy }),
      true,
    ]);
  },
  "rewrite-policy": ({ actions: [action = ""] }, caller, estate) =>
    policiesOf(caller, estate).map((policy) => [
      boundaryOf(caller) === policy ? withoutBoundary(caller) : withGrant(caller, everything),
      decide(caller, action, policy, estate),
      true,
    ]),
  "switch-version": ({ actions: [action = ""] }, caller, estate) =>
    policiesOf(caller, estate).flatMap((policy) => {
      const versions = estate.paths?.otherVersions.get(policy) ?? [];
      if (versions.length === 0) return [];
      const decision = decide(caller, action, policy, estate);
      return versions.map(
        (version) => [withVersion(caller, policy, version), decision, true] as const,
      );
    }),
  assume: (_, caller, estate) => {
    const { own, account } = namesOf(caller);
    // Without a policy that speaks of it, only a trust that names the caller itself can let it in.
    const roles = allows(caller, "sts:AssumeRole", estate)
      ? [...rolesTrusting([...own, ...account], estate), ...rolesUnread(estate)]
      : rolesTrusting(own, estate);
    return roles
      .filter(({ id }) => id !== caller.id)
      .map((role) => [role, mayAssume(caller, role, estate), false]);
  },
  "assume-web": (_, caller, estate) =>
    estate.paths?.webIdentity
      ? others("role", caller, estate, true).map((role) => [
          role,
          together([], trustsToken(role, estate)),
          false,
        ])
      : [],
  "rewrite-trust": ({ actions: [action = ""] }, caller, estate) =>
    others("role", caller, estate).map((role) => [
      role,
      together([decide(caller, action, role.id, estate), mayAssume(caller, role, estate, true)]),
      false,
    ]),
  "fill-role": ({ actions: [action = "", then] }, caller, estate) =>
    others("role", caller, estate).flatMap((role) => {
      const become = becoming(then ?? "", caller, role, estate);
      if (become.verdict === "no") return [];
      return fillings(action, caller, role, estate).map(
        ([to, decision]) => [to, together([decision, become]), true] as const,
      );
    }),
  "fill-user": ({ actions: [action = ""] }, caller, estate) =>
    others("user", caller, estate).flatMap((user) => {
      const become = best([credentialOf(caller, user, estate), passwordOf(caller, user, estate)]);
      if (become.verdict === "no") return [];
      return fillings(action, caller, user, estate).map(
        ([to, decision]) => [to, together([decision, become]), true] as const,
      );
    }),
  key: (_, caller, estate) =>
    others("user", caller, estate).map((user) => [user, credentialOf(caller, user, estate), false]),
  password: (_, caller, estate) =>
    others("user", caller, estate).map((user) => [user, passwordOf(caller, user, estate), false]),
  "stored-credential": (_, caller, estate) =>
    (estate.paths?.credentials ?? []).flatMap(({ id, of }) => {
      const to = estate.identities.get(of);
      return to && to.id !== caller.id ? [[to, readingOf(id, caller, estate), false] as const] : [];
    }),
};

/** The other identities of a kind; of the same account unless the action reaches further. */
function others(
  kind: Identity["kind"],
  caller: Identity,
  estate: EstateIndex,
  anywhere = false,
): Identity[] {
  return [...estate.identities.values()].filter(
    (other) =>
      other.kind === kind && other.id !== caller.id && (anywhere || other.scope === caller.scope),
  );
}

function fillings(
  action: string,
  caller: Identity,
  target: Identity,
  estate: EstateIndex,
): readonly (readonly [Identity, Decision])[] {
  if (action === "iam:CreatePolicyVersion") {
    return policiesOf(target, estate).map((policy) => [
      withGrant(target, everything),
      decide(caller, action, policy, estate),
    ]);
  }
  if (action === "iam:AddUserToGroup") {
    return joinings(action, caller, target, estate);
  }
  return writes(action, caller, target.id, target, estate).map(([grant, decision]) => [
    withGrant(target, grant),
    decision,
  ]);
}

/** The target as a member of each group of its account that gives it anything. */
function joinings(
  action: string,
  caller: Identity,
  target: Identity,
  estate: EstateIndex,
): readonly (readonly [Identity, Decision])[] {
  return (estate.paths?.groups ?? []).flatMap(({ id, standing, policies = [] }) => {
    const given = standing?.power === "admin" ? [everything] : policies;
    if (given.length === 0 || (accountOf(id) ?? target.scope) !== target.scope) return [];
    const member = given.reduce((identity, policy) => withGrant(identity, policy), target);
    return member === target ? [] : [[member, decide(caller, action, id, estate)] as const];
  });
}

function groupsOf(
  { id }: Identity,
  { paths }: EstateIndex,
): readonly (readonly [group: string, known: "yes" | "maybe"])[] {
  const own = paths?.memberships.get(id);
  if (own === null) return (paths?.groups ?? []).map((group) => [group.id, "maybe"]);
  return (own ?? []).map((group) => [group, "yes"]);
}

/** Policies of the customer that bear on an identity. */
function policiesOf(target: Identity, estate: EstateIndex): readonly string[] {
  const { paths } = estate;
  const groups = new Set(
    groupsOf(target, estate).flatMap(([id, known]) => (known === "yes" ? [id] : [])),
  );
  const attached = [...(paths?.attachedTo ?? [])].flatMap(([policy, holders]) =>
    holders.some((holder) => holder === target.id || groups.has(holder)) ? [policy] : [],
  );
  const own = target.policies.flatMap(({ policy, layer }) =>
    layer === "grant" || layer === "boundary" ? [policy] : [],
  );
  return [...new Set([...attached, ...own])].filter((policy) =>
    /^arn:[^:]+:iam::\d{12}:policy\//.test(policy),
  );
}
