import type { IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { sourceOf } from "../reader.ts";
import type { Backend, BackendSet } from "./backend-sets.ts";
import type { Balancer, Listener } from "./balancers.ts";
import { keyOf, nobody } from "./direct.ts";
import type { ListenerRoute } from "./listener-rules.ts";
import { internetGates } from "./internet-gates.ts";
import type { End } from "./network.ts";
import { assumptionsFor, backLegs, client, receiverOf, sender, type Landscape } from "./targets.ts";

/** One way in: an address of the balancer, in one of its subnets. */
interface Entrance {
  readonly balancer: Balancer;
  readonly family: IpFamily;
  readonly address: string;
  readonly end: End;
}

/** Every way through a balancer, and those that its listeners leave unused. */
export function balancerApproaches(balancer: Balancer, land: Landscape): Approach[] {
  return entrances(balancer, land).flatMap((entrance) => {
    const own = balancer.listeners.filter(
      ({ family }) => family === undefined || family === entrance.family,
    );
    const used = new Set(own.flatMap(({ routes }) => routes.map(({ set }) => set)));
    const missed = [...balancer.sets.values()].filter(({ name }) => !used.has(name));
    return [
      ...own.flatMap((listener) => throughListener(entrance, listener, land)),
      ...missed.flatMap((set) => unserved(entrance, set, own, land)),
    ];
  });
}

function entrances(balancer: Balancer, { network }: Landscape): Entrance[] {
  return balancer.subnets.flatMap((subnet) =>
    balancer.addresses.map(({ family, address }): Entrance => {
      const cidrs = network.subnets.get(subnet)?.cidrs ?? [];
      const inside = cidrs.filter((cidr) => parsePrefix(cidr)?.family === family);
      const own = balancer.own.filter((each) => parseAddress(each)?.family === family);
      const addresses = own.length > 0 ? own : inside.flatMap((cidr) => cidr.split("/")[0] ?? []);
      const { id, groups, attributes, node } = balancer;
      return {
        balancer,
        family,
        address,
        end: { id, subnet, groups, tables: [], attributes, addresses, node },
      };
    }),
  );
}

function throughListener(entrance: Entrance, listener: Listener, land: Landscape): Approach[] {
  const { balancer } = entrance;
  return listener.routes.flatMap((route) => {
    const set = balancer.sets.get(route.set);
    const gates = set ? listenerGates(entrance, listener) : [];
    return (set?.backends ?? []).flatMap((backend) =>
      set ? toBackend({ entrance, listener, route, set, gates }, backend, land) : [],
    );
  });
}

function listenerGates({ balancer, family }: Entrance, listener: Listener): Gate[] {
  const closed = (code: "LB_NO_TARGET" | "LB_POLICY_DENY", because: string): Gate => ({
    kind: "state",
    code,
    id: balancer.name,
    open: false,
    because,
    source: sourceOf(listener.node),
  });
  const shut =
    listener.clients && !listener.clients.some((cidr) => parsePrefix(cidr)?.family === family);
  return [
    ...(listener.redirects
      ? [closed("LB_NO_TARGET", `${listener.id} redirects every request`)]
      : []),
    ...(shut ? [closed("LB_POLICY_DENY", `${listener.id} admits no ${family} client`)] : []),
  ];
}

interface Way {
  readonly entrance: Entrance;
  readonly listener: Omit<Listener, "routes" | "redirects">;
  readonly route: ListenerRoute;
  readonly set: BackendSet;
  readonly gates: readonly Gate[];
}

function toBackend(way: Way, backend: Backend, land: Landscape): Approach[] {
  const { entrance, listener, route, set, gates } = way;
  const { balancer, family, end } = entrance;
  const vcn = land.network.subnets.get(end.subnet)?.vcn ?? "";
  const receiver = receiverOf(land, vcn, backend);
  if (!receiver || (set.keepsClient && receiver.address.family !== family)) return [];
  const port = backend.port;
  const from = set.keepsClient
    ? client
    : sender(end, backAddresses(entrance, receiver.address.family, land));
  const clients = listener.clients?.filter((cidr) => parsePrefix(cidr)?.family === family);
  const back = backLegs(
    land,
    { front: end, from, own: backend.gates, ...(port !== undefined && { port }) },
    receiver,
  );
  return [
    {
      workload: receiver.workload.id,
      protocol: listener.transports,
      via: [balancer.name],
      entryPorts:
        listener.port === undefined ? allPorts : { from: listener.port, to: listener.port },
      legs: [frontLeg(entrance, listener, land), listenerLeg(way), ...back],
      family,
      entry: {
        address: entrance.address,
        hosts: route.hosts,
        paths: route.paths,
        tls: listener.tls,
      },
      backendTls: set.tls ? "https" : listener.tls === "unknown" ? "unknown" : "http",
      authGate: listener.authGate,
      ...(clients && clients.length > 0 && { clients }),
      assumptions: assumptionsFor(receiver),
      ...(gates.some((gate) => gate.kind === "state" && !gate.open && gate.latent !== true) && {
        nearMiss: true,
      }),
    },
  ];
}

/** Its own addresses where they are shown, else anywhere in its subnet. */
function backAddresses({ balancer, end }: Entrance, family: IpFamily, land: Landscape): string[] {
  const own = balancer.own.filter((address) => parseAddress(address)?.family === family);
  if (own.length > 0) return own;
  const cidrs = land.network.subnets.get(end.subnet)?.cidrs ?? [];
  return cidrs.filter((cidr) => parsePrefix(cidr)?.family === family);
}

function frontLeg(
  { balancer, family, end, address }: Entrance,
  { port }: Pick<Listener, "port">,
  { network }: Landscape,
): Leg {
  return {
    family,
    from: client,
    to: nobody,
    ...(port !== undefined && { port }),
    own: closedGates(balancer),
    chain: network.chain(`front|${keyOf(end)}`, () =>
      internetGates(network, end, "LB_SG_NO_MATCH"),
    ),
    stop: {
      kind: "balancer",
      id: balancer.name,
      because: `${address} is an address of ${balancer.name}`,
      source: sourceOf(balancer.node),
    },
  };
}

function closedGates({ name, internal, outOfService, node }: Balancer): Gate[] {
  const common = { kind: "state", id: name, open: false, source: sourceOf(node) } as const;
  return [
    ...(internal
      ? [{ ...common, code: "LB_INTERNAL_SCHEME", because: `${name} is private` } as const]
      : []),
    ...(outOfService === undefined
      ? []
      : [{ ...common, code: "FRONTEND_DISABLED", because: `${name} is ${outOfService}` } as const]),
  ];
}

function listenerLeg({ entrance, listener, set, gates }: Way): Leg {
  return {
    family: entrance.family,
    from: client,
    to: nobody,
    own: gates,
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
  entrance: Entrance,
  set: BackendSet,
  listeners: readonly Listener[],
  land: Landscape,
): Approach[] {
  const { balancer } = entrance;
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
    toBackend({ entrance, listener, route, set, gates: [gate] }, backend, land),
  );
}
