import type { PortRange } from "../model/exposure.ts";
import type { Gate } from "../model/network.ts";
import { nobody, type SetTable } from "../net/set-table.ts";
import type { LeanGate } from "./lean-gates.ts";

/** A gate of a chain, as read. */
export interface Read {
  readonly gate: Gate;
  readonly lean: LeanGate;
}

/** Dialled ports by which the same clients arrive. */
export interface Open {
  readonly from: number;
  to: number;
  readonly clients: number;
}

/** A gate that keeps a port closed. */
export interface Closer {
  readonly read: Read;
  readonly port: number;
  /** Who would pass if it did not. */
  readonly clients: number;
}

/** Dialled ports that the same gates keep closed. */
export interface Closed {
  readonly from: number;
  readonly to: number;
  readonly closers: readonly Closer[];
}

export interface Segments {
  readonly open: readonly Open[];
  readonly closed: readonly Closed[];
}

export interface Clients {
  /** All that are asked about. */
  readonly space: number;
  /** Those who have no address of the network itself. */
  readonly outside: number;
  /** The network's own addresses. */
  readonly own: number;
  /** Whether a gate before the chain keeps all of them away. */
  readonly shut: boolean;
}

/** One pass over the ports: between two borders of any gate nothing changes. */
export function segmentsOf(
  gates: readonly Read[],
  { from, to }: PortRange,
  clients: Clients,
  sets: SetTable,
): Segments {
  const open: Open[] = [];
  const closed: Closed[] = [];
  const places = gates.map(() => 0);
  for (let port = from; port <= to;) {
    const end = advance(gates, places, port, to);
    const { arriving, left, closers } = at(gates, places, port, clients, sets);
    if (!clients.shut && sets.minus(arriving, clients.own) !== nobody) {
      const last = open.at(-1);
      if (last && last.to + 1 === port && last.clients === arriving) last.to = end;
      else open.push({ from: port, to: end, clients: arriving });
    }
    if (left === nobody) closed.push({ from: port, to: end, closers });
    port = end + 1;
  }
  return { open, closed };
}

/** Moves each gate to its segment of the port, and tells the last port before any of them changes. */
function advance(gates: readonly Read[], places: number[], port: number, to: number): number {
  let end = to;
  for (let i = 0; i < gates.length; i += 1) {
    const starts = gates[i]?.lean.starts ?? none;
    let place = places[i] ?? 0;
    while ((starts[place + 1] ?? Number.POSITIVE_INFINITY) <= port) place += 1;
    places[i] = place;
    end = Math.min(end, (starts[place + 1] ?? Number.POSITIVE_INFINITY) - 1);
  }
  return end;
}

const none: readonly number[] = [];
const noClosers: readonly Closer[] = [];

function at(
  gates: readonly Read[],
  places: readonly number[],
  port: number,
  { space, outside, shut }: Clients,
  sets: SetTable,
): { readonly arriving: number; readonly left: number; readonly closers: readonly Closer[] } {
  let [arriving, left] = [space, shut ? nobody : outside];
  let closers: Closer[] | undefined;
  for (let i = 0; i < gates.length; i += 1) {
    const read = gates[i];
    if (!read) continue;
    const passing = read.lean.sets[places[i] ?? 0] ?? nobody;
    arriving = sets.and(arriving, passing);
    const before = left;
    left = sets.and(left, passing);
    const decides = before !== nobody && left === nobody;
    if (decides || sets.and(outside, passing) === nobody)
      (closers ??= []).push({ read, port, clients: decides ? before : outside });
  }
  return { arriving, left, closers: closers ?? noClosers };
}
