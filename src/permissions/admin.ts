import type { EstateIndex } from "../model/estate.ts";
import type { Decision, Identity } from "../model/identity.ts";
import { every, type AdminProbe, type PolicyEvaluator } from "./contract.ts";

/** An admin probe that holds, with the decisions it rests on. */
export interface AdminHeld {
  readonly probe: AdminProbe;
  readonly verdict: "yes" | "maybe";
  readonly decisions: readonly Decision[];
}

/** The surest way in which the identity is an administrator now; `undefined` when none is open. */
export function adminOf(
  identity: Identity,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): AdminHeld | undefined {
  let possible: AdminHeld | undefined;
  for (const probe of evaluator.adminProbes) {
    if (!probe.appliesTo.includes(identity.kind) || capped(probe, identity)) continue;
    const resource = probe.resource === "{self}" ? identity.id : probe.resource;
    const decisions = probe.actions.map((action) =>
      evaluator.decide(identity, action, resource, estate, probe.facts),
    );
    const verdict = every(decisions.map((decision) => decision.verdict));
    if (verdict === "yes") return { probe, verdict, decisions };
    if (verdict === "maybe" && (!possible || sureness(decisions) > sureness(possible.decisions))) {
      possible = { probe, verdict, decisions };
    }
  }
  return possible;
}

/** What an identity gives itself stays inside its own boundary and session. */
function capped({ resource }: AdminProbe, { policies }: Identity): boolean {
  return (
    resource === "{self}" &&
    policies.some(({ layer }) => layer === "boundary" || layer === "session")
  );
}

/** Fewer open points are surer. */
function sureness(decisions: readonly Decision[]): number {
  return -new Set(decisions.flatMap(({ assumptions }) => assumptions)).size;
}
