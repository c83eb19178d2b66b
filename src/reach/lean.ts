import type { IpFamily, PortRange, WorkloadRef } from "../model/exposure.ts";
import type { Approach, Gate, Leg, StateGate } from "../model/network.ts";
import { everyPort } from "../net/port-set.ts";
import { nobody, setTable, type SetTable } from "../net/set-table.ts";
import { admittedBy } from "./admitted.ts";
import type { Reach } from "./found.ts";
import { speaksOf } from "./gate-flows.ts";
import { leanReader, type LeanGate, type LeanReader } from "./lean-gates.ts";
import { leanBlocked, leanExposures, type LeanPath } from "./lean-output.ts";
import { mostGates, segmentsOf } from "./lean-segments.ts";
import { leanWords, type LeanWords } from "./lean-words.ts";
import { clientPorts } from "./parties.ts";
import type { Vantage } from "./vantage.ts";

/**
 * What the general way finds for one plain approach, in one pass over the ports. Undefined where only the general way
 * knows: several legs or protocols, something unread or latent, gates that look at the receiver or at several ranges of
 * the sender's ports.
 */
export type LeanJudge = (
  approach: Approach,
  region: string,
  workload: WorkloadRef,
) => Reach | undefined;

interface Means {
  readonly sets: SetTable;
  readonly read: LeanReader;
  readonly words: LeanWords;
  readonly space: number;
}

/** `all`: say of every closed port what closes it. */
export function leanJudge({ inventory, spaceOf }: Vantage, all: boolean): LeanJudge {
  const known = new Map<IpFamily, Means>();
  const meansOf = (family: IpFamily): Means => {
    const found = known.get(family);
    if (found && !found.sets.full()) return found;
    const sets = setTable(family);
    const fresh = {
      sets,
      read: leanReader(inventory, family, sets),
      words: leanWords(inventory, family, sets),
      space: sets.idOf(spaceOf(family)),
    };
    known.set(family, fresh);
    return fresh;
  };
  return (approach, region, workload) => {
    const leg = onlyLeg(approach);
    if (!leg) return undefined;
    const means = meansOf(leg.family);
    const chain = leg.chain === undefined ? undefined : inventory.chains?.get(leg.chain);
    const gates = chain?.gates ?? none;
    const path = pathOf(approach, leg, gates, means);
    if (!path) return undefined;
    const { words } = means;
    const admitted = all ? everyPort : admittedBy(gates, inventory);
    return {
      exposures: leanExposures(path, words, inventory, region, workload),
      blocked: leanBlocked(path, words, inventory, workload, admitted),
    };
  };
}

const none: readonly Gate[] = [];

function onlyLeg({ legs, protocol, family }: Approach): Leg | undefined {
  const [leg, next] = legs;
  if (!leg || next || protocol.length !== 1) return undefined;
  if (leg.family !== family || leg.port !== undefined) return undefined;
  return leg.from.addresses === "client" && leg.from.groups.length === 0 ? leg : undefined;
}

function pathOf(
  approach: Approach,
  leg: Leg,
  chain: readonly Gate[],
  { sets, read, space }: Means,
): LeanPath | undefined {
  const [protocol] = approach.protocol;
  const shut = shutOf(leg);
  if (!protocol || !shut || chain.length > mostGates) return undefined;
  const gates: LeanGate[] = [];
  let own = nobody;
  let named = 0;
  let senders = clientPorts;
  for (const gate of chain) {
    const lean = read(gate, leg, protocol);
    if (!lean) return undefined;
    if (gate.kind === "rules" && gate.match === "union") named |= 1 << gates.length;
    gates.push(lean);
    own = sets.or(own, lean.own);
    senders = both(senders, lean.senders);
  }
  const outside = sets.minus(space, own);
  if (outside === nobody || senders.from > senders.to) return undefined;
  const clients = { space, outside, own, shut: shut.length > 0, named };
  const { open, closed } = segmentsOf(gates, approach.entryPorts, clients, sets);
  return { approach, leg, protocol, chain, gates, senders, shut, outside, named, open, closed };
}

/** Gates before the chain that are closed; undefined when one is so for the moment only. */
function shutOf({ own, family }: Leg): readonly StateGate[] | undefined {
  let out = noGates;
  for (const gate of own) {
    if (gate.kind !== "state" || gate.open || !speaksOf(gate, family)) continue;
    if (gate.latent) return undefined;
    out = out.length === 0 ? [gate] : [...out, gate];
  }
  return out;
}

const noGates: readonly StateGate[] = [];

function both(a: PortRange, b: PortRange): PortRange {
  if (a === b) return a;
  return { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
}
