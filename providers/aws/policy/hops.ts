import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { identityRules } from "./escalations-identity.ts";
import { heldRules } from "./escalations-held.ts";
import { passedJobRules } from "./escalations-passed-jobs.ts";
import { passedRules } from "./escalations-passed.ts";
import { identityHops } from "./hops-identity.ts";
import { serviceHops } from "./hops-services.ts";
import { mentions } from "./mentions.ts";

const serviceRules = [...heldRules, ...passedRules, ...passedJobRules];

/** Every way that leads out of this identity, as far as the estate is known; found while they are asked for. */
export function* hopsOf(identity: Identity, estate: EstateIndex): Generator<Hop> {
  for (const rule of identityRules) {
    // Which credential of a user is taken depends on the user.
    const actions = rule.effect === "fill-user" ? rule.actions.slice(0, 1) : rule.actions;
    if (actions.every((action) => mentions(identity, action, estate)))
      yield* open(identityHops(rule, identity, estate));
  }
  for (const rule of serviceRules) {
    if (rule.actions.every((action) => mentions(identity, action, estate)))
      yield* open(serviceHops(rule, identity, estate));
  }
}

function open(hops: readonly Hop[]): readonly Hop[] {
  return hops.filter(({ decision }) => decision.verdict !== "no");
}
