import type { Approach, Gate, Leg, NetworkInventory } from "../model/network.ts";
import type { IpFamily } from "../model/exposure.ts";
import { speaksOf } from "./gate-flows.ts";

/** Whether what is its own is open or closed whatever the packet. */
export function isPlain({ via, clients, nearMiss, legs }: Approach): boolean {
  if (via.length > 0 || clients || nearMiss || legs.length === 0) return false;
  for (let i = 0; i < legs.length; i += 1) {
    const leg = legs[i];
    if (!leg || !plainLeg(leg, i)) return false;
  }
  return true;
}

function plainLeg(leg: Leg, i: number): boolean {
  if (i > 0 && leg.chain !== undefined) return false;
  return leg.from.addresses === "client" && leg.own.every(isState);
}

function isState({ kind }: Gate): boolean {
  return kind === "state";
}

/** Of two approaches that are alike in numbers: the gates before the chain are of the same kinds. */
export function sameCodes({ legs: [leg] }: Approach, { legs: [other] }: Approach): boolean {
  if (!leg || !other) return false;
  const { own } = leg;
  for (let i = 0; i < own.length; i += 1) {
    const gate = own[i];
    const second = other.own[i];
    if (gate?.kind !== "state" || second?.kind !== "state" || gate.code !== second.code)
      return false;
  }
  return true;
}

/**
 * Whether everything that the answer depends on is the same, except names and addresses.
 * `to`: whether the chain looks at the receiver. Both are plain.
 */
export function alike(a: Approach, b: Approach, to: boolean): boolean {
  if (!sameShape(a, b)) return false;
  for (let i = 0; i < a.legs.length; i += 1) if (!alikeLegs(a, b, i, to)) return false;
  return true;
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

function alikeLegs(a: Approach, b: Approach, i: number, to: boolean): boolean {
  const leg = a.legs[i];
  const other = b.legs[i];
  return (
    leg !== undefined &&
    other !== undefined &&
    leg.chain === other.chain &&
    leg.family === other.family &&
    leg.port === other.port &&
    (leg.from === other.from || sameList(leg.from.groups, other.from.groups)) &&
    (i === 0 || again(a, leg) === again(b, other)) &&
    sameStates(leg, other) &&
    (!to || JSON.stringify(leg.to) === JSON.stringify(other.to))
  );
}

function again({ legs }: Approach, leg: Leg): boolean {
  return leg.stop.id === legs[0]?.stop.id;
}

function sameStates({ own, family }: Leg, { own: others }: Leg): boolean {
  if (own.length !== others.length) return false;
  for (let i = 0; i < own.length; i += 1) if (!sameState(own[i], others[i], family)) return false;
  return true;
}

function sameState(gate: Gate | undefined, other: Gate | undefined, family: IpFamily): boolean {
  return (
    gate?.kind === "state" &&
    other?.kind === "state" &&
    gate.open === other.open &&
    gate.latent === other.latent &&
    gate.code === other.code &&
    speaksOf(gate, family) === speaksOf(other, family)
  );
}

export function sameList(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether a gate of the chain compares the receiver's address, which every interface has its own of. */
export function looksAtReceiver({ chains }: NetworkInventory, chain: string | undefined): boolean {
  const gates = (chain === undefined ? undefined : chains?.get(chain)?.gates) ?? [];
  return gates.some(
    (gate) => (gate.kind === "rules" || gate.kind === "staged") && gate.peer === "to",
  );
}
