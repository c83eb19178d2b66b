import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import { best, together } from "./combine.ts";
import { decide } from "./decide.ts";
import { matchesArn } from "./match.ts";
import { allows } from "./mentions.ts";
import { administratorAccess, everything, powerUserAccess, supposed } from "./supposed.ts";
import { mayAssume } from "./trust.ts";
import { valuesOf, witnesses } from "./witness.ts";

/** Keys that a user can have. */
const maxKeys = 2;

export function withGrant(identity: Identity, policy: string): Identity {
  if (identity.policies.some((one) => one.policy === policy && one.layer === "grant"))
    return identity;
  return {
    ...identity,
    policies: [...identity.policies, { policy, layer: "grant", via: identity.id }],
  };
}

/** The identity after a policy that bears on it took the content of another version. */
export function withVersion(identity: Identity, policy: string, version: string): Identity {
  const policies = identity.policies.map((one) =>
    one.policy === policy ? { ...one, policy: version } : one,
  );
  return identity.policies.some((one) => one.policy === policy)
    ? { ...identity, policies }
    : withGrant(identity, version);
}

export function withoutBoundary(identity: Identity): Identity {
  return { ...identity, policies: identity.policies.filter(({ layer }) => layer !== "boundary") };
}

export function boundaryOf({ policies }: Identity): string | undefined {
  return policies.find(({ layer }) => layer === "boundary")?.policy;
}

/**
 * Boundaries that the caller's own policies speak of: those that a pattern finds, and those that are named. What one
 * holds that was not read is not known.
 */
export function boundariesFor(
  caller: Identity,
  estate: EstateIndex,
): readonly (readonly [policy: string, known: "yes" | "maybe"])[] {
  const { policies, paths } = estate;
  const exists = (arn: string): boolean => policies.has(arn) || supposed.has(arn);
  const all = [...(paths?.attachable ?? []), ...policies.keys(), ...supposed.keys()];
  const found = new Map<string, "yes" | "maybe">();
  for (const value of valuesOf(caller, "iam:permissionsboundary", estate)) {
    const named = /[*?]/.test(value) ? all.filter((arn) => matchesArn(value, arn)) : [value];
    for (const arn of named) found.set(arn, exists(arn) ? "yes" : "maybe");
  }
  return [...found];
}

/**
 * What a caller can write into a target, each with the decision: anything inline, or one of the policies that exist.
 * @param resource the ARN that the action is asked on: the target's or its group's
 */
export function writes(
  action: string,
  caller: Identity,
  resource: string,
  target: Identity,
  estate: EstateIndex,
  boundary: string | null = boundaryOf(target) ?? null,
): readonly (readonly [grant: string, decision: Decision])[] {
  const facts = /Group/.test(action) ? {} : { "iam:PermissionsBoundary": boundary };
  if (!action.includes(":Attach"))
    return [[everything, decide(caller, action, resource, estate, facts)]];
  const attachable = new Set([
    administratorAccess,
    powerUserAccess,
    ...(estate.paths?.attachable ?? []),
    ...valuesOf(caller, "iam:policyarn", estate).filter((arn) => estate.policies.has(arn)),
  ]);
  const attach = (arn: string): Decision =>
    decide(caller, action, resource, estate, { ...facts, "iam:PolicyARN": arn });
  return [
    ...[...attachable].map((arn) => [arn, attach(arn)] as const),
    ...createdPolicies(caller, estate).map(
      ([arn, created]) => [everything, together([created, attach(arn)])] as const,
    ),
  ];
}

/** Policies that the caller could create, with names that its own policies let it attach. */
function createdPolicies(
  caller: Identity,
  estate: EstateIndex,
): readonly (readonly [arn: string, created: Decision])[] {
  if (!allows(caller, "iam:CreatePolicy", estate)) return [];
  return witnesses(caller, "iam:policy/{name}", estate, valuesOf(caller, "iam:policyarn", estate))
    .filter((arn) => !estate.policies.has(arn))
    .map((arn) => [arn, decide(caller, "iam:CreatePolicy", arn, estate)]);
}

/** Assuming a role, as it trusts now or as the caller makes it trust. */
export function becoming(
  action: string,
  caller: Identity,
  role: Identity,
  estate: EstateIndex,
): Decision {
  return action === "sts:AssumeRole"
    ? mayAssume(caller, role, estate)
    : together([decide(caller, action, role.id, estate), mayAssume(caller, role, estate, true)]);
}

/** A new key of a user, in a free place or after deleting one. */
export function credentialOf(caller: Identity, user: Identity, estate: EstateIndex): Decision {
  const create = decide(caller, "iam:CreateAccessKey", user.id, estate);
  if (create.verdict === "no") return create;
  const { keys, unread } = loginOf(user, estate);
  if (keys < maxKeys && !unread) return create;
  const replace = together([decide(caller, "iam:DeleteAccessKey", user.id, estate), create]);
  return unread
    ? best([replace, supposing(create, `${user.id} has fewer than ${maxKeys} access keys`)])
    : replace;
}

export function passwordOf(caller: Identity, user: Identity, estate: EstateIndex): Decision {
  const ask = (action: string): Decision => decide(caller, action, user.id, estate);
  const { password, unread } = loginOf(user, estate);
  const create = ask("iam:CreateLoginProfile");
  const replace = together([ask("iam:DeleteLoginProfile"), create]);
  const change = ask("iam:UpdateLoginProfile");
  if (unread) {
    return best([
      // Either is open whatever was not read.
      together([create, change]),
      replace,
      supposing(create, `${user.id} has no password`),
      supposing(change, `${user.id} has a password`),
    ]);
  }
  if (password === undefined) return best([create, change]);
  return password ? best([change, replace]) : create;
}

function loginOf(
  { id, scope }: Identity,
  { paths, identities }: EstateIndex,
): { readonly keys: number; readonly password?: boolean; readonly unread: boolean } {
  const login = paths?.logins.get(id);
  // A user that is only supposed is new, and has neither.
  const listed = login === undefined && identities.has(id);
  const unread = listed && paths?.unreadLogins?.has(scope) === true;
  return { keys: 0, ...login, unread };
}

function supposing(decision: Decision, assumption: string): Decision {
  return {
    ...decision,
    verdict: every([decision.verdict, "maybe"]),
    assumptions: [...decision.assumptions, assumption],
  };
}
