/** A number for IPv4 and ports, a bigint for IPv6; never mixed within one list. */
export type Bound = number | bigint;

/**
 * A set as ascending half-open borders `[from, end, from, end, ...]`: inside between an even and the next odd border.
 * Half-open, so that the algebra needs comparisons only.
 */
export type Borders = readonly Bound[];

/** Which points a sweep keeps: bit 1 those of `b` alone, bit 2 those of `a` alone, bit 3 those of both. */
export const kept = { union: 0b1110, intersection: 0b1000, difference: 0b0100 } as const;

/** Union, intersection and difference are one sweep. */
export function sweep(a: Borders, b: Borders, keep: number): Bound[] {
  const out: Bound[] = [];
  let i = 0;
  let j = 0;
  let inside = false;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    const next = y === undefined || (x !== undefined && x <= y) ? x : y;
    if (next === undefined) break;
    if (x === next) i += 1;
    if (y === next) j += 1;
    const now = ((keep >> ((i & 1) * 2 + (j & 1))) & 1) === 1;
    if (now !== inside) out.push(next);
    inside = now;
  }
  return out;
}

/** Whether some point lies in both. */
export function overlap(a: Borders, b: Borders): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x === undefined || y === undefined) return false;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
    if ((i & 1) === 1 && (j & 1) === 1) return true;
  }
  return false;
}

/** Sorts and merges `[from, end)` pairs that may overlap. */
export function merge(ranges: readonly (readonly [Bound, Bound])[]): Bound[] {
  const [only, second] = ranges;
  if (only && !second) return only[0] < only[1] ? [only[0], only[1]] : [];
  const sorted = ranges
    .filter(([from, end]) => from < end)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const out: Bound[] = [];
  for (const [from, end] of sorted) {
    const last = out.at(-1);
    if (last === undefined || from > last) out.push(from, end);
    else if (end > last) out[out.length - 1] = end;
  }
  return out;
}

/** The borders as `[from, end)` pairs. */
export function pairs(borders: Borders): [Bound, Bound][] {
  const out: [Bound, Bound][] = [];
  for (let i = 0; i + 1 < borders.length; i += 2) {
    const [from, end] = [borders[i], borders[i + 1]];
    if (from !== undefined && end !== undefined) out.push([from, end]);
  }
  return out;
}

/** Whether the point lies inside, by binary search. */
export function holds(borders: Borders, point: Bound): boolean {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const border = borders[middle];
    if (border !== undefined && border <= point) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
