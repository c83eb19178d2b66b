import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { together } from "./combine.ts";
import { identityRules } from "./escalations-identity.ts";
import { heldRules } from "./escalations-held.ts";
import { allPassedRules } from "./escalations-passed-flows.ts";
import { fillings, identityHops } from "./hops-identity.ts";
import { serviceHops } from "./hops-services.ts";
import { elsewhere, spokenOf } from "./mentions.ts";

const lower = (actions: readonly string[]): readonly string[] =>
  actions.map((action) => action.toLowerCase());

const onIdentities = identityRules.map((rule) => ({
  rule,
  // Which credential of a user is taken depends on the user.
  actions: lower(rule.effect === "fill-user" ? rule.actions.slice(0, 1) : rule.actions),
}));
const onServices = [...heldRules, ...allPassedRules].map((rule) => ({
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
  const run = new Map<string, Hop>();
  for (const { rule, actions } of onServices) {
    if (!open(actions)) continue;
    for (const hop of possible(serviceHops(rule, identity, estate))) {
      if (run.get(hop.to.id)?.decision.verdict !== "yes") run.set(hop.to.id, hop);
      yield hop;
    }
  }
  for (const action of fills)
    if (open([action.toLowerCase()]))
      for (const hop of run.values()) yield* possible(filled(action, hop, identity, estate));
}

const fills = ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:CreatePolicyVersion"];

/** A role that the caller can run code as, after it gave that role more. */
function filled(action: string, hop: Hop, caller: Identity, estate: EstateIndex): Hop[] {
  if (hop.to.scope !== caller.scope) return [];
  const { rule, title } = hop;
  return fillings(action, caller, hop.to, estate).map(([to, filling]) => {
    const decision = together([filling, hop.decision]);
    return { rule, title, to, decision, rewritten: true };
  });
}

function possible(hops: readonly Hop[]): readonly Hop[] {
  return hops.filter(({ decision }) => decision.verdict !== "no");
}
