import type { Gate, Leg, NetworkInventory, Party, Rule, StagedGate } from "../model/network.ts";
import type { IpFamily, TransportProtocol } from "../model/exposure.ts";
import { everyCube, intersectCubes, type FlowCube } from "../net/flow-cube.ts";
import { everyFlow, type FlowSet } from "../net/flow-set.ts";
import { emptySet, isEmpty, union, type PrefixSet } from "../net/prefix-set.ts";
import { ownDestinations } from "./route-flows.ts";
import { passes, speaksOf, type GateAnswer } from "./gate-flows.ts";
import { sendersFor } from "./parties.ts";
import { applicable, rulesOf, type Reading } from "./rule-flows.ts";

export interface ChainAnswer {
  readonly gates: readonly { readonly gate: Gate; readonly flows: FlowSet }[];
  /** What passes all of them. */
  readonly cube: FlowCube;
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
        cube: intersectCubes(own.cube, rest.cube),
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
      unread: unreadBy(gate, leg, protocol, network),
    };
    if (key !== undefined && !found) known.set(key, facts);
    return { gate, facts, flows: facts.flows };
  });
  return {
    gates: judged,
    cube: judged
      .filter(({ facts }) => !facts.open)
      .reduce(
        (sum, { facts }) => intersectCubes(sum, facts.cube),
        everyCube(family, sendersFor(from)),
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
    cube: own.every(({ open }) => open) ? rest.cube : [],
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
  const content = contentKey(gate);
  if (content === undefined) return undefined;
  return [content, leg.family, protocol, reading, partyKey(leg.from), partyKey(leg.to)].join("|");
}

/** What a gate of rules is made of, whoever carries it. */
function contentKey(gate: Gate): string | undefined {
  if (gate.kind === "rules")
    return ["rules", gate.match, gate.ruleSets, gate.peer, gate.port].join("|");
  if (gate.kind === "staged")
    return JSON.stringify([gate.stages, gate.otherwise, gate.peer, gate.port, gate.families]);
  if (gate.kind === "stateless")
    return JSON.stringify([gate.requests, gate.replies, gate.families]);
  return undefined;
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

function unreadBy(
  gate: Gate,
  { family }: Leg,
  protocol: TransportProtocol,
  network: NetworkInventory,
): Unread {
  if (gate.kind === "unread") {
    const because = speaksOf(gate, family) ? [gate.because] : [];
    return gate.limit ? { limits: because, grants: [] } : { limits: [], grants: because };
  }
  if (gate.kind === "rules")
    return { limits: [], grants: unresolved(gate.ruleSets, protocol, network, everyAction) };
  if (gate.kind === "staged")
    return speaksOf(gate, family) ? stagesUnread(gate, protocol, network) : read;
  if (gate.kind === "stateless") {
    const lists = speaksOf(gate, family) ? [...gate.requests, ...gate.replies] : [];
    return { limits: [], grants: unresolved(lists, protocol, network, everyAction) };
  }
  if (gate.kind === "routes") {
    const routes = network.routeTables?.get(gate.table)?.routes ?? [];
    const blind = routes.filter(({ prefix }) => prefix === undefined);
    const because = (granting: boolean): string[] =>
      blind.filter(({ next }) => (next === "internet") === granting).map((route) => route.because);
    return { limits: because(false), grants: because(true) };
  }
  return read;
}

const read: Unread = { limits: [], grants: [] };
const everyAction: readonly Rule["action"][] = ["allow", "deny", "next"];

/** An unread stage may close what later ones open, and open what they close. So may a jump over later rules. */
function stagesUnread(
  { stages }: StagedGate,
  protocol: TransportProtocol,
  network: NetworkInventory,
): Unread {
  const lists = stages.flatMap(({ ruleSets }) => ruleSets);
  const stagesOwn = stages.flatMap(({ unread }) => unread ?? []);
  const of = (...actions: Rule["action"][]): string[] =>
    unresolved(lists, protocol, network, actions);
  return {
    limits: [...stagesOwn, ...of("deny", "next")],
    grants: [...stagesOwn, ...of("allow", "next")],
  };
}

/** Why lists of rules with one of the actions could not be resolved. */
function unresolved(
  lists: readonly string[],
  protocol: TransportProtocol,
  network: NetworkInventory,
  actions: readonly Rule["action"][],
): string[] {
  return applicable(rulesOf(lists, network), protocol)
    .filter(({ action }) => actions.includes(action))
    .flatMap(({ peers }) => peers)
    .flatMap((peer) => (peer.kind === "unknown" ? [peer.because] : []));
}

function partyKey({ addresses, groups }: Party): string {
  return `${addresses === "client" ? addresses : addresses.join(",")};${groups.join(",")}`;
}
