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
import { portsOf, type PortSet } from "./port-set.ts";

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
  const starts = new Set([within.from]);
  for (const { from, to } of ranges) {
    if (from > within.from && from <= within.to) starts.add(from);
    if (to >= within.from && to < within.to) starts.add(to + 1);
  }
  const sorted = [...starts].toSorted((a, b) => a - b);
  return sorted.map((from, i) => ({ from, to: (sorted[i + 1] ?? within.to + 1) - 1 }));
}

/** Builds a canonical set: `addresses` of each port range, neighbours with equal sets merged. */
export function flowSet(
  ranges: readonly PortRange[],
  addresses: (ports: PortRange) => PrefixSet,
): FlowSet {
  const out: FlowBox[] = [];
  for (const ports of ranges) {
    const set = addresses(ports);
    const last = out.at(-1);
    if (isEmpty(set)) continue;
    if (last && last.ports.to + 1 === ports.from && equal(last.addresses, set)) {
      out[out.length - 1] = { ports: { from: last.ports.from, to: ports.to }, addresses: set };
    } else out.push({ ports, addresses: set });
  }
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

export function portsOfFlows(flows: FlowSet): PortSet {
  return portsOf(flows.map(({ ports }) => ports));
}

function combine(
  a: FlowSet,
  b: FlowSet,
  pick: (x: PrefixSet | undefined, y: PrefixSet | undefined) => PrefixSet | undefined,
): FlowSet {
  const family = (a[0] ?? b[0])?.addresses.family ?? "ipv4";
  const nothing: PrefixSet = { family, borders: [] };
  const ranges = cuts([...a, ...b].map(({ ports }) => ports));
  let [i, j] = [0, 0];
  return flowSet(ranges, ({ from }) => {
    while ((a[i]?.ports.to ?? Infinity) < from) i += 1;
    while ((b[j]?.ports.to ?? Infinity) < from) j += 1;
    return pick(boxAt(a[i], from), boxAt(b[j], from)) ?? nothing;
  });
}

function boxAt(box: FlowBox | undefined, port: number): PrefixSet | undefined {
  return box && box.ports.from <= port ? box.addresses : undefined;
}
