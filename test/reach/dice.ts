/** A small reproducible generator: mulberry32. */
export interface Dice {
  /** An integer below `n`. */
  below(n: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
  /** True in `share` of the throws. */
  chance(share: number): boolean;
  some<T>(list: readonly T[], share: number): T[];
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    chance: (share) => next() < share,
    some: (list, share) => list.filter(() => next() < share),
  };
}
