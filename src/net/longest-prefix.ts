import type { IpFamily } from "../model/exposure.ts";
import { parsePrefix, type Prefix } from "./address.ts";
import type { Bound } from "./intervals.ts";
import { covers } from "./prefix-set.ts";

/** A prefix with what lies behind it. Among equal prefixes the lowest `rank` wins. */
export interface RankedPrefix<T> {
  readonly prefix: Prefix;
  readonly rank: number;
  readonly value: T;
}

export interface Segment<T> {
  readonly from: Bound;
  /** One past the last address. */
  readonly end: Bound;
  readonly value: T;
}

/**
 * Longest-prefix match, flattened: disjoint segments in address order, each with the value that wins there.
 * Prefixes nest or are disjoint, so one pass with a stack is enough: O(n log n).
 */
export function flatten<T>(family: IpFamily, table: readonly RankedPrefix<T>[]): Segment<T>[] {
  const sorted = table.filter(({ prefix }) => prefix.family === family).toSorted(byPlace);
  const out: Segment<T>[] = [];
  const open: RankedPrefix<T>[] = [];
  let at: Bound | undefined;
  const emit = (end: Bound): void => {
    const top = open.at(-1);
    if (top && at !== undefined && at < end) out.push({ from: at, end, value: top.value });
    at = end;
  };
  const close = (until: Bound | undefined): void => {
    while (true) {
      const top = open.at(-1);
      if (!top || (until !== undefined && top.prefix.end > until)) return;
      emit(top.prefix.end);
      open.pop();
    }
  };
  for (const entry of sorted) {
    close(entry.prefix.from);
    const top = open.at(-1);
    if (top && top.prefix.from === entry.prefix.from && top.prefix.length === entry.prefix.length)
      continue;
    emit(entry.prefix.from);
    open.push(entry);
  }
  close(undefined);
  return out;
}

function byPlace<T>(a: RankedPrefix<T>, b: RankedPrefix<T>): number {
  if (a.prefix.from !== b.prefix.from) return a.prefix.from < b.prefix.from ? -1 : 1;
  return a.prefix.length - b.prefix.length || a.rank - b.rank;
}

/** The entry whose prefix is the longest that holds the whole address or prefix; among equal ones the lowest `rank`. */
export function longestFor<T extends { readonly prefix?: string; readonly rank: number }>(
  entries: readonly T[],
  text: string,
): T | undefined {
  const length = ({ prefix = "" }: T): number => parsePrefix(prefix)?.length ?? 0;
  return entries
    .filter(({ prefix = "" }) => covers([prefix], text))
    .toSorted((a, b) => length(b) - length(a) || a.rank - b.rank)[0];
}
