import type { Exposure } from "../../src/model/exposure.ts";
import { reach } from "../../src/reach/reach.ts";
import { passesGates } from "./brute-stages.ts";
import { within } from "./brute-raw.ts";
import { dice } from "./dice.ts";
import {
  randomGatePacket,
  randomNetwork,
  type GateFamily,
  type GatePacket,
} from "./random-gates.ts";

export interface GateDisagreement {
  readonly seed: number;
  readonly packet: GatePacket;
  readonly engine: boolean;
}

export interface GateAgreement {
  readonly compared: number;
  readonly arriving: number;
  readonly disagreements: readonly GateDisagreement[];
}

const packetsPerNetwork = 10;

/** Asks both the engine and the brute force about packets through random gates of one cloud's kind. */
export function gateAgreement(kind: GateFamily, seed: number, packets: number): GateAgreement {
  const disagreements: GateDisagreement[] = [];
  let [compared, arriving] = [0, 0];
  for (let at = seed; compared < packets; at += 1) {
    const d = dice(at);
    const network = randomNetwork(d, kind);
    const family = network.approaches?.[0]?.family ?? "ipv4";
    const { exposures } = reach(network);
    for (let i = 0; i < packetsPerNetwork && compared < packets; i += 1, compared += 1) {
      const packet = randomGatePacket(d, family);
      const brute = passesGates(network, packet);
      const engine = exposures.some((exposure) => admits(exposure, packet));
      if (brute) arriving += 1;
      if (brute !== engine) disagreements.push({ seed: at, packet, engine });
    }
  }
  return { compared, arriving, disagreements };
}

function admits({ protocol, entry, sources, verdict }: Exposure, packet: GatePacket): boolean {
  return (
    verdict === "reachable" &&
    protocol === packet.protocol &&
    entry.port.from <= packet.port &&
    packet.port <= entry.port.to &&
    (sources === "internet" || sources.some((cidr) => within(packet.client, cidr)))
  );
}
