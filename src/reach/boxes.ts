import type { PortRange } from "../model/exposure.ts";
import { cuts, flowSet, type FlowSet } from "../net/flow-set.ts";
import { equalPorts, noPorts, unionPorts, type PortSet } from "../net/port-set.ts";
import { emptySet, intersect, isEmpty, union, type PrefixSet } from "../net/prefix-set.ts";

/** Clients that may dial `entry` and arrive on `port`. */
export interface Box {
  readonly entry: PortRange;
  readonly port: PortRange;
  readonly clients: PrefixSet;
  /** Ports that clients can send from. */
  readonly senders: PortSet;
}

/** Boxes as a set over what the client dials. */
export function dialled(boxes: readonly Box[]): FlowSet {
  const [first] = boxes;
  if (!first) return [];
  const { family } = first.clients;
  return flowSet(cuts(boxes.map(({ entry }) => entry)), ({ from }) =>
    boxes.reduce(
      (sum, { entry, clients }) =>
        entry.from <= from && from <= entry.to ? union(sum, clients) : sum,
      emptySet(family),
    ),
  );
}

/** `flows`, a part of what `boxes` dial, as boxes. The workload's port is what is dialled, unless it is rewritten. */
export function boxesOf(flows: FlowSet, boxes: readonly Box[]): Box[] {
  const rewritten = boxes.find(
    ({ entry, port }) => entry.from !== port.from || entry.to !== port.to,
  );
  return flows.flatMap(({ ports, addresses }) =>
    bySenders(boxes, ports, addresses).map((own) => ({
      entry: own.ports,
      port: rewritten?.port ?? own.ports,
      clients: addresses,
      senders: own.senders,
    })),
  );
}

/** Joins boxes that differ in the sender's port, which the client chooses. */
export function joinSenders(boxes: readonly Box[]): Box[] {
  const [first] = boxes;
  const several = boxes.some(({ senders }) => senders !== first?.senders);
  return several ? boxesOf(dialled(boxes), boxes) : [...boxes];
}

interface SenderRange {
  readonly ports: PortRange;
  readonly senders: PortSet;
}

/** Splits a range where the ports that clients can send from change. */
function bySenders(boxes: readonly Box[], ports: PortRange, clients: PrefixSet): SenderRange[] {
  const [first] = boxes;
  if (!first) return [];
  if (boxes.every(({ senders }) => senders === first.senders))
    return [{ ports, senders: first.senders }];
  const out: SenderRange[] = [];
  for (const piece of cuts(
    boxes.map(({ entry }) => entry),
    ports,
  )) {
    const senders = sendersIn(boxes, piece, clients);
    const last = out.at(-1);
    if (last && equalPorts(last.senders, senders))
      out[out.length - 1] = { ports: { from: last.ports.from, to: piece.to }, senders };
    else out.push({ ports: piece, senders });
  }
  return out;
}

function sendersIn(boxes: readonly Box[], ports: PortRange, clients: PrefixSet): PortSet {
  return boxes
    .filter(
      ({ entry, clients: own }) =>
        entry.from <= ports.to && ports.from <= entry.to && !isEmpty(intersect(own, clients)),
    )
    .reduce((sum, { senders }) => unionPorts(sum, senders), noPorts);
}
