import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { every, not, some } from "../../../src/permissions/contract.ts";
import { bodyOf, type DenialBody } from "./bodies.ts";
import { conditionHolds } from "./condition.ts";
import { membership, positionOf, type HeldAssignment, type Position } from "./held.ts";
import { mentions, questionOf, type Facts, type Question } from "./question.ts";
import { ignoresDataRoles } from "./resources.ts";
import { breadthOf, covers, normal } from "./scopes.ts";
import { subscriptionsOf } from "./subscriptions.ts";

interface Reason {
  readonly verdict: PermissionVerdict;
  readonly statements: readonly string[];
  readonly assumptions: readonly string[];
}

/**
 * Assignments at the resource or above, minus deny assignments, for each identity of the host on its own.
 * https://learn.microsoft.com/azure/role-based-access-control/overview#how-azure-rbac-determines-if-a-user-has-access-to-a-resource
 * @param resource an ARM id; `*` = any subscription that is known
 */
export function decide(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
  facts: Facts = {},
): Decision {
  const targets = resource === "*" ? subscriptionsOf(identity, estate) : [resource];
  return best(
    targets.map((target) => decideAt(identity, action, target, estate, facts)),
    action,
    resource,
  );
}

function decideAt(
  identity: Identity,
  action: string,
  target: string,
  estate: EstateIndex,
  facts: Facts,
): Reason {
  const position = positionOf(identity, estate);
  const question = questionOf(action, target, { ...clockOf(estate), ...facts });
  return bestReason(
    position.personas.map((persona) => ofPersona(persona, position, question, estate)),
  );
}

/** Whether deny assignments take the operation at the whole scope from one identity of the host. */
export function deniedAt(
  identity: Identity,
  persona: string,
  action: string,
  target: string,
  estate: EstateIndex,
): PermissionVerdict {
  const position = positionOf(identity, estate);
  const question = questionOf(action, target, clockOf(estate));
  return some(
    position.denials.map((id) => {
      const body = bodyOf(estate.policies.get(id)?.body);
      // What stops at its own scope leaves everything in it.
      const leaves = body?.kind === "deny" && body.here && breadthOf(target) !== "resource";
      return leaves ? "no" : denies(id, persona, position, question, estate).verdict;
    }),
  );
}

/** `@Environment[UtcNow]`; without the time of the run conditions on it stay open. */
export function clockOf({ startedAt = "" }: EstateIndex): Facts {
  return startedAt === "" ? {} : { "environment:utcnow": startedAt };
}

const speaking = new WeakMap<Position, Map<string, readonly HeldAssignment[]>>();

/** Assignments that speak of the operation anywhere, those whose definition is not known among them. */
function speakersOf(position: Position, question: Question): readonly HeldAssignment[] {
  const kept = speaking.get(position) ?? new Map<string, readonly HeldAssignment[]>();
  speaking.set(position, kept);
  const key = `${question.plane} ${question.operation}`;
  const speakers =
    kept.get(key) ??
    position.assignments.filter(
      ({ body, permissions }) =>
        !body.eligible && (permissions?.some((each) => mentions(each, question)) ?? true),
    );
  kept.set(key, speakers);
  return speakers;
}

/** Whether the identity may hold the operation anywhere at all. */
export function mayHold(identity: Identity, action: string, estate: EstateIndex): boolean {
  const position = positionOf(identity, estate);
  return (
    position.missing.some(({ layer }) => layer === "grant") ||
    speakersOf(position, questionOf(action, "", {})).length > 0
  );
}

function ofPersona(
  persona: string,
  position: Position,
  question: Question,
  estate: EstateIndex,
): Reason {
  const allowed = bestReason(
    speakersOf(position, question)
      .filter(
        (assignment) =>
          assignment.persona === persona && applies(assignment, position, question, estate),
      )
      .map((assignment) => allows(assignment, question)),
  );
  if (allowed.verdict === "no") return withUnread(allowed, position);
  const denied = bestReason([
    ...position.denials.map((id) => denies(id, persona, position, question, estate)),
    ...position.missing.flatMap(({ layer, policy }) => (layer === "grant" ? [] : [lost(policy)])),
  ]);
  const verdict = every([allowed.verdict, not(denied.verdict)]);
  return {
    verdict,
    statements: denied.verdict === "yes" ? denied.statements : allowed.statements,
    assumptions: verdict === "maybe" ? [...allowed.assumptions, ...denied.assumptions] : [],
  };
}

/** Nothing that was read allows it; a list that was not read may. */
function withUnread(reason: Reason, { missing }: Position): Reason {
  const open = missing.find(({ layer }) => layer === "grant");
  return open ? lost(open.policy) : reason;
}

function lost(policy: string): Reason {
  const name = policy.replace(/^unread /, "");
  return { verdict: "maybe", statements: [], assumptions: [`${name} could not be read`] };
}

function applies(
  { body }: HeldAssignment,
  { hierarchy }: Position,
  { target, plane }: Question,
  estate: EstateIndex,
): boolean {
  if (!covers(body.scope, target, hierarchy)) return false;
  return plane === "control" || body.accessPolicy || !ignoresDataRoles(target, estate);
}

/** Blocks of one definition are united; `notActions` cut only their own block. */
function allows(assignment: HeldAssignment, question: Question): Reason {
  const { policy, body, member, permissions } = assignment;
  if (!permissions) {
    return {
      verdict: member === "no" ? "no" : "maybe",
      statements: [],
      assumptions: [`role definition ${body.definition} could not be read`],
    };
  }
  const asked = { operation: question.operation, facts: factsOf(assignment.persona, question) };
  const outer = conditionHolds(body.condition, asked);
  const blocks = permissions.flatMap((permission, index): Reason[] => {
    if (!mentions(permission, question)) return [];
    const inner = conditionHolds(permission.condition, asked);
    const verdict = every([member, outer.verdict, inner.verdict]);
    const unsure = member === "maybe" ? [unreadGroups] : [];
    return [
      {
        verdict,
        statements: [`${policy}#${index}`],
        assumptions: [...unsure, ...outer.assumptions, ...inner.assumptions],
      },
    ];
  });
  return bestReason(blocks);
}

export const unreadGroups = "members of the groups that hold assignments could not be read";

/** `{self}` stands for the identity that asks. */
function factsOf(persona: string, { facts }: Question): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, value === "{self}" ? persona : value]),
  );
}

/** https://learn.microsoft.com/azure/role-based-access-control/deny-assignments */
function denies(
  id: string,
  persona: string,
  { hierarchy }: Position,
  question: Question,
  estate: EstateIndex,
): Reason {
  const body = bodyOf(estate.policies.get(id)?.body);
  if (body?.kind !== "deny") return nothing;
  const { target } = question;
  const here = body.here
    ? normal(body.scope) === normal(target)
    : covers(body.scope, target, hierarchy);
  const blocks = here ? body.permissions.filter((each) => mentions(each, question)) : [];
  if (blocks.length === 0) return nothing;
  const asked = { operation: question.operation, facts: factsOf(persona, question) };
  const bears = bearsOn(body, persona, estate);
  const outer = conditionHolds(body.condition, asked);
  return bestReason(
    blocks.map(({ condition }) => {
      const inner = conditionHolds(condition, asked);
      return {
        verdict: every([bears, outer.verdict, inner.verdict]),
        statements: [`${id}#0`],
        assumptions: [
          ...(bears === "maybe" ? [`groups of ${persona} that ${id} names or spares`] : []),
          ...outer.assumptions,
          ...inner.assumptions,
        ],
      };
    }),
  );
}

function bearsOn(
  { principals, excluded, groups }: DenialBody,
  persona: string,
  estate: EstateIndex,
): PermissionVerdict {
  const among = (listed: readonly string[]): PermissionVerdict => {
    if (listed.includes(persona.toLowerCase())) return "yes";
    const possible = listed.filter((id) => groups === null || groups.includes(id));
    return some(possible.map((group) => memberOf(persona, group, estate)));
  };
  return every([principals.includes("everyone") ? "yes" : among(principals), not(among(excluded))]);
}

/** Only a list of the identity's groups rules one out: what `assignedTo` resolved names groups that hold assignments. */
function memberOf(persona: string, group: string, estate: EstateIndex): PermissionVerdict {
  const listed = estate.paths?.memberships.has(persona) === true;
  return listed ? membership(persona, group, estate) : "maybe";
}

const nothing: Reason = { verdict: "no", statements: [], assumptions: [] };

function bestReason(reasons: readonly Reason[]): Reason {
  const verdict = some(reasons.map((reason) => reason.verdict));
  return reasons.find((reason) => reason.verdict === verdict) ?? nothing;
}

function best(reasons: readonly Reason[], action: string, resource: string): Decision {
  const { verdict, statements, assumptions } = bestReason(reasons);
  const said = { yes: "allowed", maybe: "possibly allowed", no: "not allowed" }[verdict];
  return {
    verdict,
    statements,
    because: `${action} on ${resource} is ${said}`,
    assumptions: [...new Set(assumptions)],
  };
}
