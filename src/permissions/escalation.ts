import type { EstateIndex } from "../model/estate.ts";
import type { Identity, PermissionVerdict } from "../model/identity.ts";
import type { Hop, Standing } from "../model/paths.ts";
import { every, some, type PolicyEvaluator } from "./contract.ts";
import { isStronger, standingsOf } from "./standings.ts";

export { isStronger, ownStandings } from "./standings.ts";

/** Changes of identity or of its rights that a path may have. */
export const maxHops = 3;
/** Identities, and rewritten forms of them, that are looked at for one start. */
const maxNodes = 2_000;

/** A way to a stronger identity. */
export interface Escalation {
  readonly hops: readonly Hop[];
  readonly verdict: PermissionVerdict;
  readonly reaches: Standing;
  /** What a `maybe` rests on, of every hop and of the identity at the end. */
  readonly assumptions: readonly string[];
}

/** The surest and then shortest way to a strictly stronger identity; `undefined` when none is open. */
export function escalationOf(
  start: Identity,
  own: Standing,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Escalation | undefined {
  if (own.power === "admin" || !evaluator.hops) return undefined;
  const search: Search = {
    start: start.id,
    own,
    evaluator,
    estate,
    seen: new Map([[keyOf(start), "yes"]]),
    open: new Set(
      evaluator
        .limits(start, estate)
        .flatMap(({ state, detail }) => (state === "unread" ? [detail] : [])),
    ),
  };
  let level: readonly Node[] = [{ identity: start, hops: [], verdict: "yes" }];
  let possible: Escalation | undefined;
  for (let depth = 0; depth < maxHops && level.length > 0; depth++) {
    const next: Node[] = [];
    for (const node of stepsFrom(level, search)) {
      const found = reachedBy(node, search);
      if (found && isSettled(found, search)) return found;
      possible ??= found;
      // Past a step in doubt no way is sure, so once one in doubt is known only sure steps are followed.
      if (!possible || node.verdict === "yes" || search.open.size > 0) next.push(node);
    }
    level = next;
  }
  return possible;
}

interface Search {
  readonly start: string;
  readonly own: Standing;
  readonly evaluator: PolicyEvaluator;
  readonly estate: EstateIndex;
  readonly seen: Map<string, PermissionVerdict>;
  /** Limits of the start that were not read: no way of it can be surer than they leave it. */
  readonly open: ReadonlySet<string>;
}

/** Nothing surer can be found. */
function isSettled({ verdict, assumptions }: Escalation, { open }: Search): boolean {
  return verdict === "yes" || (open.size > 0 && assumptions.every((one) => open.has(one)));
}

/** Where the hops of a level lead that no path reached as surely before. */
function* stepsFrom(level: readonly Node[], { seen, evaluator, estate }: Search): Generator<Node> {
  for (const { identity, hops, verdict: soFar } of level) {
    for (const hop of hopsOf(identity, hops.length === 0, evaluator, estate)) {
      const verdict = every([soFar, hop.decision.verdict]);
      const key = keyOf(hop.to);
      const known = seen.get(key);
      if (known !== undefined && some([known, verdict]) === known) continue;
      if (seen.size > maxNodes) return;
      seen.set(key, verdict);
      yield { identity: hop.to, hops: [...hops, hop], verdict };
    }
  }
}

const memo = new WeakMap<EstateIndex, Map<string, readonly Hop[]>>();
/** Identities whose hops are kept for the next search. */
const maxKept = 20_000;

/** Hops of an identity on the way are asked for by many searches, those of a start by one. */
function hopsOf(
  identity: Identity,
  first: boolean,
  evaluator: PolicyEvaluator,
  estate: EstateIndex,
): Iterable<Hop> {
  if (first) return evaluator.hops?.(identity, estate) ?? [];
  const kept = memo.get(estate) ?? new Map<string, readonly Hop[]>();
  memo.set(estate, kept);
  const key = keyOf(identity);
  const hops = kept.get(key) ?? [...(evaluator.hops?.(identity, estate) ?? [])];
  if (kept.size < maxKept) kept.set(key, hops);
  return hops;
}

function reachedBy(
  { hops, verdict }: Node,
  { start, own, evaluator, estate }: Search,
): Escalation | undefined {
  const last = hops.at(-1);
  if (!last) return undefined;
  const known = last.rewritten ? undefined : estate.paths?.standings.get(last.to.id);
  const standings = known
    ? [{ standing: known, verdict: "yes" as const, assumptions: [] }]
    : standingsOf(last.to, keyOf(last.to), evaluator, estate);
  // Its own rights with the same word more widely are not another's.
  const self = last.rewritten && last.to.id === start;
  const stronger = standings.find(
    ({ standing }) => isStronger(standing, own) && !(self && standing.power === own.power),
  );
  return (
    stronger && {
      hops,
      verdict: every([verdict, stronger.verdict]),
      reaches: stronger.standing,
      assumptions: [
        ...new Set([
          ...hops.flatMap(({ decision }) => decision.assumptions),
          ...stronger.assumptions,
        ]),
      ],
    }
  );
}

interface Node {
  readonly identity: Identity;
  readonly hops: readonly Hop[];
  readonly verdict: PermissionVerdict;
}

const keys = new WeakMap<Identity, string>();

function keyOf(identity: Identity): string {
  const { id, policies } = identity;
  const key =
    keys.get(identity) ??
    `${id} ${policies.map(({ layer, policy }) => `${layer} ${policy}`).join(" ")}`;
  keys.set(identity, key);
  return key;
}
