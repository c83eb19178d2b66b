import type {
  AuthGate,
  GateBlock,
  Hop,
  IpFamily,
  PortRange,
  TransportProtocol,
} from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Gate, Leg, RouteGate, Rule, RuleGate } from "../model/network.ts";
import { formatAddress } from "../net/address.ts";
import { clientSpace } from "../net/client-space.ts";
import { holds } from "../net/intervals.ts";
import { contains, firstOf, intersect, isEmpty, toCidrs } from "../net/prefix-set.ts";
import type { SetTable } from "../net/set-table.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import { block, usualReply } from "./blocks.ts";
import { wordsOf } from "./deciding-rule.ts";
import { sourcesOf, wayOf } from "./exposure-id.ts";
import { gateHop, sourceHop, stateHop } from "./hops.ts";
import type { LeanGate } from "./lean-gates.ts";

/** What is said of some clients, whoever they reach. */
export interface ClientWords {
  readonly sources: "internet" | readonly string[];
  /** The sources in an id. */
  readonly text: string;
  /** The first address, who stands for the rest. */
  readonly client: string;
  readonly hop: Hop;
}

/** A gate that keeps a port closed. */
export interface Closer {
  readonly gate: Gate;
  readonly lean: LeanGate;
  readonly port: number;
  /** Who would pass if it did not. */
  readonly clients: number;
}

export interface LeanWords {
  of(clients: number): ClientWords;
  /** How these clients arrive directly on some ports, as part of an id. */
  ways(protocol: TransportProtocol, authGate: AuthGate): Ways;
  /** What let these clients through. */
  hop(gate: Gate, lean: LeanGate, passage: Passage): Hop;
  /** What the block of a closed gate is told apart by. */
  name(closer: Closer, ends: Ends): Name;
  block(closer: Closer, ends: Ends): GateBlock;
}

export type Ways = (clients: number, from: number, to: number) => string;

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
      text: sourcesOf(sources),
      client,
      hop: sourceHop(client, whole, outside),
    };
    known[id] = fresh;
    return fresh;
  };
  const denier = ({ gate, lean, port, clients }: Closer): Rule | undefined => {
    if (gate.kind !== "rules" || gate.match !== "first") return undefined;
    const rule = decidingIn(gate, lean, clients, port, usualReply, sets);
    return rule?.action === "deny" ? rule : undefined;
  };
  const general = ({ gate, port, clients }: Closer, { leg, protocol }: Ends): GateBlock =>
    block(gate, protocol, port, sets.at(clients), leg, inventory);
  const routeBlocks = byClients<GateBlock>();
  const other = (closer: Closer, ends: Ends): GateBlock => {
    if (closer.gate.kind !== "routes") return general(closer, ends);
    const own = routeBlocks(closer.lean);
    const found = own.get(closer.clients) ?? general(closer, ends);
    own.set(closer.clients, found);
    return found;
  };
  const routeHops = byClients<Hop>();
  const hopByRoute = (gate: RouteGate, lean: LeanGate, passage: Passage): Hop => {
    const { clients, leg, protocol, port, reply } = passage;
    const own = routeHops(lean);
    const { client } = of(clients);
    const found =
      own.get(clients) ?? gateHop(gate, leg, { client, port, reply, protocol }, inventory);
    own.set(clients, found);
    return found;
  };
  const listHops = hopsByRule();
  const ways = waysBy((protocol, authGate) => (clients, from, to) => {
    const common = { protocol, families: [family], via: "direct", verdict: "reachable" } as const;
    const { text } = of(clients);
    return wayOf({ ...common, portRange: { from, to }, sources: text, dialled: from, authGate });
  });
  return {
    of,
    ways,
    hop: (gate, lean, passage) => {
      if (gate.kind === "state") return stateHop(gate);
      if (gate.kind === "routes") return hopByRoute(gate, lean, passage);
      const { clients, leg, protocol, port, reply } = passage;
      if (gate.kind !== "rules")
        return gateHop(gate, leg, { client: of(clients).client, port, reply, protocol }, inventory);
      const rule = decidingIn(gate, lean, clients, port, reply, sets);
      if (!rule) return unreadHop(gate);
      return gate.match === "first" ? listHops(gate, lean, rule) : ruleHop(gate, rule);
    },
    name: (closer, ends) => {
      const { gate } = closer;
      if (gate.kind !== "rules") return other(closer, ends);
      return { code: gate.code, rule: denier(closer)?.id ?? emptyHanded(gate) };
    },
    block: (closer, ends) => {
      const { gate } = closer;
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

/** Many machines are reached by the same few ways. */
function waysBy(waysTo: LeanWords["ways"]): LeanWords["ways"] {
  const known = new Map<string, Ways>();
  return (protocol, authGate) => {
    const key = `${protocol} ${authGate}`;
    const found = known.get(key) ?? remembered(waysTo(protocol, authGate));
    known.set(key, found);
    return found;
  };
}

function remembered(wayTo: Ways): Ways {
  const known: BoundedMap<string, number> = boundedMap();
  return (clients, from, to) => {
    const key = (clients * 65_536 + from) * 65_536 + to;
    const found = known.get(key) ?? wayTo(clients, from, to);
    known.set(key, found);
    return found;
  };
}

function unreadHop({ id, source }: RuleGate): Hop {
  return { kind: "gate", id, because: "admitted by rules that could not be read in full", source };
}

function ruleHop(gate: RuleGate, rule: Rule): Hop {
  const { id, source } = rule;
  return { kind: "gate", id: gate.id, rule: id, because: wordsOf(rule, gate), source };
}

/** Ordered lists are few and shared. */
function hopsByRule(): (gate: RuleGate, lean: LeanGate, rule: Rule) => Hop {
  const known = new WeakMap<LeanGate, Map<Rule, Hop>>();
  return (gate, lean, rule) => {
    const own = known.get(lean) ?? new Map<Rule, Hop>();
    known.set(lean, own);
    const found = own.get(rule);
    if (found?.id === gate.id) return found;
    const fresh = ruleHop(gate, rule);
    own.set(rule, fresh);
    return fresh;
  };
}

/** What is known of a table, by the clients. */
function byClients<T>(): (lean: LeanGate) => Map<number, T> {
  const known = new WeakMap<LeanGate, Map<number, T>>();
  return (lean) => {
    const own = known.get(lean) ?? new Map<number, T>();
    known.set(lean, own);
    return own;
  };
}

/** The list in which nothing matched. */
function emptyHanded({ match, ruleSets, id }: RuleGate): string {
  return match === "first" ? (ruleSets[0] ?? id) : id;
}

/** The first rule that matches the first of the clients. */
function decidingIn(
  gate: RuleGate,
  { rules }: LeanGate,
  clients: number,
  port: number,
  reply: number,
  sets: SetTable,
): Rule | undefined {
  const first = firstOf(sets.at(clients));
  if (!rules || first === undefined) return undefined;
  const back = Math.max(reply, 1024);
  const [own, far] = gate.port === "dialled" ? [port, reply] : [back, port];
  for (let i = 0; i < rules.list.length; i += 1) {
    const rule = rules.list[i];
    if (!rule || !covers(rule.ports, own) || !covers(rule.sourcePorts, far)) continue;
    if (holds(sets.at(rules.peers[i] ?? 0).borders, first)) return rule;
  }
  return undefined;
}

function covers(ports: PortRange | undefined, port: number): boolean {
  return ports === undefined || (ports.from <= port && port <= ports.to);
}
