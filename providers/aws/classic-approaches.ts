import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import { arrivals } from "./balancer-approaches.ts";
import { zoneOf, type Landscape } from "./balancer-targets.ts";
import { backLeg, nobody } from "./balancer-legs.ts";
import { healthCall, type ClassicBalancer } from "./balancers.ts";
import { bound } from "./bound-port.ts";
import { stateGate } from "./compute.ts";

/** A classic balancer always speaks to instances from its own nodes, and sends nothing to an unhealthy one. */
export function classicApproaches(balancer: ClassicBalancer, land: Landscape): Approach[] {
  return balancer.ports.flatMap((port) =>
    arrivals(balancer, port, land).flatMap((arrival) =>
      balancer.instances.flatMap(({ id, healthy, node }): Approach[] => {
        const workload = land.workloads.get(id);
        const own = land.interfaces.byInstance.get(id)?.[0];
        const address = own?.addresses.find(({ family }) => family === "ipv4")?.private;
        if (!workload || !own || address === undefined) return [];
        const stop: Leg["stop"] = {
          kind: "workload",
          id,
          because: `${own.id} delivers to ${id}`,
          source: workload.source,
        };
        const state = stateGate(workload);
        const back = backLeg(
          balancer,
          arrival.node,
          { ...own, code: "LB_TARGET_FW", addresses: [address] },
          { family: "ipv4", port: port.target, keepsClient: false },
          stop,
          land.network,
        );
        const listener: Leg = {
          family: "ipv4",
          from: nobody,
          to: nobody,
          own: [
            ...healthGates(balancer, id, healthy, node),
            ...outOfZone(balancer, zoneOf(own, land), id),
          ],
          stop: {
            kind: "listener",
            id: `${balancer.name}:${port.port}`,
            because: `the listener on ${port.port} forwards to port ${port.target}`,
            source: sourceOf(port.node),
          },
        };
        const way: Approach = {
          workload: id,
          protocol: port.transports,
          via: arrival.via,
          family: arrival.family,
          entryPorts: { from: port.port, to: port.port },
          legs: [
            ...arrival.legs,
            listener,
            back,
            ...(state.length > 0
              ? [{ family: "ipv4", from: nobody, to: nobody, own: state, stop } as const]
              : []),
          ],
          entry: { ...arrival.entry, paths: [] },
          backendTls: port.backendTls,
          authGate: "none",
          assumptions: arrival.assumptions,
        };
        const hosted = land.hosted?.get(`${id}/${port.target}`) ?? [];
        return [way, ...hosted.map((each) => bound(way, each.task, each.port))];
      }),
    ),
  );
}

/** Without any instance in service the balancer answers with an error. */
function healthGates(
  { name }: ClassicBalancer,
  id: string,
  healthy: boolean | "unread",
  node: Node,
): Gate[] {
  if (healthy === true) return [];
  const base = { code: "LB_TARGET_UNHEALTHY", id: name, source: sourceOf(node) } as const;
  if (healthy === "unread") {
    const because = `${healthCall} was not read: ${id} is taken to be in service`;
    return [{ ...base, kind: "unread", limit: true, because }];
  }
  const because = `${name} holds ${id} for out of service`;
  return [{ ...base, kind: "state", open: false, latent: true, because }];
}

/**
 * Zones that are not enabled get nothing; which of the enabled ones a node serves is not read.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/enable-disable-az.html
 */
function outOfZone({ name, nodes, node }: ClassicBalancer, zone: string, id: string): Gate[] {
  const known = zone !== "" && nodes.every((each) => each.zone !== "");
  if (!known || nodes.some((each) => each.zone === zone)) return [];
  return [
    {
      kind: "state",
      code: "LB_NO_TARGET",
      id: name,
      rule: name,
      open: false,
      latent: true,
      because: `${name} has no node in ${zone}, the zone of ${id}`,
      source: sourceOf(node),
    },
  ];
}
