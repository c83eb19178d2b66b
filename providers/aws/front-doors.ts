import type { AuthGate, IpFamily, PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, Party } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import { onward } from "./balancer-approaches.ts";
import { nobody } from "./balancer-legs.ts";
import { unservedFrom } from "./balancer-misses.ts";
import type { Arrival, Landscape } from "./balancer-targets.ts";
import type { BalancerNode } from "./balancer-nodes.ts";
import type { Balancer } from "./balancers.ts";
import { stateGate } from "./compute.ts";

/** A client that came as far as a front door of the platform: a function URL, an API, a distribution, an accelerator. */
export interface Door {
  readonly family: IpFamily;
  readonly protocol: readonly TransportProtocol[];
  readonly via: readonly string[];
  readonly legs: readonly Leg[];
  readonly entry: Approach["entry"];
  readonly entryPorts: PortRange;
  readonly authGate: AuthGate;
  /** Clients that its own rules leave, when not all. */
  readonly clients?: readonly string[];
  readonly assumptions: readonly string[];
}

/** How a front door reaches a balancer's node: one leg for each way there is. */
export interface Link {
  legs(balancer: Balancer, node: BalancerNode, port: number, family: IpFamily): readonly Leg[];
  /** Who the balancer takes for the client: absent = the client itself, `node` = its own node. */
  readonly seen?: Party | "node";
}

export const https: PortRange = { from: 443, to: 443 };

/** From the client to the front door, which closes it or leads on. */
export function doorLeg(
  family: IpFamily,
  id: string,
  node: Node,
  own: readonly Gate[],
  because: string,
): Leg {
  const stop = { kind: "edge", id, because, source: sourceOf(node) } as const;
  return { family, from: { addresses: "client", groups: [] }, to: nobody, own, stop };
}

/** A front door that is shut whatever the packet. `rule` is the object that decides. */
export function shut(
  code: Gate["code"],
  rule: string,
  because: string,
  node: Node,
): Extract<Gate, { kind: "state" }> {
  return { kind: "state", code, id: rule, rule, open: false, because, source: sourceOf(node) };
}

/** A front door that only the account's own networks reach: it has no public address, and its ingress says so. */
export function insideOnly(rule: string, because: string, node: Node): Gate[] {
  return [
    shut("INGRESS_SETTING_INTERNAL", rule, because, node),
    shut("FRONTEND_PRIVATE", rule, because, node),
  ];
}

/** The platform itself hands the request to the workload. */
export function toWorkload(
  door: Door,
  workload: Workload,
  port: number,
  gates: readonly Gate[] = [],
  backendTls: Approach["backendTls"] = "unknown",
): Approach {
  const stop: Leg["stop"] = {
    kind: "workload",
    id: workload.id,
    because: `${door.via.at(-1) ?? "the platform"} delivers to ${workload.name}`,
    source: workload.source,
  };
  const { family } = door;
  const own = [...gates, ...stateGate(workload)];
  return finished(
    door,
    workload,
    [{ family, from: nobody, to: nobody, port, own, stop }],
    backendTls,
  );
}

/** A way through a front door to a workload, over the legs that are left. */
export function finished(
  door: Door,
  workload: Workload,
  legs: readonly Leg[],
  backendTls: Approach["backendTls"] = "unknown",
): Approach {
  const { family, protocol, via, entry, entryPorts, authGate, clients, assumptions } = door;
  return {
    workload: workload.id,
    protocol,
    via,
    family,
    entryPorts,
    legs: [...door.legs, ...legs],
    entry,
    backendTls,
    authGate,
    ...(clients && { clients }),
    assumptions,
  };
}

/** Through a front door to what a balancer forwards to. */
export function toBalancer(
  door: Door,
  balancer: Balancer,
  port: number,
  link: Link,
  land: Landscape,
): Approach[] {
  const listener = balancer.listeners.find((each) => each.port === port);
  return balancer.nodes
    .flatMap((node) => link.legs(balancer, node, port, door.family).map((leg) => ({ node, leg })))
    .flatMap(({ node, leg }) => {
      const arrival: Arrival = {
        family: door.family,
        node,
        via: [...door.via, balancer.name],
        legs: [...door.legs, leg],
        entry: door.entry,
        entryPort: door.entryPorts.from,
        authGate: door.authGate,
        assumptions: [...door.assumptions, ...balancer.assumptions],
        paths: door.entry.paths,
        ...(door.clients && { clients: door.clients }),
        ...(link.seen && { seen: link.seen }),
      };
      return listener
        ? onward(balancer, listener, arrival, land)
        : unservedFrom(balancer, arrival, land);
    })
    .flatMap((each) => {
      const protocol = each.protocol.filter((name) => door.protocol.includes(name));
      return protocol.length === 0 ? [] : [{ ...each, protocol }];
    });
}
