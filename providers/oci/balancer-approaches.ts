import type { IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg, Party } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import { intersect, isEmpty, setOf } from "../../src/net/prefix-set.ts";
import { sourceOf } from "../reader.ts";
import { arrivals, sentOn, type Arrival } from "./arrivals.ts";
import type { Backend, BackendSet } from "./backend-sets.ts";
import type { Balancer, Listener } from "./balancers.ts";
import { nobody } from "./direct.ts";
import { wafGates } from "./waf.ts";
import { absentBackends } from "./empty-sets.ts";
import type { OciNetwork } from "./network.ts";
import type { ListenerRoute } from "./listener-rules.ts";
import {
  assumptionsFor,
  backLegs,
  client,
  receiversOf,
  sender,
  type Landscape,
  type Onward,
} from "./targets.ts";

/** Balancers that one request may pass: a network one, an application one, and one more. */
const mostStops = 3;

/** Every way through a balancer that clients dial themselves. */
export function balancerApproaches(balancer: Balancer, land: Landscape): Approach[] {
  return arrivals(balancer, land).flatMap((arrival) => {
    const own = balancer.listeners.filter(
      ({ family }) => family === undefined || family === arrival.family,
    );
    const used = new Set(own.flatMap(({ routes }) => routes.map(({ set }) => set)));
    const missed = [...balancer.sets.values()].filter(({ name }) => !used.has(name));
    return own
      .flatMap((listener) => throughListener(arrival, listener, land))
      .concat(missed.flatMap((set) => unserved(arrival, set, own, land)));
  });
}

/** From a listener on: by each of its routes to each backend. */
function throughListener(arrival: Arrival, listener: Listener, land: Landscape): Approach[] {
  return gateSets(arrival, listener).flatMap((gates) =>
    listener.routes.flatMap((route) => {
      const set = arrival.balancer.sets.get(route.set);
      const way = set && { arrival, listener, route, set, gates };
      const vcn = land.network.subnets.get(arrival.end.subnet)?.vcn ?? "";
      return way
        ? way.set.backends
            .flatMap((backend) => toBackend(way, backend, land))
            .concat(
              absentBackends(arrival.balancer, way.set, vcn, land).flatMap((backend) =>
                toBackend({ ...way, gates: [...gates, ...backend.gates] }, backend, land),
              ),
            )
        : [];
    }),
  );
}

/** What keeps everyone out; where access rules admit clients of the inside alone, what keeps out the internet too. */
function gateSets(arrival: Arrival, listener: Listener): Gate[][] {
  const gates = listenerGates(arrival, listener);
  if (gates.length > 0 || !listener.clients) return [gates];
  const admitted = setOf(
    arrival.family,
    listener.clients.flatMap((cidr) => parsePrefix(cidr) ?? []),
  );
  if (!isEmpty(intersect(admitted, clientSpace("oci", arrival.family)))) return [gates];
  return [
    gates,
    [closedListener(arrival, listener, "LB_POLICY_DENY", "admits no client of the internet")],
  ];
}

function closedListener(
  { balancer }: Pick<Arrival, "balancer">,
  { id, node }: Pick<Listener, "id" | "node">,
  code: "LB_NO_TARGET" | "LB_POLICY_DENY",
  what: string,
): Gate {
  const source = sourceOf(node);
  return { kind: "state", code, id: balancer.name, open: false, because: `${id} ${what}`, source };
}

function listenerGates(arrival: Arrival, listener: Listener): Gate[] {
  const { family } = arrival;
  const shut =
    listener.clients && !listener.clients.some((cidr) => parsePrefix(cidr)?.family === family);
  return [
    ...(listener.redirects
      ? [closedListener(arrival, listener, "LB_NO_TARGET", "redirects every request")]
      : []),
    ...(shut
      ? [closedListener(arrival, listener, "LB_POLICY_DENY", `admits no ${family} client`)]
      : []),
  ];
}

interface Way {
  readonly arrival: Arrival;
  readonly listener: Omit<Listener, "routes" | "redirects">;
  readonly route: ListenerRoute;
  readonly set: BackendSet;
  readonly gates: readonly Gate[];
}

function toBackend(way: Way, backend: Backend, land: Landscape): Approach[] {
  const { arrival, listener, set } = way;
  const { network } = land;
  const vcn = network.subnets.get(arrival.end.subnet)?.vcn ?? "";
  const receivers = receiversOf(land, vcn, backend);
  const legs = [...arrival.legs(listener), listenerLeg(way, network)];
  const onward = (family: IpFamily): Onward => ({
    front: arrival.end,
    from: senderOf(way, family, land),
    own: backend.gates,
    ...(backend.port !== undefined && { port: backend.port }),
  });
  if (receivers.length === 0) return toNext(way, backend, legs, onward, land);
  return receivers.flatMap((receiver): Approach[] => {
    const { family } = receiver.address;
    if (set.keepsClient && family !== arrival.dialled) return [];
    return [
      {
        ...seen(way),
        workload: receiver.workload.id,
        protocol: listener.transports,
        legs: [...legs, ...backLegs(land, onward(family), receiver)],
        backendTls: set.tls ? "https" : listener.tls === "unknown" ? "unknown" : "http",
        assumptions: [...arrival.assumptions, ...assumptionsFor(receiver)],
        ...(way.gates.length > 0 && { nearMiss: true }),
      },
    ];
  });
}

/** What the client sees of the front doors so far. */
function seen({ arrival, listener, route }: Way) {
  const { port } = listener;
  const clients = narrowed(arrival, listener.clients);
  const entryPorts = port === undefined ? allPorts : { from: port, to: port };
  const { hosts, paths } = arrival.entry;
  return {
    via: arrival.via,
    family: arrival.family,
    entryPorts: arrival.entryPorts ?? entryPorts,
    entry: {
      ...arrival.entry,
      hosts: hosts.length > 0 ? hosts : route.hosts,
      paths: paths.length > 0 ? paths : route.paths,
      tls: arrival.tls === undefined || arrival.tls === "unknown" ? listener.tls : arrival.tls,
    },
    authGate: arrival.authGate === "none" ? listener.authGate : arrival.authGate,
    ...(clients && { clients }),
  };
}

/** Access rules look at the client's own address, which only the first front door sees for certain. */
function narrowed(
  { clients, family, via }: Arrival,
  rules: readonly string[] | undefined,
): readonly string[] | undefined {
  const own = rules?.filter((cidr) => parsePrefix(cidr)?.family === family);
  return via.length > 1 || !own || own.length === 0 ? clients : own;
}

/** A backend that is another balancer of the network. */
function toNext(
  way: Way,
  { address }: Backend,
  legs: readonly Leg[],
  onward: (family: IpFamily) => Onward,
  land: Landscape,
): Approach[] {
  const { arrival } = way;
  const { assumptions } = arrival;
  const family = parseAddress(address ?? "")?.family;
  const next = land.balancers.find(({ own }) => address !== undefined && own.includes(address));
  if (!next || !family || address === undefined || arrival.via.length >= mostStops) return [];
  const { tls, ...entry } = seen(way).entry;
  const before = { ...seen(way), entry, tls, legs, assumptions };
  const to = onward(family);
  return sentOn(before, next, address, to, land).flatMap((each) =>
    throughPort(each, to.port, land),
  );
}

/** From the listeners of a balancer that answer on a port. */
export function throughPort(
  arrival: Arrival,
  port: number | undefined,
  land: Landscape,
): Approach[] {
  return arrival.balancer.listeners
    .filter((listener) => listener.port === undefined || listener.port === port)
    .filter(({ family }) => family === undefined || family === arrival.dialled)
    .flatMap((listener) => throughListener(arrival, listener, land));
}

/** Whom the backend sees: the client itself, or the balancer anywhere in its subnet where its own addresses are not shown. */
function senderOf({ arrival, set }: Way, family: IpFamily, land: Landscape): Party {
  const { balancer, end, via } = arrival;
  if (set.keepsClient && via.length === 1) return client;
  const own = balancer.own.filter((address) => parseAddress(address)?.family === family);
  const cidrs = land.network.subnets.get(end.subnet)?.cidrs ?? [];
  const inside = cidrs.filter((cidr) => parsePrefix(cidr)?.family === family);
  return sender(end, own.length > 0 ? own : inside);
}

function listenerLeg({ arrival, listener, set, gates }: Way, network: OciNetwork): Leg {
  const { balancer, via } = arrival;
  const firewall = listener.inspected
    ? wafGates(network, balancer.id, balancer.node, via.length === 1)
    : [];
  return {
    family: arrival.family,
    from: client,
    to: nobody,
    own: [...gates, ...firewall],
    stop: {
      kind: "listener",
      id: listener.id,
      because: `${listener.id} forwards to ${set.name}`,
      source: sourceOf(listener.node),
    },
  };
}

/** Backends that no listener forwards to are out of reach. */
function unserved(
  arrival: Arrival,
  set: BackendSet,
  listeners: readonly Listener[],
  land: Landscape,
): Approach[] {
  const { balancer } = arrival;
  const [first] = listeners;
  const gate: Gate = {
    kind: "state",
    code: first ? "LB_NO_TARGET" : "LB_NO_LISTENER",
    id: balancer.name,
    rule: set.name,
    open: false,
    because: first
      ? `no listener of ${balancer.name} forwards to ${set.name}`
      : `${balancer.name} has no listener`,
    source: sourceOf(set.node),
  };
  const listener = first ?? {
    id: balancer.id,
    port: 0,
    transports: ["tcp"] as const,
    tls: "unknown" as const,
    authGate: "none" as const,
    node: balancer.node,
  };
  const route = { set: set.name, hosts: [], paths: [] };
  return set.backends.flatMap((backend) =>
    toBackend({ arrival, listener, route, set, gates: [gate] }, backend, land),
  );
}
