import { normalise } from "../../providers/aws/normalise.ts";
import { awsScenario } from "../../src/conformance/scenario-aws.ts";
import type { Exposure } from "../../src/model/exposure.ts";
import { reach } from "../../src/reach/reach.ts";
import { arrives } from "./brute-force.ts";
import { within, type Packet, type World } from "./brute-raw.ts";
import { dice } from "./dice.ts";
import { randomPacket, randomWorld } from "./random-aws.ts";

export interface Disagreement {
  readonly seed: number;
  readonly packet: Packet;
  readonly engine: boolean;
  readonly brute: boolean;
  readonly world: World;
}

export interface Agreement {
  readonly compared: number;
  /** Packets that arrive, by the way they come. */
  readonly open: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
}

const packetsPerWorld = 20;

/** Asks both the engine and the brute force about `packets` packets in configurations drawn from `seed` on. */
export function agreement(seed: number, packets: number): Agreement {
  const disagreements: Disagreement[] = [];
  const open: Record<string, number> = {};
  let compared = 0;
  for (let at = seed; compared < packets; at += 1) {
    const d = dice(at);
    const world = randomWorld(d);
    const { exposures } = reach(normalise(awsScenario({ config: world })));
    for (let i = 0; i < packetsPerWorld && compared < packets; i += 1, compared += 1) {
      const packet = randomPacket(d);
      const brute = arrives(world, packet);
      const engine = exposures.some((exposure) => admits(exposure, packet));
      const way = `${packet.via}/${packet.protocol}/${packet.family}`;
      if (brute) open[way] = (open[way] ?? 0) + 1;
      if (brute !== engine) disagreements.push({ seed: at, packet, engine, brute, world });
    }
  }
  return { compared, open, disagreements };
}

function admits(exposure: Exposure, packet: Packet): boolean {
  const { workload, protocol, portRange, families, via, entry, sources, latent, verdict } =
    exposure;
  return (
    workload.id === packet.workload &&
    protocol === packet.protocol &&
    portRange.from <= packet.port &&
    packet.port <= portRange.to &&
    families.includes(packet.family) &&
    via === packet.via &&
    entry.port.from <= packet.entryPort &&
    packet.entryPort <= entry.port.to &&
    latent === undefined &&
    verdict === "reachable" &&
    (sources === "internet" || sources.some((cidr) => within(packet.client, cidr)))
  );
}
