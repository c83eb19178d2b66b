/** A set of action numbers: sorted, disjoint `[from, to)` pairs, flat. */
export type Ranges = readonly number[];

const top = 2 ** 31;

function complementOf(a: Ranges): Ranges {
  return complement(a, top);
}

/** Everything in `[0, size)` that is not in `a`. */
export function complement(a: Ranges, size: number): Ranges {
  const out: number[] = [];
  let next = 0;
  for (let i = 0; i < a.length; i += 2) {
    const from = a[i] ?? 0;
    if (from > next) out.push(next, from);
    next = a[i + 1] ?? next;
  }
  if (next < size) out.push(next, size);
  return out;
}

export function intersection(a: Ranges, b: Ranges): Ranges {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const from = Math.max(a[i] ?? 0, b[j] ?? 0);
    const endA = a[i + 1] ?? 0;
    const endB = b[j + 1] ?? 0;
    const to = Math.min(endA, endB);
    if (from < to) out.push(from, to);
    if (endA <= endB) i += 2;
    if (endB <= endA) j += 2;
  }
  return out;
}

export function minus(a: Ranges, b: Ranges): Ranges {
  return b.length === 0 ? a : intersection(a, complementOf(b));
}

/** Sorted, disjoint ranges of a list that may overlap. */
export function normal(pairs: readonly (readonly [number, number])[]): Ranges {
  const out: number[] = [];
  for (const [from, to] of pairs.toSorted((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last !== undefined && from <= last) out[out.length - 1] = Math.max(last, to);
    else out.push(from, to);
  }
  return out;
}
