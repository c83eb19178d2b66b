import type { GateBlock, Hop, IpFamily, TransportProtocol } from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Leg, Rule, RuleGate } from "../model/network.ts";
import { formatAddress } from "../net/address.ts";
import { clientSpace } from "../net/client-space.ts";
import { holds } from "../net/intervals.ts";
import { contains, firstOf, intersect, isEmpty, toCidrs } from "../net/prefix-set.ts";
import type { SetTable } from "../net/set-table.ts";
import { block, usualReply } from "./blocks.ts";
import { wordsOf } from "./deciding-rule.ts";
import { gateHop, sourceHop, stateHop } from "./hops.ts";
import type { LeanGate } from "./lean-gates.ts";
import type { Closer, Read } from "./lean-segments.ts";

/** What is said of some clients, whoever they reach. */
export interface ClientWords {
  readonly sources: "internet" | readonly string[];
  /** The sources in one text. */
  readonly text: string;
  /** The first address, who stands for the rest. */
  readonly client: string;
  readonly hop: Hop;
}

export interface LeanWords {
  of(clients: number): ClientWords;
  /** What let these clients through. */
  hop(read: Read, passage: Passage): Hop;
  /** What the block of a closed gate is told apart by. */
  name(closer: Closer, ends: Ends): Name;
  block(closer: Closer, ends: Ends): GateBlock;
}

export interface Ends {
  readonly leg: Leg;
  readonly protocol: TransportProtocol;
}

export interface Passage extends Ends {
  readonly clients: number;
  readonly port: number;
  readonly reply: number;
}

export type Name = Pick<GateBlock, "code" | "rule">;

export function leanWords(inventory: Inventory, family: IpFamily, sets: SetTable): LeanWords {
  const internet = clientSpace(inventory.provider, family);
  const known: (ClientWords | undefined)[] = [];
  const routes = new WeakMap<LeanGate, Map<number, GateBlock>>();
  const of = (id: number): ClientWords => {
    const found = known[id];
    if (found) return found;
    const clients = sets.at(id);
    const first = firstOf(clients);
    const client = first === undefined ? "" : formatAddress(family, first);
    const whole = contains(clients, internet);
    const sources = whole ? "internet" : toCidrs(clients);
    const outside = !isEmpty(intersect(clients, internet));
    const fresh: ClientWords = {
      sources,
      text: String(sources),
      client,
      hop: sourceHop(client, whole, outside),
    };
    known[id] = fresh;
    return fresh;
  };
  const decider = (gate: RuleGate, lean: LeanGate, packet: Packet): Rule | undefined =>
    decidingIn(gate, lean, packet, sets);
  const denier = ({ read: { gate, lean }, port, clients }: Closer): Rule | undefined => {
    if (gate.kind !== "rules" || gate.match !== "first") return undefined;
    const rule = decider(gate, lean, { port, clients, reply: usualReply });
    return rule?.action === "deny" ? rule : undefined;
  };
  const general = ({ read, port, clients }: Closer, { leg, protocol }: Ends): GateBlock =>
    block(read.gate, protocol, port, sets.at(clients), leg, inventory);
  const ofRoutes = (closer: Closer, ends: Ends): GateBlock => {
    const { lean } = closer.read;
    const own = routes.get(lean) ?? new Map<number, GateBlock>();
    routes.set(lean, own);
    const found = own.get(closer.clients) ?? general(closer, ends);
    own.set(closer.clients, found);
    return found;
  };
  const other = (closer: Closer, ends: Ends): GateBlock =>
    closer.read.gate.kind === "routes" ? ofRoutes(closer, ends) : general(closer, ends);
  return {
    of,
    hop: ({ gate, lean }, passage) => {
      if (gate.kind === "state") return stateHop(gate);
      const { clients, leg, protocol, port, reply } = passage;
      if (gate.kind !== "rules")
        return gateHop(gate, leg, { client: of(clients).client, port, reply, protocol }, inventory);
      const rule = decider(gate, lean, passage);
      const { id, source } = gate;
      if (!rule)
        return {
          kind: "gate",
          id,
          because: "admitted by rules that could not be read in full",
          source,
        };
      return { kind: "gate", id, rule: rule.id, because: wordsOf(rule, gate), source: rule.source };
    },
    name: (closer, ends) => {
      const { gate } = closer.read;
      if (gate.kind !== "rules") return other(closer, ends);
      return { code: gate.code, rule: denier(closer)?.id ?? emptyHanded(gate) };
    },
    block: (closer, ends) => {
      const { gate } = closer.read;
      if (gate.kind !== "rules") return other(closer, ends);
      const { code, source } = gate;
      const rule = denier(closer);
      if (rule) return { code, rule: rule.id, because: wordsOf(rule, gate), source: rule.source };
      const what = gate.port === "reply" ? "no replies of" : "no";
      const because = `${gate.id} admits ${what} ${ends.protocol}/${closer.port} for these ends`;
      return { code, rule: emptyHanded(gate), because, source };
    },
  };
}

/** The list in which nothing matched. */
function emptyHanded({ match, ruleSets, id }: RuleGate): string {
  return match === "first" ? (ruleSets[0] ?? id) : id;
}

type Packet = Pick<Passage, "clients" | "port" | "reply">;

/** The first rule that matches the first of the clients. */
function decidingIn(
  gate: RuleGate,
  { rules }: LeanGate,
  { clients, port, reply }: Packet,
  sets: SetTable,
): Rule | undefined {
  const first = firstOf(sets.at(clients));
  if (!rules || first === undefined) return undefined;
  const back = Math.max(reply, 1024);
  const [own, far] = gate.port === "dialled" ? [port, reply] : [back, port];
  return rules.list.find(({ ports, sourcePorts }, i) => {
    if (own < ports.from || own > ports.to) return false;
    if (sourcePorts && (far < sourcePorts.from || far > sourcePorts.to)) return false;
    return holds(sets.at(rules.peers[i] ?? 0).borders, first);
  });
}
