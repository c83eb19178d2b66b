import type { Approach, Leg } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";
import { isPlain } from "./plain.ts";

/** What of an approach decides how it is judged, in one number: equal ones need no look at the approaches. 0 = not plain. */
export type Traits = number;

const plain = 1;
const usual = 2;
const ipv6 = 4;
const udp = 8;
/** Two bits each for the gates before the chain, from here on; the number of gates before them. */
const gatesFrom = 7;
const mostGates = 8;
const shut = 1 << 22;

/** Whether all that may differ from a like approach, but for the chain, is in the number. */
export function isUsual(traits: Traits): boolean {
  return (traits & usual) !== 0;
}

/** Whether no gate before the chain is closed, so that clients may arrive. */
export function mayArrive(traits: Traits): boolean {
  return isUsual(traits) && (traits & shut) === 0;
}

export function traitsOf(approach: Approach): Traits {
  if (!isPlain(approach)) return 0;
  const [leg, next] = approach.legs;
  if (!leg || next || !asUsual(approach, leg)) return plain;
  const gates = gateBits(leg);
  if (gates === undefined) return plain;
  const family = leg.family === "ipv6" ? ipv6 : 0;
  const protocol = approach.protocol[0] === "udp" ? udp : 0;
  return plain | usual | family | protocol | gates;
}

/** Undefined when one is latent. */
function gateBits({ own, family }: Leg): number | undefined {
  let bits = own.length << 4;
  for (let i = 0; i < own.length; i += 1) {
    const gate = own[i];
    if (gate?.kind !== "state" || gate.latent) return undefined;
    const speaks = speaksOf(gate, family) ? 2 : 0;
    if (speaks !== 0 && !gate.open) bits |= shut;
    bits |= ((gate.open ? 1 : 0) | speaks) << (gatesFrom + 2 * i);
  }
  return bits;
}

function asUsual(
  { family, protocol, entryPorts, assumptions, authGate, backendTls, entry }: Approach,
  leg: Leg,
): boolean {
  return (
    leg.family === family &&
    leg.port === undefined &&
    leg.chain !== undefined &&
    leg.own.length < mostGates &&
    leg.from.groups.length === 0 &&
    protocol.length === 1 &&
    entryPorts.from === 0 &&
    entryPorts.to === 65_535 &&
    assumptions.length === 0 &&
    authGate === "none" &&
    backendTls === "unknown" &&
    entry.tls === "unknown"
  );
}
