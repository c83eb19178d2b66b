import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { PrefixSet } from "../../src/net/prefix-set.ts";
import { sourceOf, text } from "../reader.ts";
import { functionNamed } from "./functions.ts";
import { backLeg, frontLeg, nobody, targetGates } from "./balancer-legs.ts";
import { linked, missedGroup, noTarget, unservedFrom } from "./balancer-misses.ts";
import {
  approach,
  listenerLeg,
  receiverOf,
  served,
  zoneOf,
  type Arrival,
  type Found,
  type Landscape,
  type Place,
} from "./balancer-targets.ts";
import type { Balancer } from "./balancers.ts";
import { bound } from "./bound-port.ts";
import type { Listener, ListenerRule } from "./listeners.ts";
import { reached } from "./reached-rules.ts";
import { preservesClient, type Target, type TargetGroup } from "./target-groups.ts";
import { crossingGates } from "./vpc-routes.ts";

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
  const taken = reached(listener.rules, arrival.family);
  const forwards = taken.flatMap(({ rule, clients }) =>
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
    if (group.type === "lambda") return ontoFunction(place, rule, clients, group, target, taken);
    const found = receiverOf(target, group, place.land);
    if (!found) return [];
    const { balancer, arrival } = place;
    const zone = target.zone ?? zoneOf(found.interface, place.land);
    const gates = [
      ...taken,
      ...targetGates(target, group, balancer, arrival.node, zone),
      ...routesTo(found, group, place),
    ];
    const way = (port: number, own: readonly Gate[], keeps?: boolean): Approach =>
      approach(place, rule, clients, group, found, port, own, keeps);
    const either =
      group.assumption === undefined || balancer.kind !== "network"
        ? []
        : [way(target.port, gates, !preservesClient(group))];
    const registered = group.targets.some(
      ({ id, port }) => id === target.id && port === group.port,
    );
    const onHost = place.land.hosted?.get(`${found.workload.id}/${target.port}`) ?? [];
    return [
      way(target.port, gates),
      ...onHost.map(({ task, port }) => bound(way(target.port, gates), task, port)),
      ...either,
      ...(registered ? [] : [{ ...way(group.port, [noTarget(group, target)]), nearMiss: true }]),
    ];
  });
}

/** A target of another VPC needs routes there and back. */
function routesTo(
  { interface: own, address }: Found,
  group: TargetGroup,
  { balancer, arrival, land }: Place,
): Gate[] {
  const { node } = arrival;
  const vpc = text(balancer.node, "VpcId") ?? "";
  if (own.vpc === "" || vpc === "" || own.vpc === vpc) return [];
  const [sender] = node.addresses[group.family];
  return crossingGates(land.network, { ...node, vpc, address: sender }, { ...own, address });
}

/** A function has no interface: the balancer calls it through the platform. */
function ontoFunction(
  { listener, arrival, land }: Place,
  rule: ListenerRule,
  clients: PrefixSet,
  group: TargetGroup,
  target: Target,
  taken: readonly Gate[],
): Approach[] {
  const workload = functionNamed(target.id, land);
  if (!workload || workload.kind !== "function") return [];
  const { family, entryPort } = arrival;
  const because = `${group.name} calls ${workload.name}`;
  const stop = { kind: "workload", id: workload.id, because, source: workload.source } as const;
  return [
    {
      workload: workload.id,
      protocol: listener.transports,
      via: arrival.via,
      family,
      entryPorts: { from: entryPort, to: entryPort },
      legs: [
        ...arrival.legs,
        listenerLeg(listener, rule, group, family, taken),
        { family, from: nobody, to: nobody, port: 443, own: [], stop },
      ],
      backendTls: "unknown",
      ...served(arrival, rule, clients),
      assumptions: [
        ...arrival.assumptions,
        ...(listener.assumption === undefined ? [] : [listener.assumption]),
      ],
    },
  ];
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
  const keepsClient = arrival.family === "ipv4" && arrival.seen === undefined;
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

/** A balancer without any listener: what its groups hold is out of reach. */
function unserved(balancer: Balancer, land: Landscape): Approach[] {
  const ports = { port: 0, tls: "unknown" } as const;
  return arrivals(balancer, ports, land).flatMap((arrival) =>
    unservedFrom(balancer, arrival, land),
  );
}
