import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { identityRules } from "./escalations-identity.ts";
import { heldRules } from "./escalations-held.ts";
import { passedJobRules } from "./escalations-passed-jobs.ts";
import { passedRules } from "./escalations-passed.ts";
import { identityHops } from "./hops-identity.ts";
import { serviceHops } from "./hops-services.ts";
import { elsewhere, spokenOf } from "./mentions.ts";

const lower = (actions: readonly string[]): readonly string[] =>
  actions.map((action) => action.toLowerCase());

const onIdentities = identityRules.map((rule) => ({
  rule,
  // Which credential of a user is taken depends on the user.
  actions: lower(rule.effect === "fill-user" ? rule.actions.slice(0, 1) : rule.actions),
}));
const onServices = [...heldRules, ...passedRules, ...passedJobRules].map((rule) => ({
  rule,
  actions: lower(rule.actions),
}));
const all = [...new Set([...onIdentities, ...onServices].flatMap(({ actions }) => actions))];

/** Every way that leads out of this identity, as far as the estate is known; found while they are asked for. */
export function* hopsOf(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const spoken = spokenOf(identity, all, estate);
  const open = (actions: readonly string[]): boolean =>
    !spoken || actions.every((action) => spoken.has(action) || elsewhere(action, estate));
  for (const { rule, actions } of onIdentities)
    if (open(actions)) yield* possible(identityHops(rule, identity, estate));
  for (const { rule, actions } of onServices)
    if (open(actions)) yield* possible(serviceHops(rule, identity, estate));
}

function possible(hops: readonly Hop[]): readonly Hop[] {
  return hops.filter(({ decision }) => decision.verdict !== "no");
}
