import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { best, together } from "./combine.ts";
import { decide } from "./decide.ts";
import { accountOf } from "./facts.ts";
import { createdHops } from "./hops-created.ts";
import { passingTo } from "./hops-services.ts";
import type { Effect, IdentityRule } from "./escalations.ts";
import {
  becoming,
  boundariesFor,
  boundaryOf,
  credentialOf,
  passwordOf,
  withGrant,
  withoutBoundary,
  withVersion,
  writes,
} from "./rewrites.ts";
import { allows } from "./mentions.ts";
import { readingOf } from "./readings.ts";
import { namesOf } from "./sessions.ts";
import { administratorAccess, everything } from "./supposed.ts";
import { rolesTrusting, rolesUnread, samlTrusts } from "./trust-index.ts";
import { mayAssume, trustsAssertion, trustsToken } from "./trust.ts";
import { witnesses } from "./witness.ts";

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
    groupsOf(caller, estate, witnesses(caller, "iam:group/{name}", estate)).flatMap(
      ([group, known]) =>
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
    const options = new Map<string, Sure>([
      ...boundariesFor(caller, estate),
      ...[administratorAccess, ...(estate.paths?.attachable ?? [])].map(
        (policy) => [policy, "yes"] as const,
      ),
    ]);
    return [...options].map(([policy, known]) => [
      {
        ...withoutBoundary(caller),
        policies: [
          ...withoutBoundary(caller).policies,
          { policy, layer: "boundary" as const, via: caller.id },
        ],
      },
      together(
        [decide(caller, action, caller.id, estate, { "iam:PermissionsBoundary": policy })],
        known,
      ),
      true,
    ]);
  },
  "rewrite-policy": ({ actions: [action = ""] }, caller, estate) =>
    policiesOf(caller, estate).map(([policy, known]) => [
      boundaryOf(caller) === policy ? withoutBoundary(caller) : withGrant(caller, everything),
      together([decide(caller, action, policy, estate)], known),
      true,
    ]),
  "switch-version": ({ actions: [action = ""] }, caller, estate) =>
    policiesOf(caller, estate).flatMap(([policy, known]) => {
      const versions = estate.paths?.otherVersions.get(policy) ?? [];
      if (versions.length === 0) return [];
      const decision = together([decide(caller, action, policy, estate)], known);
      return versions.map(
        (version) => [withVersion(caller, policy, version), decision, true] as const,
      );
    }),
  assume: (_, caller, estate) => {
    const { own, account } = namesOf(caller);
    // Without a policy that speaks of it, only a trust that names the caller itself can let it in.
    const roles = allows(caller, "sts:AssumeRole", estate)
      ? [...rolesTrusting([...own, ...account], estate), ...rolesUnread(estate)]
      : [
          ...rolesTrusting(own, estate),
          ...rolesUnread(estate).filter(({ scope }) => scope === caller.scope),
        ];
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
  "assume-saml": ({ actions: [action = ""] }, caller, estate) =>
    samlTrusts(estate).flatMap(([provider, roles]) => {
      if (accountOf(provider) !== caller.scope) return [];
      const replaced = decide(caller, action, provider, estate);
      if (replaced.verdict === "no") return [];
      return roles
        .filter(({ id }) => id !== caller.id)
        .map(
          (role) =>
            [role, together([replaced], trustsAssertion(role, provider, estate)), false] as const,
        );
    }),
  "rewrite-trust": ({ actions: [action = ""] }, caller, estate) =>
    others("role", caller, estate).map((role) => [
      role,
      rewriting(action, caller, role, estate),
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

/** Making a role trust the caller, or a service that runs what the caller wants. */
function rewriting(
  action: string,
  caller: Identity,
  role: Identity,
  estate: EstateIndex,
): Decision {
  const rewritten = decide(caller, action, role.id, estate);
  if (rewritten.verdict === "no") return rewritten;
  const assumed = mayAssume(caller, role, estate, true);
  const become = assumed.verdict === "yes" ? [assumed] : [assumed, passingTo(role, caller, estate)];
  return together([rewritten, best(become)]);
}

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

export function fillings(
  action: string,
  caller: Identity,
  target: Identity,
  estate: EstateIndex,
): readonly (readonly [Identity, Decision])[] {
  if (action === "iam:CreatePolicyVersion") {
    return policiesOf(target, estate).map(([policy, known]) => [
      withGrant(target, everything),
      together([decide(caller, action, policy, estate)], known),
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

type Sure = "yes" | "maybe";

/** Where the memberships were not read, any group that is known or that a policy of the caller names. */
function groupsOf(
  { id }: Identity,
  { paths }: EstateIndex,
  named: readonly string[] = [],
): readonly (readonly [group: string, known: Sure])[] {
  const own = paths?.memberships.get(id);
  if (own !== null) return (own ?? []).map((group) => [group, "yes"]);
  const holders = [...(paths?.attachedTo ?? [])].flatMap(([, arns]) =>
    arns.filter((arn) => /^arn:[^:]+:iam::\d{12}:group\//.test(arn)),
  );
  const all = new Set([...(paths?.groups ?? []).map((group) => group.id), ...holders, ...named]);
  return [...all].map((group) => [group, "maybe"]);
}

/** Policies of the customer that bear on an identity. */
function policiesOf(
  target: Identity,
  estate: EstateIndex,
): readonly (readonly [policy: string, known: Sure])[] {
  const { paths } = estate;
  const groups = new Map(groupsOf(target, estate));
  const found = new Map<string, Sure>();
  const add = (policy: string, known: Sure): void => {
    if (isCustomers.test(policy) && found.get(policy) !== "yes") found.set(policy, known);
  };
  for (const [policy, holders] of paths?.attachedTo ?? []) {
    for (const holder of holders) {
      const known = holder === target.id ? "yes" : groups.get(holder);
      if (known !== undefined) add(policy, known);
    }
  }
  for (const { policy, layer } of target.policies)
    if (layer === "grant" || layer === "boundary") add(policy, "yes");
  return [...found];
}

const isCustomers = /^arn:[^:]+:iam::\d{12}:policy\//;
