import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { bodyOf, type AssignmentBody, type Permission } from "./bodies.ts";

/** A right that a rewriting hop gave, written into the id of a policy that no list holds. */
const assigned = "gained:assignment|";
const rewritten = "gained:definition|";

export function isGained(policy: string): boolean {
  return policy.startsWith(assigned) || policy.startsWith(rewritten);
}

export const everything: readonly Permission[] = [
  { actions: ["*"], notActions: [], dataActions: ["*"], notDataActions: [], condition: undefined },
];

/** Name of a role that holds everything, data included: what an unlimited assigner can give. */
export const anyRole = "any-role";

/** The identity with one more assignment. */
export function withAssignment(
  identity: Identity,
  persona: string,
  definition: string,
  scope: string,
): Identity {
  return withPolicy(identity, `${assigned}${definition}|${scope}`, persona);
}

/** The identity after the definition behind one of its assignments was rewritten to allow everything. */
export function withRewritten(identity: Identity, persona: string, policy: string): Identity {
  return withPolicy(identity, `${rewritten}${policy}`, persona);
}

export function withPolicy(identity: Identity, policy: string, via: string): Identity {
  const { policies } = identity;
  if (policies.some((one) => one.policy === policy && one.via === via)) return identity;
  const gained = policies.filter((one) => isGained(one.policy));
  const kept = gained.length === 0 ? policies : policies.filter((one) => !isGained(one.policy));
  // In one order, so that the same rights gained one after another are one identity however they came.
  const all = [...gained, { policy, layer: "grant", via } as const].toSorted((a, b) =>
    a.policy < b.policy ? -1 : 1,
  );
  return { ...identity, policies: [...kept, ...all] };
}

interface Added {
  readonly body: AssignmentBody;
  /** Absent = those of the definition that it names. */
  readonly permissions?: readonly Permission[];
}

/** What a gained right amounts to; `undefined` for a document that was collected. */
export function added(policy: string, estate: EstateIndex): Added | undefined {
  if (policy.startsWith(assigned)) {
    const [definition = "", ...scope] = policy.slice(assigned.length).split("|");
    const body: AssignmentBody = {
      kind: "assignment",
      principalId: "",
      scope: scope.join("|"),
      definition,
      condition: undefined,
      eligible: false,
      accessPolicy: false,
      servicePrincipal: false,
    };
    return definition === anyRole ? { body, permissions: everything } : { body };
  }
  if (!policy.startsWith(rewritten)) return undefined;
  const body = bodyOf(estate.policies.get(policy.slice(rewritten.length))?.body);
  return body?.kind === "assignment" ? { body, permissions: everything } : undefined;
}
