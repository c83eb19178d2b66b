/** A number for IPv4 and ports, a bigint for IPv6; never mixed within one list. */
export type Bound = number | bigint;

/**
 * A set as ascending half-open borders `[from, end, from, end, ...]`: inside between an even and the next odd border.
 * Half-open, so that the algebra needs comparisons only.
 */
export type Borders = readonly Bound[];

/** Points of either list for which `keep` holds: union, intersection and difference are one sweep. */
export function sweep(
  a: Borders,
  b: Borders,
  keep: (inA: boolean, inB: boolean) => boolean,
): Bound[] {
  const out: Bound[] = [];
  let [i, j, inside] = [0, 0, false];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    const next = y === undefined || (x !== undefined && x <= y) ? x : y;
    if (next === undefined) break;
    if (x === next) i += 1;
    if (y === next) j += 1;
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== inside) out.push(next);
    inside = now;
  }
  return out;
}

/** Sorts and merges `[from, end)` pairs that may overlap. */
export function merge(ranges: readonly (readonly [Bound, Bound])[]): Bound[] {
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
