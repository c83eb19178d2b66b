import type { Approach, Leg, NetworkInventory, StateGate } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";

/** A direct way to a workload; what is its own is open or closed whatever the packet. */
export interface PlainApproach {
  readonly approach: Approach;
  readonly legs: readonly PlainLeg[];
}

export interface PlainLeg {
  readonly leg: Leg;
  readonly own: readonly StateGate[];
}

/** The approaches of a workload when none of them can meet another: all direct, one a family. */
export function plainOf(approaches: readonly Approach[]): PlainApproach[] | undefined {
  const out: PlainApproach[] = [];
  for (const approach of approaches) {
    if (approach.via.length > 0 || approach.clients || approach.nearMiss) return undefined;
    if (out.some((other) => other.approach.family === approach.family)) return undefined;
    const legs: PlainLeg[] = [];
    for (const leg of approach.legs) {
      const own = leg.own.filter((gate) => gate.kind === "state");
      const shared = legs.length > 0 && leg.chain !== undefined;
      if (shared || own.length < leg.own.length || leg.from.addresses !== "client")
        return undefined;
      legs.push({ leg, own });
    }
    if (legs.length === 0) return undefined;
    out.push({ approach, legs });
  }
  return out;
}

/** Everything that the answer depends on except names and addresses. `to`: whether the chain looks at the receiver. */
export function templateKey({ approach, legs }: PlainApproach, to: boolean): string {
  const { entryPorts, family, protocol, authGate, backendTls, assumptions, entry } = approach;
  let key = `${family} ${entryPorts.from}-${entryPorts.to} ${protocol.join()} ${authGate} ${backendTls} ${entry.tls}`;
  for (const { leg, own } of legs) {
    const again = leg.stop.id === legs[0]?.leg.stop.id;
    key += `|${leg.chain} ${leg.family} ${leg.port} ${leg.from.groups.join()} ${again}`;
    for (const gate of own)
      key += `;${gate.code} ${gate.open} ${gate.latent} ${speaksOf(gate, leg.family)}`;
    if (to) key += JSON.stringify(leg.to);
  }
  return assumptions.length === 0 ? key : `${key}|${JSON.stringify(assumptions)}`;
}

/** Whether a gate of the chain compares the receiver's address, which every interface has its own of. */
export function looksAtReceiver({ chains }: NetworkInventory, chain: string | undefined): boolean {
  const gates = (chain === undefined ? undefined : chains?.get(chain)?.gates) ?? [];
  return gates.some(
    (gate) => (gate.kind === "rules" || gate.kind === "staged") && gate.peer === "to",
  );
}
