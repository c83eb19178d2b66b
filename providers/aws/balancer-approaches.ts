import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { PrefixSet } from "../../src/net/prefix-set.ts";
import { sourceOf } from "../reader.ts";
import { speaks, type Balancer, type BalancerNode } from "./balancers.ts";
import { backLeg, frontLeg, nobody, targetGates } from "./balancer-legs.ts";
import { stateGate } from "./compute.ts";
import type { Interface, Interfaces } from "./interfaces.ts";
import { narrowed, reached, type Listener, type ListenerRule } from "./listeners.ts";
import type { AwsNetwork } from "./network.ts";
import { preservesClient, type Target, type TargetGroup } from "./target-groups.ts";

export interface Landscape {
  readonly network: AwsNetwork;
  readonly interfaces: Interfaces;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly balancers: ReadonlyMap<string, Balancer>;
  readonly groups: ReadonlyMap<string, TargetGroup>;
}

/** A client that has come as far as one node of a balancer. */
export interface Arrival {
  readonly family: IpFamily;
  readonly node: BalancerNode;
  readonly via: readonly string[];
  readonly legs: readonly Leg[];
  readonly entry: Omit<Approach["entry"], "paths">;
  readonly entryPort: number;
  readonly authGate: AuthGate;
  readonly assumptions: readonly string[];
}

/** Every way through a balancer that clients dial themselves. */
export function balancerApproaches(balancer: Balancer, land: Landscape): Approach[] {
  const out = balancer.listeners.flatMap((listener) =>
    arrivals(balancer, listener, land).flatMap((arrival) =>
      onward(balancer, listener, arrival, land),
    ),
  );
  return balancer.listeners.length > 0 ? out : [...out, ...unserved(balancer, land)];
}

export function arrivals(
  balancer: Balancer,
  listener: Pick<Listener, "port" | "tls">,
  { network }: Pick<Landscape, "network">,
): Arrival[] {
  return balancer.families.flatMap((family) =>
    balancer.nodes
      .filter((node) => node.addresses[family].length > 0)
      .map((node): Arrival => {
        const address = balancer.kind === "network" ? node.public[family] : undefined;
        const { dns } = balancer;
        return {
          family,
          node,
          via: [balancer.name],
          legs: [frontLeg(balancer, node, family, listener.port, network)],
          entry: {
            ...(address !== undefined && { address }),
            ...(dns !== undefined && { name: dns }),
            hosts: [],
            tls: listener.tls,
          },
          entryPort: listener.port,
          authGate: "none",
          assumptions: balancer.assumptions,
        };
      }),
  );
}

/** From a listener on: through each rule that serves the client to each target. */
export function onward(
  balancer: Balancer,
  listener: Listener,
  arrival: Arrival,
  land: Landscape,
): Approach[] {
  const served = reached(listener.rules, arrival.family);
  const forwards = served.flatMap(({ rule, clients }) =>
    rule.forwards.flatMap(({ group, weight }) => {
      const found = land.groups.get(group);
      return found ? [{ rule, clients, group: found, weight }] : [];
    }),
  );
  const used = new Set(forwards.map(({ group }) => group.arn));
  const missed = [...linked(balancer, land)].filter((group) => !used.has(group.arn));
  const place = { balancer, listener, arrival, land };
  return [
    ...forwards.flatMap(({ rule, clients, group, weight }) =>
      throughGroup(place, rule, clients, group, weight),
    ),
    ...missed.flatMap((group) => missedGroup(place, group)),
  ];
}

interface Place {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly arrival: Arrival;
  readonly land: Landscape;
}

function throughGroup(
  place: Place,
  rule: ListenerRule,
  clients: PrefixSet,
  group: TargetGroup,
  weight: number,
): Approach[] {
  const taken: Gate[] =
    weight > 0
      ? []
      : [
          {
            kind: "state",
            code: "LB_NO_TARGET",
            id: group.name,
            rule: group.name,
            open: false,
            latent: true,
            because: `${group.name} has weight 0`,
            source: sourceOf(rule.node),
          },
        ];
  return group.targets.flatMap((target): Approach[] => {
    if (group.type === "alb") return throughNext(place, rule, group, target, taken);
    const found = receiverOf(target, group, place.land);
    if (!found) return [];
    const { balancer, arrival } = place;
    const zone = target.zone ?? found.interface.zone;
    const gates = [...taken, ...targetGates(target, group, balancer, arrival.node, zone)];
    const way = (port: number, own: readonly Gate[]): Approach =>
      approach(place, rule, clients, group, found, port, own);
    const registered = group.targets.some(
      ({ id, port }) => id === target.id && port === group.port,
    );
    return registered
      ? [way(target.port, gates)]
      : [
          way(target.port, gates),
          { ...way(group.port, [noTarget(group, target)]), nearMiss: true },
        ];
  });
}

function noTarget(group: TargetGroup, target: Target): Gate {
  return {
    kind: "state",
    code: "LB_NO_TARGET",
    id: group.name,
    rule: group.name,
    open: false,
    because: `${target.id} is registered with ${group.name} on port ${target.port}`,
    source: sourceOf(target.node),
  };
}

interface Found {
  readonly workload: Workload;
  readonly interface: Interface;
  readonly address: string;
}

/** Instance targets get packets on their primary interface, IP targets on the interface that holds the address. */
function receiverOf({ id }: Target, group: TargetGroup, land: Landscape): Found | undefined {
  const own =
    group.type === "instance"
      ? land.interfaces.byInstance.get(id)?.[0]
      : land.interfaces.byAddress.get(`${group.vpc}/${id}`);
  const workload = own?.instance === undefined ? undefined : land.workloads.get(own.instance);
  const primary = own?.addresses.find(({ family }) => family === group.family)?.private;
  const address = group.type === "ip" ? id : primary;
  return own && workload && address !== undefined
    ? { workload, interface: own, address }
    : undefined;
}

function approach(
  { balancer, listener, arrival, land }: Place,
  rule: ListenerRule,
  clients: PrefixSet,
  group: TargetGroup,
  { workload, interface: own, address }: Found,
  port: number,
  gates: readonly Gate[],
): Approach {
  const keepsClient =
    balancer.kind === "network" && preservesClient(group) && group.family === arrival.family;
  const stop: Leg["stop"] = {
    kind: "workload",
    id: workload.id,
    because: `${own.id} delivers to ${workload.id}`,
    source: workload.source,
  };
  const back = backLeg(
    balancer,
    arrival.node,
    { ...own, code: "LB_TARGET_FW", addresses: [address] },
    { family: group.family, port, keepsClient },
    stop,
    land.network,
  );
  const state = stateGate(workload);
  const only = narrowed(clients);
  const assumptions = [
    ...arrival.assumptions,
    ...(listener.assumption === undefined ? [] : [listener.assumption]),
    ...(group.assumption === undefined || balancer.kind !== "network" ? [] : [group.assumption]),
  ];
  return {
    workload: workload.id,
    protocol: listener.transports,
    via: arrival.via,
    family: arrival.family,
    entryPorts: { from: arrival.entryPort, to: arrival.entryPort },
    legs: [
      ...arrival.legs,
      listenerLeg(listener, rule, group, arrival.family, gates),
      back,
      ...(state.length > 0
        ? [{ family: group.family, from: nobody, to: nobody, own: state, stop }]
        : []),
    ],
    entry: { ...arrival.entry, hosts: [...arrival.entry.hosts, ...rule.hosts], paths: rule.paths },
    backendTls: speaks[group.protocol] ?? "unknown",
    authGate: rule.authGate === "none" ? arrival.authGate : rule.authGate,
    ...(only && { clients: only }),
    assumptions,
  };
}

function listenerLeg(
  listener: Listener,
  rule: ListenerRule,
  group: TargetGroup,
  family: IpFamily,
  own: readonly Gate[],
): Leg {
  return {
    family,
    from: nobody,
    to: nobody,
    own,
    stop: {
      kind: "listener",
      id: rule.id,
      because: `the listener on ${listener.protocol} ${listener.port} forwards to ${group.name}`,
      source: sourceOf(rule.node),
    },
  };
}

/** A network balancer that forwards to an application balancer, which sees the client's own address. */
function throughNext(
  { balancer, listener, arrival, land }: Place,
  rule: ListenerRule,
  group: TargetGroup,
  target: Target,
  taken: readonly Gate[],
): Approach[] {
  const next = land.balancers.get(target.id);
  if (!next || next.kind !== "application") return [];
  const inner = next.listeners.find(({ port }) => port === target.port);
  const keepsClient = arrival.family === "ipv4";
  const places = next.nodes.map((node): Arrival => {
    const gates = [
      ...taken,
      ...targetGates(target, group, balancer, arrival.node, target.zone ?? ""),
    ];
    const receiver = {
      id: next.name,
      subnet: node.subnet,
      groups: next.groups,
      addresses: node.addresses.ipv4,
      code: "LB_SG_NO_MATCH",
      node: node.node,
    } as const;
    const stop: Leg["stop"] = {
      kind: "balancer",
      id: next.name,
      because: `${node.id} is a node of ${next.name}`,
      source: sourceOf(next.node),
    };
    const how = { family: "ipv4", port: target.port, keepsClient } as const;
    return {
      ...arrival,
      node,
      via: [...arrival.via, next.name],
      legs: [
        ...arrival.legs,
        listenerLeg(listener, rule, group, arrival.family, gates),
        backLeg(balancer, arrival.node, receiver, how, stop, land.network),
      ],
      entry: {
        ...arrival.entry,
        tls: arrival.entry.tls === "unknown" ? (inner?.tls ?? "unknown") : arrival.entry.tls,
      },
      assumptions: [...arrival.assumptions, ...next.assumptions],
    };
  });
  return places.flatMap((place) =>
    inner ? onward(next, inner, place, land) : unservedFrom(next, place, land),
  );
}

/** Target groups that belong to the balancer, whichever listener uses them. */
function linked(balancer: Balancer, { groups }: Landscape): TargetGroup[] {
  const used = new Set(
    balancer.listeners.flatMap(({ rules }) =>
      rules.flatMap(({ forwards }) => forwards.map(({ group }) => group)),
    ),
  );
  return [...groups.values()].filter(
    ({ arn, balancers }) => used.has(arn) || balancers.includes(balancer.arn),
  );
}

/** A group of this balancer that this listener never forwards to. */
function missedGroup(place: Place, group: TargetGroup): Approach[] {
  const { listener } = place;
  const [rule] = listener.rules;
  const first = rule && reached([rule], place.arrival.family)[0];
  if (!rule || !first || group.type === "alb") return [];
  const gate: Gate = {
    kind: "state",
    code: "LB_NO_TARGET",
    id: group.name,
    rule: group.name,
    open: false,
    because: `the listener on ${listener.port} never forwards to ${group.name}`,
    source: sourceOf(listener.node),
  };
  return group.targets.flatMap((target): Approach[] => {
    const found = receiverOf(target, group, place.land);
    return found
      ? [
          {
            ...approach(place, rule, first.clients, group, found, target.port, [gate]),
            nearMiss: true,
          },
        ]
      : [];
  });
}

/** A balancer without any listener: what its groups hold is out of reach. */
function unserved(balancer: Balancer, land: Landscape): Approach[] {
  const ports = { port: 0, tls: "unknown" } as const;
  return arrivals(balancer, ports, land).flatMap((arrival) =>
    unservedFrom(balancer, arrival, land),
  );
}

function unservedFrom(balancer: Balancer, arrival: Arrival, land: Landscape): Approach[] {
  const gate: Gate = {
    kind: "state",
    code: "LB_NO_LISTENER",
    id: balancer.name,
    open: false,
    because: `${balancer.name} has no listener for this`,
    source: sourceOf(balancer.node),
  };
  const rule: ListenerRule = {
    id: balancer.arn,
    authGate: "none",
    hosts: [],
    paths: [],
    forwards: [],
    conditions: [],
    node: balancer.node,
  };
  const listener: Listener = {
    arn: balancer.arn,
    port: arrival.entryPort,
    protocol: "none",
    transports: ["tcp"],
    tls: "unknown",
    rules: [rule],
    node: balancer.node,
  };
  const place = { balancer, listener, arrival, land };
  const [first] = reached([rule], arrival.family);
  if (!first) return [];
  return linked(balancer, land).flatMap((group) =>
    group.targets.flatMap((target): Approach[] => {
      const found = receiverOf(target, group, land);
      return found
        ? [
            {
              ...approach(place, rule, first.clients, group, found, target.port, [gate]),
              nearMiss: true,
            },
          ]
        : [];
    }),
  );
}
