/** Candidates up to which the smallest choice is searched for, not only a small one. */
export const exactUpTo = 20;

export interface Cover {
  readonly chosen: readonly string[];
  /** No choice is smaller than this. */
  readonly atLeast: number;
  readonly exact: boolean;
}

/**
 * The smallest set of candidates that hits every demand, where a demand names the candidates of which one is needed.
 * Among equally small ones the one that comes first in `rank` order. Exact up to {@link exactUpTo} candidates; above,
 * greedy, with the number of demands that share no candidate as the bound that no choice can go below.
 */
export function smallestCover(
  demands: readonly (readonly string[])[],
  rank: (candidate: string) => number,
): Cover {
  const needed = minimal(demands);
  const candidates = [...new Set(needed.flat())].toSorted(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  );
  const atLeast = disjoint(needed);
  if (candidates.length > exactUpTo) {
    const chosen = greedy(needed, candidates);
    return { chosen, atLeast, exact: chosen.length === atLeast };
  }
  for (let size = atLeast; size <= candidates.length; size++) {
    const best = cheapest(needed, candidates, size, rank);
    if (best) return { chosen: best, atLeast: size, exact: true };
  }
  return { chosen: [], atLeast: 0, exact: true };
}

/** Demands that hold another one are met with it. */
function minimal(demands: readonly (readonly string[])[]): (readonly string[])[] {
  const sets = [
    ...new Map(demands.map((demand) => [demand.toSorted().join("\n"), demand])).values(),
  ];
  return sets.filter(
    (demand) =>
      !sets.some(
        (other) =>
          other !== demand &&
          other.length < demand.length &&
          other.every((candidate) => demand.includes(candidate)),
      ),
  );
}

/** Demands without a common candidate need one each. */
function disjoint(demands: readonly (readonly string[])[]): number {
  const used = new Set<string>();
  let count = 0;
  for (const demand of demands.toSorted((a, b) => a.length - b.length)) {
    if (demand.some((candidate) => used.has(candidate))) continue;
    for (const candidate of demand) used.add(candidate);
    count++;
  }
  return count;
}

function cheapest(
  demands: readonly (readonly string[])[],
  candidates: readonly string[],
  size: number,
  rank: (candidate: string) => number,
): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let bestCost = Infinity;
  const order = new Map(candidates.map((candidate, at) => [candidate, at]));
  const search = (chosen: readonly string[], cost: number, banned: ReadonlySet<string>): void => {
    if (cost >= bestCost) return;
    const open = demands.find((demand) => !demand.some((candidate) => chosen.includes(candidate)));
    if (!open) {
      best = chosen;
      bestCost = cost;
      return;
    }
    if (chosen.length === size) return;
    const tried = new Set(banned);
    for (const candidate of open.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))) {
      if (tried.has(candidate)) continue;
      search([...chosen, candidate], cost + rank(candidate), tried);
      // Whatever holds this candidate has been looked at.
      tried.add(candidate);
    }
  };
  search([], 0, new Set());
  return best?.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function greedy(
  demands: readonly (readonly string[])[],
  candidates: readonly string[],
): readonly string[] {
  const chosen: string[] = [];
  let open = demands;
  while (open.length > 0) {
    const hits = (candidate: string) => open.filter((demand) => demand.includes(candidate)).length;
    const [best] = candidates
      .map((candidate) => ({ candidate, count: hits(candidate) }))
      .toSorted((a, b) => b.count - a.count);
    if (!best || best.count === 0) break;
    chosen.push(best.candidate);
    open = open.filter((demand) => !demand.includes(best.candidate));
  }
  return dropNeedless(chosen, demands);
}

function dropNeedless(
  chosen: readonly string[],
  demands: readonly (readonly string[])[],
): readonly string[] {
  let kept = chosen;
  for (const candidate of chosen.toReversed()) {
    const without = kept.filter((each) => each !== candidate);
    if (demands.every((demand) => demand.some((each) => without.includes(each)))) kept = without;
  }
  return kept;
}
