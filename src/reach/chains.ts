import type { Gate, Leg, NetworkInventory, Party } from "../model/network.ts";
import type { IpFamily, TransportProtocol } from "../model/exposure.ts";
import { everyCube, intersectCubes, type FlowCube } from "../net/flow-cube.ts";
import { everyFlow, type FlowSet } from "../net/flow-set.ts";
import { emptySet, isEmpty, union, type PrefixSet } from "../net/prefix-set.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import { ownDestinations } from "./route-flows.ts";
import { passes, speaksOf, type GateAnswer } from "./gate-flows.ts";
import { looksAtReceiver } from "./plain.ts";
import { joined, unreadBy, type Unread } from "./unread.ts";
import { sendersFor } from "./parties.ts";
import type { Reading } from "./rule-flows.ts";

export interface ChainAnswer {
  readonly gates: readonly {
    readonly gate: Gate;
    readonly cube: FlowCube;
    /** The cube from whatever port. */
    readonly flows: FlowSet;
  }[];
  /** What passes all of them. */
  readonly cube: FlowCube;
  /** Addresses of the network itself. */
  readonly own: PrefixSet;
  readonly unread: Unread;
}

/** Judges legs; one answer per distinct (chain, family, protocol, ends, reading), whatever the number of interfaces. */
export interface ChainJudge {
  judge(leg: Leg, protocol: TransportProtocol, reading: Reading): ChainAnswer;
}

export function chainJudge(network: NetworkInventory): ChainJudge {
  const known = boundedMap<ChainAnswer>();
  const gateFacts = boundedMap<GateFacts>();
  const shared = (leg: Leg, protocol: TransportProtocol, reading: Reading): ChainAnswer => {
    const key = [
      leg.chain,
      leg.family,
      protocol,
      reading,
      partyKey(leg.from),
      looksAtReceiver(network, leg.chain) ? partyKey(leg.to) : "",
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
  known: BoundedMap<GateFacts>,
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
    return { gate, facts, flows: facts.flows, cube: facts.cube };
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
  const every = { cube: everyCube(leg.family, sendersFor(leg.from)), flows: everyFlow(leg.family) };
  const own = leg.own.map((gate) => {
    const passing =
      gate.kind === "state" && (gate.open || gate.latent === true || !speaksOf(gate, leg.family));
    return { gate, open: passing, ...(passing ? every : shut) };
  });
  return {
    ...rest,
    gates: [...own, ...rest.gates],
    cube: own.every(({ open }) => open) ? rest.cube : [],
  };
}

const shut = { cube: [], flows: [] } as const;

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
  const to = "peer" in gate && gate.peer === "to" ? partyKey(leg.to) : "";
  return [content, leg.family, protocol, reading, partyKey(leg.from), to].join("|");
}

/** What a gate of rules is made of, whoever carries it. */
function contentKey(gate: Gate): string | undefined {
  if (gate.kind === "rules")
    return ["rules", gate.match, gate.ruleSets, gate.unread, gate.peer, gate.port].join("|");
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

function partyKey({ addresses, groups }: Party): string {
  return `${addresses === "client" ? addresses : addresses.join(",")};${groups.join(",")}`;
}
