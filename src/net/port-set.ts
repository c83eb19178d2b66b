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
