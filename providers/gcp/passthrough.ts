import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { items, number, text, type Node } from "../reader.ts";
import { closed, targetsOf } from "./backends.ts";
import type { Landscape } from "./landscape.ts";
import { toTarget, type Target } from "./targets.ts";
import { arrival, stateLegs } from "./compute.ts";
import { armorOf } from "./armor.ts";
import { addressIn, schemeGates } from "./front-gates.ts";
import type { FrontEnd } from "./front-ends.ts";
import { pathOf } from "./links.ts";
import { receivingChain } from "./network.ts";
import { linkOf } from "./pages.ts";

/** Instances of the pool, and those of its backup pool while too few are healthy. https://cloud.google.com/load-balancing/docs/target-pools */
export function throughPool(front: FrontEnd, land: Landscape): Approach[] {
  const pool = land.pools.get(front.target);
  if (!pool) return [];
  const link = text(pool, "backupPool");
  const backup = link === undefined ? undefined : land.pools.get(pathOf(link));
  const [own, spare] = [membersOf(pool, land), backup ? membersOf(backup, land) : []];
  const ratio = number(pool, "failoverRatio") ?? 0;
  // At the ratio the backup pool serves already, other than with backend services.
  const enough = well(own) > 0 && well(own) / own.length > ratio;
  const failedOver = backup !== undefined && !enough && well(spare) > 0;
  const none = well(own) + well(spare) === 0;
  const reach = (members: readonly Member[], node: Node, active: boolean): Approach[] =>
    members
      .flatMap(({ instance, healthy }) =>
        toTarget({ instance, ip: undefined, port: undefined }, undefined, land, [
          ...(healthy || none ? [] : [unwell(node)]),
          ...(active ? [] : [resting(node)]),
        ]),
      )
      .flatMap((target) => passthrough(front, target, pool, land));
  return [...reach(own, pool, !failedOver), ...(backup ? reach(spare, backup, failedOver) : [])];
}

function well(members: readonly Member[]): number {
  return members.filter(({ healthy }) => healthy).length;
}

interface Member {
  readonly instance: string;
  readonly healthy: boolean;
}

function membersOf(pool: Node, { poolHealth }: Landscape): Member[] {
  const states = (poolHealth.get(linkOf(pool)) ?? []).flatMap((page) =>
    items(page, "healthStatus").map((status): [string, string] => [
      pathOf(text(status, "instance") ?? askedOf(page)),
      text(status, "healthState") ?? "HEALTHY",
    ]),
  );
  const ill = new Set(states.filter(([, state]) => state === "UNHEALTHY").map(([name]) => name));
  return items(pool, "instances").flatMap(({ value }) =>
    typeof value === "string"
      ? [{ instance: pathOf(value), healthy: !ill.has(pathOf(value)) }]
      : [],
  );
}

function askedOf({ page }: Node): string {
  const asked = page.params["instance"];
  return typeof asked === "string" ? asked : "";
}

function unwell(pool: Node): Gate {
  const id = text(pool, "name") ?? linkOf(pool);
  return closed("LB_TARGET_UNHEALTHY", id, `the health checks of ${id} fail`, pool, true);
}

function resting(pool: Node): Gate {
  const id = text(pool, "name") ?? linkOf(pool);
  const because = `the other pool serves while ${id} does not`;
  return closed("LB_NO_TARGET", id, because, pool, true);
}

export function throughInstance(front: FrontEnd, land: Landscape): Approach[] {
  const node = land.targetInstances.get(front.target);
  const link = node && text(node, "instance");
  if (!node || link === undefined) return [];
  const endpoint = { instance: pathOf(link), ip: undefined, port: undefined };
  return toTarget(endpoint, text(node, "network"), land, []).flatMap((target) =>
    passthrough(front, target, node, land),
  );
}

export function throughService(front: FrontEnd, land: Landscape): Approach[] {
  const service = land.backendServices.get(front.target);
  if (!service) return [];
  return targetsOf(service, land, false).flatMap((target) =>
    passthrough(front, target, service, land),
  );
}

/** The packet arrives as the client sent it: its firewalls see the client, and it answers the client itself. */
function passthrough(front: FrontEnd, target: Target, back: Node, land: Landscape): Approach[] {
  const { machine, nic, gates } = target;
  const chain = receivingChain(land.network, nic, {
    to: front.address === undefined ? [] : [front.address],
    origin: "internet",
    balanced: true,
    routed: !front.external,
  });
  const way = (
    protocol: readonly TransportProtocol[],
    ports: PortRange,
    own: readonly Gate[],
  ): Approach => {
    const leg: Leg = {
      family: front.family,
      from: { addresses: "client", groups: [] },
      to: { addresses: [], groups: [] },
      own: [...schemeGates(front, land), ...own, ...armorOf(back, land.network), ...gates],
      chain,
      stop: arrival(machine.workload, nic),
    };
    return {
      workload: machine.workload.id,
      protocol,
      via: [front.name],
      family: front.family,
      entryPorts: ports,
      legs: [leg, ...stateLegs(machine.workload, leg)],
      entry: { ...addressIn(front), hosts: [], paths: [], tls: "unknown" },
      backendTls: "unknown",
      authGate: "none",
      ...(front.clients && { clients: front.clients }),
      assumptions: [],
    };
  };
  const open = front.ports.map((ports) => way(front.protocols, ports, []));
  const gate = closed(
    "LB_NO_LISTENER",
    front.name,
    `${front.name} does not carry this`,
    front.node,
  );
  const missed = (["tcp", "udp"] as const).flatMap((protocol) =>
    admittedPorts(chain, protocol, land)
      .filter((port) => !front.protocols.includes(protocol) || !carries(front, port))
      .map((ports) => Object.assign(way([protocol], ports, [gate]), { nearMiss: true })),
  );
  return front.external ? [...open, ...missed] : open;
}

function carries({ ports }: FrontEnd, { from, to }: PortRange): boolean {
  return ports.some((own) => own.from <= from && to <= own.to);
}

/** Ports that the machine's firewalls name: what somebody meant to serve. */
function admittedPorts(chain: string, protocol: TransportProtocol, land: Landscape): PortRange[] {
  const { chains, sets } = land.network;
  const rules = (chains.get(chain)?.gates ?? []).flatMap((gate) =>
    gate.kind === "staged"
      ? gate.stages.flatMap(({ ruleSets }) => ruleSets.flatMap((id) => sets.get(id)?.rules ?? []))
      : [],
  );
  const own = rules.filter(
    (rule) => rule.action === "allow" && (rule.protocol === protocol || rule.protocol === "any"),
  );
  return [...new Map(own.map(({ ports }) => [`${ports.from}-${ports.to}`, ports])).values()];
}
