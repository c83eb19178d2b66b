import type { PortRange } from "../model/exposure.ts";
import { nobody, type SetTable } from "../net/set-table.ts";
import type { LeanGate } from "./lean-gates.ts";

/** Dialled ports by which the same clients arrive. */
export interface Open {
  readonly from: number;
  to: number;
  readonly clients: number;
}

/** Dialled ports that the same gates keep closed. */
export interface Closed {
  readonly from: number;
  to: number;
  /** Bit i: gate i would keep them closed alone, or is the one behind which nobody is left. */
  readonly closers: number;
  /** The gate behind which nobody is left; -1 = a gate before the chain. */
  readonly decider: number;
  /** Who is left before it. */
  readonly before: number;
}

/** As many gates as have a bit each. */
export const mostGates = 30;

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
  /** Bits of the gates that are told by the same name whatever the port. */
  readonly named: number;
}

/** Where the pass is, and what it found there; one for all ports, since there are many. */
interface Pass {
  readonly gates: readonly LeanGate[];
  readonly clients: Clients;
  readonly places: number[];
  arriving: number;
  left: number;
  closers: number;
  decider: number;
  before: number;
}

/** One pass over the ports: between two borders of any gate nothing changes. */
export function segmentsOf(
  gates: readonly LeanGate[],
  { from, to }: PortRange,
  clients: Clients,
  sets: SetTable,
): Segments {
  const open: Open[] = [];
  const closed: Closed[] = [];
  const { named } = clients;
  const places = gates.map(() => 0);
  const pass: Pass = {
    gates,
    clients,
    places,
    arriving: nobody,
    left: nobody,
    closers: 0,
    decider: -1,
    before: nobody,
  };
  for (let port = from; port <= to;) {
    const end = advance(pass, port, to);
    walk(pass, sets);
    const { arriving, left, closers, decider, before } = pass;
    if (!clients.shut && sets.minus(arriving, clients.own) !== nobody) {
      const last = open.at(-1);
      if (last && last.to + 1 === port && last.clients === arriving) last.to = end;
      else open.push({ from: port, to: end, clients: arriving });
    }
    if (left === nobody) {
      const last = closed.at(-1);
      if (last && last.to + 1 === port && last.closers === closers && (closers & ~named) === 0)
        last.to = end;
      else closed.push({ from: port, to: end, closers, decider, before });
    }
    port = end + 1;
  }
  return { open, closed };
}

/** Moves each gate to its segment of the port, and tells the last port before any of them changes. */
function advance({ gates, places }: Pass, port: number, to: number): number {
  let end = to;
  for (let i = 0; i < gates.length; i += 1) {
    const starts = gates[i]?.starts ?? none;
    let place = places[i] ?? 0;
    while (place + 1 < starts.length && (starts[place + 1] ?? 0) <= port) place += 1;
    places[i] = place;
    if (place + 1 < starts.length) end = Math.min(end, (starts[place + 1] ?? 0) - 1);
  }
  return end;
}

const none: readonly number[] = [];

function walk(pass: Pass, sets: SetTable): void {
  const { gates, clients, places } = pass;
  const { space, outside, shut } = clients;
  pass.arriving = space;
  pass.left = shut ? nobody : outside;
  pass.closers = 0;
  pass.decider = -1;
  pass.before = nobody;
  for (let i = 0; i < gates.length; i += 1) {
    const passing = gates[i]?.sets[places[i] ?? 0] ?? nobody;
    const { left } = pass;
    pass.arriving = sets.and(pass.arriving, passing);
    pass.left = sets.and(left, passing);
    if (left !== nobody && pass.left === nobody) {
      pass.decider = i;
      pass.before = left;
      pass.closers |= 1 << i;
    } else if (sets.and(outside, passing) === nobody) pass.closers |= 1 << i;
  }
}
