import type { IpFamily, PortRange } from "../model/exposure.ts";
import { cuts, flowSet, intersectFlows, unionFlows, everyFlow, type FlowSet } from "./flow-set.ts";
import { equal, type PrefixSet } from "./prefix-set.ts";

/** What passes from some of the sender's ports. */
export interface Slice {
  readonly senders: PortRange;
  readonly flows: FlowSet;
}

/** An exact set of (sender's port, address, dialled port): disjoint ascending sender ranges, none with an empty set. */
export type FlowCube = readonly Slice[];

export function everyCube(family: IpFamily, senders: PortRange): FlowCube {
  return [{ senders, flows: everyFlow(family) }];
}

/** Builds a cube from what passes in each cell, within which nothing changes. */
export function cubeOf(
  senders: readonly PortRange[],
  dialled: readonly PortRange[],
  cell: (senders: PortRange, dialled: PortRange) => PrefixSet,
): FlowCube {
  return joined(
    senders.map((range) => ({
      senders: range,
      flows: flowSet(dialled, (ports) => cell(range, ports)),
    })),
  );
}

export function intersectCubes(a: FlowCube, b: FlowCube): FlowCube {
  const [x, y] = [a[0], b[0]];
  if (x && y && !a[1] && !b[1] && same(x.senders, y.senders)) {
    const flows = intersectFlows(x.flows, y.flows);
    return flows.length === 0 ? [] : [{ senders: x.senders, flows }];
  }
  return joined(
    a.flatMap((left) =>
      b.flatMap((right): Slice[] => {
        const from = Math.max(left.senders.from, right.senders.from);
        const to = Math.min(left.senders.to, right.senders.to);
        if (from > to) return [];
        return [{ senders: { from, to }, flows: intersectFlows(left.flows, right.flows) }];
      }),
    ),
  );
}

/** What passes from some port of the sender, which chooses it. */
export function flattened(cube: FlowCube): FlowSet {
  const [first, ...rest] = cube;
  return rest.reduce((sum, { flows }) => unionFlows(sum, flows), first?.flows ?? []);
}

/** What passes from a port. */
export function sliceAt(cube: FlowCube, sender: number): FlowSet {
  return cube.find(({ senders }) => senders.from <= sender && sender <= senders.to)?.flows ?? [];
}

/** Sender ranges within which none of the cubes changes. */
export function senderCuts(cubes: readonly FlowCube[], within: PortRange): PortRange[] {
  return cuts(
    cubes.flatMap((cube) => cube.map(({ senders }) => senders)),
    within,
  );
}

function joined(slices: readonly Slice[]): FlowCube {
  const out: Slice[] = [];
  for (const slice of slices) {
    if (slice.flows.length === 0) continue;
    const last = out.at(-1);
    if (last && last.senders.to + 1 === slice.senders.from && equalFlows(last.flows, slice.flows))
      out[out.length - 1] = {
        senders: { from: last.senders.from, to: slice.senders.to },
        flows: last.flows,
      };
    else out.push(slice);
  }
  return out;
}

function equalFlows(a: FlowSet, b: FlowSet): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((box, i) => {
        const other = b[i];
        return (
          other !== undefined &&
          same(box.ports, other.ports) &&
          equal(box.addresses, other.addresses)
        );
      }))
  );
}

function same(a: PortRange, b: PortRange): boolean {
  return a.from === b.from && a.to === b.to;
}
