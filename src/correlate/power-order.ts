import { powers } from "../model/identity.ts";
import type { Power } from "../model/identity.ts";

/** 0 is the weakest. */
export function powerRank(power: Power): number {
  return powers.length - 1 - powers.indexOf(power);
}

export function strongest(words: readonly Power[]): Power {
  return words.reduce<Power>((a, b) => (powerRank(b) > powerRank(a) ? b : a), "none");
}

export function weaker(a: Power, b: Power): Power {
  return powerRank(a) <= powerRank(b) ? a : b;
}
