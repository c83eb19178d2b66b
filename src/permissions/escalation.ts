import type { EstateIndex } from "../model/estate.ts";
import {
  breadths,
  powers,
  type Grant,
  type Identity,
  type PermissionVerdict,
} from "../model/identity.ts";
import type { Hop, Standing } from "../model/paths.ts";
import { adminOf } from "./admin.ts";
import { every, some, type PolicyEvaluator } from "./contract.ts";
import { heldBy } from "./held.ts";

/** Changes of identity or of its rights that a path may have. */
export const maxHops = 3;
/** Identities, and rewritten forms of them, that are looked at for one start. */
const maxNodes = 2_000;

/** A way to a stronger identity. */
export interface Escalation {
  readonly hops: readonly Hop[];
  readonly verdict: PermissionVerdict;
  readonly reaches: Standing;
}

/** The surest and then shortest way to a strictly stronger identity; `undefined` when none is open. */
export function escalationOf(
  start: Identity,
  own: Standing,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Escalation | undefined {
  if (own.power === "admin" || !evaluator.hops) return undefined;
  const seen = new Map<string, PermissionVerdict>([[keyOf(start), "yes"]]);
  let level: readonly Node[] = [{ identity: start, hops: [], verdict: "yes" }];
  let possible: Escalation | undefined;
  for (let depth = 0; depth < maxHops && level.length > 0; depth++) {
    const next: Node[] = [];
    for (const node of level.flatMap((from) => stepsFrom(from, seen, evaluator, estate))) {
      const found = reachedBy(node, own, evaluator, estate);
      if (found?.verdict === "yes") return found;
      possible ??= found;
      next.push(node);
    }
    level = next;
  }
  return possible;
}

/** Where the hops of a node lead that no path reached as surely before. */
function stepsFrom(
  { identity, hops, verdict: soFar }: Node,
  seen: Map<string, PermissionVerdict>,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Node[] {
  const nodes: Node[] = [];
  for (const hop of evaluator.hops?.(identity, estate) ?? []) {
    const verdict = every([soFar, hop.decision.verdict]);
    const key = keyOf(hop.to);
    const known = seen.get(key);
    if (known !== undefined && some([known, verdict]) === known) continue;
    if (seen.size > maxNodes) break;
    seen.set(key, verdict);
    nodes.push({ identity: hop.to, hops: [...hops, hop], verdict });
  }
  return nodes;
}

function reachedBy(
  { hops, verdict }: Node,
  own: Standing,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Escalation | undefined {
  const last = hops.at(-1);
  const stronger = last
    ? standingsOf(last, evaluator, estate).find(({ standing }) => isStronger(standing, own))
    : undefined;
  return (
    stronger && {
      hops,
      verdict: every([verdict, stronger.verdict]),
      reaches: stronger.standing,
    }
  );
}

interface Node {
  readonly identity: Identity;
  readonly hops: readonly Hop[];
  readonly verdict: PermissionVerdict;
}

function keyOf({ id, policies }: Identity): string {
  return `${id} ${policies.map(({ layer, policy }) => `${layer} ${policy}`).join(" ")}`;
}

/** A higher word, or the same one more widely; nothing has no breadth. */
export function isStronger(a: Standing, b: Standing): boolean {
  if (a.power === "none") return false;
  const higher = powers.indexOf(b.power) - powers.indexOf(a.power);
  return higher > 0 || (higher === 0 && breadths.indexOf(a.breadth) > breadths.indexOf(b.breadth));
}

/** What the identity is after the hop, surest and then strongest first. */
function standingsOf(
  { to, rewritten }: Hop,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): readonly { readonly standing: Standing; readonly verdict: PermissionVerdict }[] {
  const known = rewritten ? undefined : estate.paths?.standings.get(to.id);
  return known ? [{ standing: known, verdict: "yes" }] : ownStandings(to, evaluator, estate);
}

/** The words of an identity by its own grants and without a hop, surest and then strongest first. */
export function ownStandings(
  identity: Identity,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): readonly { readonly standing: Standing; readonly verdict: PermissionVerdict }[] {
  const admin = adminOf(identity, evaluator, estate);
  const grants = evaluator.grants(identity, estate);
  const words = [
    ...(admin
      ? [{ standing: { power: "admin", breadth: "account" } as const, verdict: admin.verdict }]
      : []),
    ...[...heldBy(grants), ...narrow(grants)].map(({ power, breadth, verdict }) => ({
      standing: { power, breadth },
      verdict,
    })),
  ];
  return words.toSorted(
    (a, b) =>
      Number(b.verdict === "yes") - Number(a.verdict === "yes") ||
      powers.indexOf(a.standing.power) - powers.indexOf(b.standing.power) ||
      breadths.indexOf(b.standing.breadth) - breadths.indexOf(a.standing.breadth),
  );
}

/** Words of grants on single resources, which a report of powers leaves out. */
function narrow(grants: readonly Grant[]): readonly (Standing & { verdict: PermissionVerdict })[] {
  return grants.flatMap((grant) => {
    const power = wordOf(grant);
    return power === undefined ? [] : [{ power, breadth: grant.breadth, verdict: grant.verdict }];
  });
}

const sensitive = new Set(["secrets", "kms", "storage", "database"]);

/** Calls that run nothing of the account's: credentials, keys, and the agent of the machine itself. */
const runsNothing = /^(?:sts|kms|ssmmessages|ec2messages):/i;

function wordOf({
  plane,
  access,
  family,
  action,
}: Grant): "reads-sensitive" | "manages" | undefined {
  if (access === "execute") return runsNothing.test(action) ? undefined : "manages";
  if (plane === "data") {
    return access === "read" && sensitive.has(family) ? "reads-sensitive" : undefined;
  }
  return access === "write" || access === "delete" || access === "permissions"
    ? "manages"
    : undefined;
}
