import type { Approach, Gate } from "../../src/model/network.ts";
import { sourceOf, text } from "../reader.ts";
import {
  approach,
  receiverOf,
  type Arrival,
  type Landscape,
  type Place,
} from "./balancer-targets.ts";
import type { Balancer } from "./balancers.ts";
import type { Listener, ListenerRule } from "./listeners.ts";
import { reached } from "./reached-rules.ts";
import type { Target, TargetGroup } from "./target-groups.ts";

export function noTarget(group: TargetGroup, target: Target): Gate {
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

/** Target groups that belong to the balancer, whichever listener uses them. */
export function linked(balancer: Balancer, { groups }: Landscape): TargetGroup[] {
  const used = new Set(
    balancer.listeners.flatMap(({ rules }) =>
      rules.flatMap(({ forwards }) => forwards.map(({ group }) => group)),
    ),
  );
  const own = [...groups.values()].filter(
    ({ arn, balancers }) => used.has(arn) || balancers.includes(balancer.arn),
  );
  return own.length > 0 || balancer.listeners.length > 0 ? own : meant(balancer, groups);
}

/** Without a listener no group is linked; those that no other balancer has and that fit are what it was made for. */
function meant({ kind, node }: Balancer, groups: Landscape["groups"]): TargetGroup[] {
  const vpc = text(node, "VpcId");
  return [...groups.values()].filter(
    (group) =>
      group.balancers.length === 0 &&
      group.vpc === vpc &&
      group.protocol.startsWith("HTTP") === (kind === "application"),
  );
}

/** A group of this balancer that this listener never forwards to. */
export function missedGroup(place: Place, group: TargetGroup): Approach[] {
  const { listener } = place;
  const [rule] = listener.rules;
  const first = rule && reached([rule], place.arrival.family)[0];
  const unread = listener.assumption !== undefined;
  if (!rule || !first || unread || group.type === "alb") return [];
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

/** Behind a balancer without a listener for it: what its groups hold is out of reach. */
export function unservedFrom(balancer: Balancer, arrival: Arrival, land: Landscape): Approach[] {
  if (balancer.listenersUnread) return [];
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
