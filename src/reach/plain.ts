import type { Approach, Gate, Leg, NetworkInventory } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";

/** Whether none of the approaches of a workload can meet another, and what is their own is open or closed whatever the packet. */
export function arePlain(approaches: readonly Approach[]): boolean {
  const [first, second, third] = approaches;
  if (!first || third || (second && second.family === first.family)) return false;
  return isPlain(first) && (!second || isPlain(second));
}

function isPlain({ via, clients, nearMiss, legs }: Approach): boolean {
  if (via.length > 0 || clients || nearMiss || legs.length === 0) return false;
  return legs.every(plainLeg);
}

function plainLeg(leg: Leg, i: number): boolean {
  if (i > 0 && leg.chain !== undefined) return false;
  return leg.from.addresses === "client" && leg.own.every(isState);
}

function isState({ kind }: Gate): boolean {
  return kind === "state";
}

/**
 * Whether everything that the answer depends on is the same, except names and addresses.
 * `to`: whether the chain looks at the receiver. Both are plain.
 */
export function alike(a: Approach, b: Approach, to: boolean): boolean {
  return sameShape(a, b) && a.legs.every((leg, i) => alikeLegs(a, b, leg, i, to));
}

function sameShape(a: Approach, b: Approach): boolean {
  return (
    a.family === b.family &&
    a.entryPorts.from === b.entryPorts.from &&
    a.entryPorts.to === b.entryPorts.to &&
    a.authGate === b.authGate &&
    a.backendTls === b.backendTls &&
    a.entry.tls === b.entry.tls &&
    sameList(a.protocol, b.protocol) &&
    sameList(a.assumptions, b.assumptions) &&
    a.legs.length === b.legs.length
  );
}

function alikeLegs(a: Approach, b: Approach, leg: Leg, i: number, to: boolean): boolean {
  const other = b.legs[i];
  return (
    other !== undefined &&
    leg.chain === other.chain &&
    leg.family === other.family &&
    leg.port === other.port &&
    sameList(leg.from.groups, other.from.groups) &&
    again(a, leg) === again(b, other) &&
    sameStates(leg, other) &&
    (!to || JSON.stringify(leg.to) === JSON.stringify(other.to))
  );
}

function again({ legs }: Approach, leg: Leg): boolean {
  return leg.stop.id === legs[0]?.stop.id;
}

function sameStates({ own, family }: Leg, { own: others }: Leg): boolean {
  if (own.length !== others.length) return false;
  return own.every((gate, i) => {
    const other = others[i];
    return (
      gate.kind === "state" &&
      other?.kind === "state" &&
      gate.open === other.open &&
      gate.latent === other.latent &&
      gate.code === other.code &&
      speaksOf(gate, family) === speaksOf(other, family)
    );
  });
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}

/** Whether a gate of the chain compares the receiver's address, which every interface has its own of. */
export function looksAtReceiver({ chains }: NetworkInventory, chain: string | undefined): boolean {
  const gates = (chain === undefined ? undefined : chains?.get(chain)?.gates) ?? [];
  return gates.some(
    (gate) => (gate.kind === "rules" || gate.kind === "staged") && gate.peer === "to",
  );
}
