import type { IpFamily, PortRange } from "../model/exposure.ts";
import {
  everyAddress,
  equal,
  intersect,
  isEmpty,
  subtract,
  union,
  type PrefixSet,
} from "./prefix-set.ts";

/** Addresses that go with a range of ports. */
export interface FlowBox {
  readonly ports: PortRange;
  readonly addresses: PrefixSet;
}

/** An exact set of (address, port) pairs: disjoint port ranges in ascending order, none with an empty set, neighbours different. */
export type FlowSet = readonly FlowBox[];

export const allPorts: PortRange = { from: 0, to: 65_535 };

export function everyFlow(family: IpFamily): FlowSet {
  return [{ ports: allPorts, addresses: everyAddress(family) }];
}

/** The port ranges between any two borders of the given ranges, so that within one nothing changes. */
export function cuts(ranges: readonly PortRange[], within: PortRange = allPorts): PortRange[] {
  const starts = [within.from];
  for (const { from, to } of ranges) {
    if (from > within.from && from <= within.to) starts.push(from);
    if (to >= within.from && to < within.to) starts.push(to + 1);
  }
  if (starts.length > 1) starts.sort((a, b) => a - b);
  const out: PortRange[] = [];
  for (let i = 0; i < starts.length; i += 1) {
    const from = starts[i] ?? within.from;
    const next = starts[i + 1];
    if (from !== next) out.push({ from, to: (next ?? within.to + 1) - 1 });
  }
  return out;
}

/** Builds a canonical set: `addresses` of each port range, neighbours with equal sets merged. */
export function flowSet(
  ranges: readonly PortRange[],
  addresses: (ports: PortRange) => PrefixSet,
): FlowSet {
  const out: FlowBox[] = [];
  for (const ports of ranges) append(out, ports.from, ports.to, addresses(ports));
  return out;
}

/** Addresses admitted on a port. */
export function addressesAt(flows: FlowSet, port: number): PrefixSet | undefined {
  return flows.find(({ ports }) => ports.from <= port && port <= ports.to)?.addresses;
}

export function intersectFlows(a: FlowSet, b: FlowSet): FlowSet {
  return combine(a, b, (x, y) => (x && y ? intersect(x, y) : undefined));
}

export function unionFlows(a: FlowSet, b: FlowSet): FlowSet {
  return combine(a, b, (x, y) => (x && y ? union(x, y) : (x ?? y)));
}

export function subtractFlows(a: FlowSet, b: FlowSet): FlowSet {
  return combine(a, b, (x, y) => (x && y ? subtract(x, y) : x));
}

function combine(
  a: FlowSet,
  b: FlowSet,
  pick: (x: PrefixSet | undefined, y: PrefixSet | undefined) => PrefixSet | undefined,
): FlowSet {
  const out: FlowBox[] = [];
  let [i, j, from] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    const to = Math.min(lastOf(x, from), lastOf(y, from));
    append(out, from, to, pick(addressesFrom(x, from), addressesFrom(y, from)));
    if (x?.ports.to === to) i += 1;
    if (y?.ports.to === to) j += 1;
    from = to + 1;
  }
  return out;
}

/** Up to where a box goes on being there, or not being there. */
function lastOf(box: FlowBox | undefined, from: number): number {
  if (!box) return allPorts.to;
  return box.ports.from <= from ? box.ports.to : box.ports.from - 1;
}

function addressesFrom(box: FlowBox | undefined, from: number): PrefixSet | undefined {
  return box && box.ports.from <= from ? box.addresses : undefined;
}

function append(out: FlowBox[], from: number, to: number, set: PrefixSet | undefined): void {
  if (!set || isEmpty(set)) return;
  const last = out.at(-1);
  if (last && last.ports.to + 1 === from && equal(last.addresses, set))
    out[out.length - 1] = { ports: { from: last.ports.from, to }, addresses: set };
  else out.push({ ports: { from, to }, addresses: set });
}
