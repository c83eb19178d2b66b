import type { IpFamily } from "../model/exposure.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  subtract,
  union,
  type PrefixSet,
} from "./prefix-set.ts";

/** Sets of addresses under small numbers, equal ones under one, so that what was worked out once is looked up. */
export interface SetTable {
  idOf(set: PrefixSet): number;
  at(id: number): PrefixSet;
  and(a: number, b: number): number;
  or(a: number, b: number): number;
  minus(a: number, b: number): number;
  /** Nearly out of numbers: to be replaced by a new table before more is asked. */
  full(): boolean;
}

export const nobody = 0;
export const everybody = 1;

/** Two numbers make a key that is a small integer. */
const limit = 32_768;
/** More than one approach can add. */
const spare = 8192;

export function setTable(family: IpFamily): SetTable {
  const sets: PrefixSet[] = [];
  const known = new Map<string, number>();
  const idOf = (set: PrefixSet): number => {
    if (isEmpty(set)) return sets.length === 0 ? add(set) : nobody;
    if (set === everyAddress(family) && sets.length > everybody) return everybody;
    return known.get(set.borders.join()) ?? add(set);
  };
  const add = (set: PrefixSet): number => {
    known.set(set.borders.join(), sets.length);
    return sets.push(set) - 1;
  };
  const at = (id: number): PrefixSet => sets[id] ?? emptySet(family);
  idOf(emptySet(family));
  idOf(everyAddress(family));
  const remembered = (work: (a: PrefixSet, b: PrefixSet) => PrefixSet) => {
    const answers = new Map<number, number>();
    return (a: number, b: number): number => {
      const key = a * limit + b;
      const found = answers.get(key);
      if (found !== undefined) return found;
      const fresh = idOf(work(at(a), at(b)));
      answers.set(key, fresh);
      return fresh;
    };
  };
  const [both, either, without] = [remembered(intersect), remembered(union), remembered(subtract)];
  return {
    idOf,
    at,
    and: (a, b) => {
      if (a === b || a === nobody || b === everybody) return a;
      return b === nobody || a === everybody ? b : both(a, b);
    },
    or: (a, b) => {
      if (a === b || b === nobody || a === everybody) return a;
      return a === nobody || b === everybody ? b : either(a, b);
    },
    minus: (a, b) => {
      if (a === nobody || b === nobody) return a;
      return a === b || b === everybody ? nobody : without(a, b);
    },
    full: () => sets.length > limit - spare,
  };
}
