import type { EstateIndex } from "../model/estate.ts";
import type { Identity, PowerEvidence } from "../model/identity.ts";
import type { Hop } from "../model/paths.ts";
import type { PolicyEvaluator } from "./contract.ts";
import { escalationOf, type Escalation } from "./escalation.ts";
import { estateFrom } from "./merge-paths.ts";
import type { Standard } from "./standings.ts";

/**
 * The way of an identity to a stronger one in this estate, from the scope that it is in.
 * @param standings its own words, surest and then strongest first
 */
export function wayUp(
  identity: Identity,
  standings: readonly Standard[],
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Escalation | undefined {
  if (!evaluator.hops) return undefined;
  const view = estateFrom(identity, estate);
  const sure = standings.find(({ verdict }) => verdict === "yes");
  const own = sure?.standing ?? { power: "none", breadth: "resource" };
  return escalationOf(identity, own, evaluator, view);
}

/** One line a hop, in the order they are made; the last one says what is reached. */
export function linesOf(way: Escalation | undefined): readonly string[] {
  if (!way) return [];
  const { hops, reaches } = way;
  return hops.map((hop, index) => {
    const end = index === hops.length - 1 ? `, which is ${reaches.power} (${reaches.breadth})` : "";
    return `${stepOf(hop)}${end}`;
  });
}

export function evidenceOfHops(
  way: Escalation | undefined,
  { escalations }: PolicyEvaluator,
): readonly Omit<PowerEvidence, "source">[] {
  return (way?.hops ?? []).map((hop) => {
    const actions = escalations.find(({ id }) => id === hop.rule)?.actions ?? [hop.rule];
    return {
      power: "escalates",
      permission: `${[...new Set(actions)].join(" + ")} on ${hop.to.id}`,
      statement: hop.decision.statements[0] ?? hop.to.id,
      because: stepOf(hop),
      resource: hop.to.id,
    };
  });
}

function stepOf({ rule, title, to, rewritten }: Hop): string {
  return rewritten
    ? `${title} (${rule}): ${to.id} with more rights`
    : `${title} (${rule}): becomes ${to.id}`;
}
