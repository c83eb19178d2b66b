import type { PortRange } from "../model/exposure.ts";
import { holds, kept, merge, pairs, sweep, type Borders } from "./intervals.ts";

/** An exact set of ports, 0-65535. */
export interface PortSet {
  readonly borders: Borders;
}

export const noPorts: PortSet = { borders: [] };
export const everyPort: PortSet = { borders: [0, 65_536] };

export function portsOf(ranges: readonly PortRange[]): PortSet {
  return { borders: merge(ranges.map(({ from, to }) => [from, to + 1] as const)) };
}

/** Lists up to this long are sorted without anything else being made. */
const short = 256;

/** Of ranges written as `[from, end, from, end, ...]` in any order, none empty; the list is used up. */
export function portsAmong(ranges: number[]): PortSet {
  if (ranges.length > short) return { borders: merge(pairs(ranges)) };
  sortPairs(ranges);
  let length = 0;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const from = ranges[i] ?? 0;
    const end = ranges[i + 1] ?? 0;
    const last = length === 0 ? -1 : (ranges[length - 1] ?? 0);
    if (from > last) {
      ranges[length] = from;
      ranges[length + 1] = end;
      length += 2;
    } else if (end > last) ranges[length - 1] = end;
  }
  ranges.length = length;
  return { borders: ranges };
}

/** By insertion, in place. */
function sortPairs(ranges: number[]): void {
  for (let i = 2; i + 1 < ranges.length; i += 2) {
    const from = ranges[i] ?? 0;
    const end = ranges[i + 1] ?? 0;
    let at = i;
    for (; at > 0 && (ranges[at - 2] ?? 0) > from; at -= 2) {
      ranges[at] = ranges[at - 2] ?? 0;
      ranges[at + 1] = ranges[at - 1] ?? 0;
    }
    ranges[at] = from;
    ranges[at + 1] = end;
  }
}

export function unionPorts(a: PortSet, b: PortSet): PortSet {
  return { borders: sweep(a.borders, b.borders, kept.union) };
}

export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  return { borders: sweep(a.borders, b.borders, kept.intersection) };
}

export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  return { borders: sweep(a.borders, b.borders, kept.difference) };
}

export function equalPorts(a: PortSet, b: PortSet): boolean {
  return a.borders.length === b.borders.length && a.borders.every((x, i) => x === b.borders[i]);
}

export function hasPort(set: PortSet, port: number): boolean {
  return holds(set.borders, port);
}

export function noPort(set: PortSet): boolean {
  return set.borders.length === 0;
}

export function rangesOf(set: PortSet): PortRange[] {
  return pairs(set.borders).map(([from, end]) => ({ from: Number(from), to: Number(end) - 1 }));
}
