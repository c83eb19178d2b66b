import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Holder, Hop } from "../../../src/model/paths.ts";
import { some } from "../../../src/permissions/contract.ts";
import { best, known, together } from "./combine.ts";
import { decide, mayHold } from "./decide.ts";
import { assignAction, assignRules, type AssignRule } from "./escalations-assigned.ts";
import { holderRules, type HolderRule } from "./escalations-held.ts";
import { serviceRules } from "./escalations-services.ts";
import { vaultRules } from "./escalations.ts";
import { positionOf } from "./held.ts";
import { resourceOf, typeOf } from "./resources.ts";
import { normal } from "./scopes.ts";
import { subscriptionsOf } from "./subscriptions.ts";
import { unseenPrincipals, unseenPlaces } from "./unseen.ts";

const rules = [...holderRules, ...serviceRules];
const assignedType = "microsoft.managedidentity/userassignedidentities";

/** Code on something that runs as another identity. */
export function* holderHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const open = rules.filter(({ actions }) =>
    actions.every((action) => mayHold(identity, action, estate)),
  );
  if (open.length === 0) return;
  for (const holder of othersOf(identity, estate)) {
    const to = estate.identities.get(holder.identity);
    if (!to) continue;
    const own = typeOf(holder.id);
    for (const rule of open.filter(({ type }) => type === own)) {
      const decision = together([
        ...rule.actions.map((action) => decide(identity, action, holder.id, estate)),
        ...gate(rule, holder, estate),
      ]);
      yield { rule: rule.id, title: rule.title, to, decision, rewritten: false };
    }
  }
}

/** The same on something that a list which was not read may show, as each principal that no list tells of. */
export function* unseenHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const { principals = [], doubt = known("no", "") } = unseenPrincipals(identity, estate) ?? {};
  if (principals.length === 0) return;
  const scopes = [...subscriptionsOf(identity, estate), ...scopesOf(identity, estate)];
  const held = (actions: readonly string[], places: readonly string[]): Decision =>
    actions.every((action) => mayHold(identity, action, estate))
      ? best(
          places.map((place) =>
            together(actions.map((action) => decide(identity, action, place, estate))),
          ),
        )
      : known("no", "not held");
  const ways = [
    ...rules.map((rule) => ({ rule, steps: held(rule.actions, unseenPlaces(rule.type, scopes)) })),
    ...assignRules.map((rule) => ({
      rule,
      steps: together([
        held([assignAction], unseenPlaces(assignedType, scopes)),
        held(rule.actions, scopes),
      ]),
    })),
  ];
  for (const { rule, steps } of ways) {
    const decision = together([steps, doubt]);
    for (const to of decision.verdict === "no" ? [] : principals)
      yield { rule: rule.id, title: rule.title, to, decision, rewritten: false };
  }
}

/** Holders of other identities; the own machine gives nothing new. */
function othersOf(identity: Identity, { paths }: EstateIndex): readonly Holder[] {
  const host = paths?.host;
  return (paths?.holders ?? []).filter(
    (holder) =>
      holder.identity !== identity.id && (host === undefined || normal(holder.id) !== normal(host)),
  );
}

function gate(rule: HolderRule, { id }: Holder, estate: EstateIndex): readonly Decision[] {
  if (rule.localAccounts === undefined) return [];
  const accounts = resourceOf(id, estate)?.localAccounts;
  if (accounts === true) return [];
  return accounts === false
    ? [known("no", `${id} has no local accounts`)]
    : [known("maybe", `local accounts of ${id} could not be read`)];
}

/** A user-assigned identity put on something that the caller writes. */
export function* assignHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  if (!mayHold(identity, assignAction, estate)) return;
  const scopes = scopesOf(identity, estate);
  for (const { id, identity: held } of othersOf(identity, estate)) {
    const to = estate.identities.get(held);
    if (!to || typeOf(id) !== assignedType) continue;
    const assign = decide(identity, assignAction, id, estate);
    if (assign.verdict === "no") continue;
    for (const rule of assignRules) {
      const write = best(
        scopes.map((scope) =>
          together(rule.actions.map((action) => decide(identity, action, scope, estate))),
        ),
      );
      const decision = together([assign, write, ...service(rule, estate)]);
      yield { rule: rule.id, title: rule.title, to, decision, rewritten: false };
    }
  }
}

function service({ runsOn }: AssignRule, estate: EstateIndex): readonly Decision[] {
  const usable = runsOn === undefined ? undefined : resourceOf(runsOn, estate)?.usable;
  if (usable === undefined || usable) return [];
  return usable === null
    ? [known("maybe", `whether ${runsOn} runs anything could not be read`)]
    : [known("no", `${runsOn} runs nothing`)];
}

/** Where the identity may write at all, and the own machine. */
function scopesOf(identity: Identity, estate: EstateIndex): readonly string[] {
  const { assignments } = positionOf(identity, estate);
  const host = estate.paths?.host;
  const groups = (estate.paths?.holders ?? []).flatMap(
    ({ id }) => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(normal(id)) ?? [],
  );
  return [
    ...new Set([
      ...assignments.map(({ body }) => normal(body.scope)),
      ...groups,
      ...(host === undefined ? [] : [normal(host)]),
    ]),
  ];
}

/** A credential that a vault holds. */
export function* vaultHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  for (const { id, of } of estate.paths?.credentials ?? []) {
    const to = estate.identities.get(of);
    if (!to || to.id === identity.id) continue;
    // Roles that do not count are left out of what is decided, so that a reader is one by what the vault follows.
    const ways = Object.entries(vaultRules).map(([name, rule]) => {
      const [action] = rule.actions;
      return { rule, roles: name === "roles", asked: decide(identity, action, id, estate) };
    });
    // Who passes under either model need not know which of them the vault follows.
    const both = [true, false].every((roles) =>
      ways.some((way) => way.roles === roles && way.asked.verdict === "yes"),
    );
    for (const { rule, roles, asked } of ways) {
      const settled = both || (roles && resourceOf(id, estate)?.rbac === false);
      const decision = settled ? asked : together([asked, modelOf(id, roles, estate)]);
      yield { rule: rule.id, title: rule.title, to, decision, rewritten: false };
    }
  }
}

/** Whether the vault follows roles, or its own access policies. */
function modelOf(id: string, roles: boolean, estate: EstateIndex): Decision {
  const rbac = resourceOf(id, estate)?.rbac;
  if (typeof rbac === "boolean") {
    return known(rbac === roles ? "yes" : "no", `${id} ${rbac ? "follows roles" : "has policies"}`);
  }
  return known("maybe", `the permission model of ${id} could not be read`);
}

/** Surest hop for each target first. */
export function surest(hops: readonly Hop[]): readonly Hop[] {
  return hops
    .filter(({ decision }) => some([decision.verdict]) !== "no")
    .toSorted((a, b) => rank(a) - rank(b));
}

function rank({ decision }: Hop): number {
  return decision.verdict === "yes" ? 0 : 1;
}
