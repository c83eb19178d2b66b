import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { positionOf } from "./held.ts";
import { subscriptionOf } from "./scopes.ts";

/** The audited scope when one is named, else every subscription that the identity or the hierarchy speaks of. */
export function subscriptionsOf(identity: Identity, estate: EstateIndex): readonly string[] {
  const audited = auditedScope(estate);
  if (audited !== undefined) return [audited];
  const { assignments, hierarchy } = positionOf(identity, estate);
  const named = [
    `/subscriptions/${identity.scope}`,
    ...assignments.map(({ body }) => body.scope),
    ...hierarchy.keys(),
  ];
  return [...new Set(named.flatMap((scope) => subscriptionOf(scope) ?? []))];
}

/** An ARM scope that the run is about; the product audits every subscription it reads. */
export function auditedScope({ paths }: EstateIndex): string | undefined {
  return paths?.scope.startsWith("/") === true ? paths.scope : undefined;
}
