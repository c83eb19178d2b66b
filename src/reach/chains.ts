import type { Gate, Leg, NetworkInventory, Party } from "../model/network.ts";
import type { IpFamily, TransportProtocol } from "../model/exposure.ts";
import { everyFlow, intersectFlows, type FlowSet } from "../net/flow-set.ts";
import { everyPort, intersectPorts, type PortSet } from "../net/port-set.ts";
import { emptySet, isEmpty, union, type PrefixSet } from "../net/prefix-set.ts";
import { ownDestinations } from "./route-flows.ts";
import { passes, speaksOf, type GateAnswer } from "./gate-flows.ts";
import type { Reading } from "./rule-flows.ts";

export interface ChainAnswer {
  readonly gates: readonly { readonly gate: Gate; readonly flows: FlowSet }[];
  /** What passes all of them. */
  readonly flows: FlowSet;
  readonly replyPorts: PortSet;
  /** Addresses of the network itself. */
  readonly own: PrefixSet;
  readonly unread: Unread;
}

/** What was not read on the way. */
export interface Unread {
  /** It could only have closed the path. */
  readonly limits: readonly string[];
  /** It could have opened it. */
  readonly grants: readonly string[];
}

/** Judges legs; one answer per distinct (chain, family, protocol, ends, reading), whatever the number of interfaces. */
export interface ChainJudge {
  judge(leg: Leg, protocol: TransportProtocol, reading: Reading): ChainAnswer;
}

export function chainJudge(network: NetworkInventory): ChainJudge {
  const known = new Map<string, ChainAnswer>();
  const gateFacts = new Map<string, GateFacts>();
  const shared = (leg: Leg, protocol: TransportProtocol, reading: Reading): ChainAnswer => {
    const key = [
      leg.chain,
      leg.family,
      protocol,
      reading,
      partyKey(leg.from),
      partyKey(leg.to),
    ].join("|");
    const found = known.get(key);
    if (found) return found;
    const gates =
      (leg.chain === undefined ? undefined : network.chains?.get(leg.chain)?.gates) ?? [];
    const fresh = fold(gates, leg, protocol, reading, network, gateFacts);
    known.set(key, fresh);
    return fresh;
  };
  return {
    judge: (leg, protocol, reading) => {
      const rest = shared(leg, protocol, reading);
      if (leg.own.length === 0) return rest;
      if (leg.own.every((gate) => gate.kind === "state")) return afterStates(leg, rest);
      const own = fold(leg.own, leg, protocol, reading, network, gateFacts);
      return {
        gates: [...own.gates, ...rest.gates],
        flows: intersectFlows(own.flows, rest.flows),
        replyPorts: intersectPorts(own.replyPorts, rest.replyPorts),
        own: union(own.own, rest.own),
        unread: joined([own.unread, rest.unread]),
      };
    },
  };
}

function fold(
  gates: readonly Gate[],
  leg: Leg,
  protocol: TransportProtocol,
  reading: Reading,
  network: NetworkInventory,
  known: Map<string, GateFacts>,
): ChainAnswer {
  const { family, from, to } = leg;
  const judged = gates.map((gate) => {
    const key = gateKey(gate, leg, protocol, reading);
    const found = key === undefined ? undefined : known.get(key);
    const facts: GateFacts = found ?? {
      ...passes(gate, { family, protocol, from, to, reading }, network),
      own: ownOf(gate, family, network),
      unread: unreadBy(gate, leg, network),
    };
    if (key !== undefined && !found) known.set(key, facts);
    return { gate, facts, flows: facts.flows };
  });
  const every = everyFlow(family);
  return {
    gates: judged,
    flows: judged
      .filter(({ facts }) => !facts.open)
      .reduce((sum, { flows }) => intersectFlows(sum, flows), every),
    replyPorts: judged.reduce(
      (sum, { facts }) =>
        facts.replyPorts === everyPort ? sum : intersectPorts(sum, facts.replyPorts),
      everyPort,
    ),
    own: judged.reduce(
      (sum, { facts }) => (isEmpty(facts.own) ? sum : union(sum, facts.own)),
      emptySet(family),
    ),
    unread: joined(judged.map(({ facts }) => facts.unread)),
  };
}

/** Open state gates change nothing behind them; a closed one leaves nothing. */
function afterStates(leg: Leg, rest: ChainAnswer): ChainAnswer {
  const every = everyFlow(leg.family);
  const question = { ...leg, protocol: "tcp", reading: "least" } as const;
  const own = leg.own.map((gate) => ({
    gate,
    open: passes(gate, question, nothing).open === true,
  }));
  return {
    ...rest,
    gates: [...own.map(({ gate, open }) => ({ gate, flows: open ? every : [] })), ...rest.gates],
    flows: own.every(({ open }) => open) ? rest.flows : [],
  };
}

const nothing: NetworkInventory = { networks: [] };

interface GateFacts extends GateAnswer {
  readonly own: PrefixSet;
  readonly unread: Unread;
}

/** Gates that cost something to judge, told apart by what their answer depends on. */
function gateKey(
  gate: Gate,
  leg: Leg,
  protocol: TransportProtocol,
  reading: Reading,
): string | undefined {
  if (gate.kind === "routes")
    return ["routes", gate.table, gate.families, leg.family, reading].join("|");
  if (gate.kind !== "rules") return undefined;
  const party = partyKey(gate.peer === "from" ? leg.from : leg.to);
  return [
    gate.match,
    gate.ruleSets,
    gate.peer,
    gate.port,
    leg.family,
    protocol,
    reading,
    party,
  ].join("|");
}

function ownOf(gate: Gate, family: IpFamily, network: NetworkInventory): PrefixSet {
  const table = gate.kind === "routes" ? network.routeTables?.get(gate.table) : undefined;
  return table ? ownDestinations(table, family) : emptySet(family);
}

export function joined(parts: readonly Unread[]): Unread {
  return {
    limits: parts.flatMap(({ limits }) => limits),
    grants: parts.flatMap(({ grants }) => grants),
  };
}

function unreadBy(gate: Gate, { family }: Leg, network: NetworkInventory): Unread {
  if (gate.kind === "unread") {
    const because = speaksOf(gate, family) ? [gate.because] : [];
    return gate.limit ? { limits: because, grants: [] } : { limits: [], grants: because };
  }
  if (gate.kind === "rules") {
    const rules = gate.ruleSets.flatMap((id) => network.ruleSets?.get(id)?.rules ?? []);
    const peers = rules.flatMap((rule) => rule.peers);
    const grants = peers.flatMap((peer) => (peer.kind === "unknown" ? [peer.because] : []));
    return { limits: [], grants };
  }
  if (gate.kind === "routes") {
    const routes = network.routeTables?.get(gate.table)?.routes ?? [];
    const blind = routes.filter(({ prefix }) => prefix === undefined);
    const because = (granting: boolean): string[] =>
      blind.filter(({ next }) => (next === "internet") === granting).map((route) => route.because);
    return { limits: because(false), grants: because(true) };
  }
  return { limits: [], grants: [] };
}

function partyKey({ addresses, groups }: Party): string {
  return `${addresses === "client" ? addresses : addresses.join(",")};${groups.join(",")}`;
}
