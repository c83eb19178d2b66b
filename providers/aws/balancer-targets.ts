import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, Party } from "../../src/model/network.ts";
import type { PrefixSet } from "../../src/net/prefix-set.ts";
import { sourceOf } from "../reader.ts";
import { backLeg, nobody } from "./balancer-legs.ts";
import type { BalancerNode } from "./balancer-nodes.ts";
import { speaks, type Balancer } from "./balancers.ts";
import { stateGate } from "./compute.ts";
import type { Hosted } from "./bound-port.ts";
import type { Interface, Interfaces } from "./interfaces.ts";
import type { Listener, ListenerRule } from "./listeners.ts";
import { narrowed } from "./reached-rules.ts";
import type { AwsNetwork } from "./network.ts";
import { preservesClient, type Target, type TargetGroup } from "./target-groups.ts";

export interface Landscape {
  readonly network: AwsNetwork;
  readonly interfaces: Interfaces;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly balancers: ReadonlyMap<string, Balancer>;
  readonly groups: ReadonlyMap<string, TargetGroup>;
  /** Tasks by `<instance>/<host port>`. */
  readonly hosted?: ReadonlyMap<string, readonly Hosted[]>;
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
  /** Paths that a front door before the balancer forwards; absent = all. */
  readonly paths?: readonly string[];
  /** Clients that it leaves, when not all. */
  readonly clients?: readonly string[];
  /** Who the balancer takes for the client: absent = the client itself, `node` = its own node. */
  readonly seen?: Party | "node";
}

export interface Place {
  readonly balancer: Balancer;
  readonly listener: Listener;
  readonly arrival: Arrival;
  readonly land: Landscape;
}

export interface Found {
  readonly workload: Workload;
  readonly interface: Interface;
  readonly address: string;
  readonly assumption?: string;
}

/** Instance targets get packets on their primary interface, IP targets on the interface that holds the address. */
export function receiverOf(target: Target, group: TargetGroup, land: Landscape): Found | undefined {
  const { id, zone } = target;
  const near = nearby(id, group, land);
  const own = near ?? (group.type === "ip" && zone === "all" ? elsewhere(id, land) : undefined);
  const workload = own?.instance === undefined ? undefined : land.workloads.get(own.instance);
  if (!own || !workload) return undefined;
  const primary = own.addresses.find(({ family }) => family === group.family)?.private;
  const address = group.type === "ip" ? id : primary;
  if (address === undefined) return undefined;
  const assumption = `${group.name} is taken to reach ${id} in ${own.vpc}: peering is not read`;
  return { workload, interface: own, address, ...(!near && { assumption }) };
}

function nearby(id: string, group: TargetGroup, { interfaces }: Landscape): Interface | undefined {
  return group.type === "instance"
    ? interfaces.byInstance.get(id)?.[0]
    : interfaces.holder(group.vpc, id);
}

/** An instance shows its interfaces without their zone; their subnet has it. */
export function zoneOf({ zone, subnet }: Interface, { network }: Landscape): string {
  return zone || (network.subnets.get(subnet)?.zone ?? "");
}

/** IP targets may lie in a peered VPC; an address that one interface alone has tells which. */
function elsewhere(id: string, { interfaces }: Landscape): Interface | undefined {
  const [only, other] = interfaces.all.filter(({ addresses }) =>
    addresses.some((address) => address.private === id),
  );
  return other ? undefined : only;
}

export function approach(
  { balancer, listener, arrival, land }: Place,
  rule: ListenerRule,
  clients: PrefixSet,
  group: TargetGroup,
  { workload, interface: own, address, assumption }: Found,
  port: number,
  gates: readonly Gate[],
  keeps = preservesClient(group),
): Approach {
  const keepsClient =
    balancer.kind === "network" &&
    keeps &&
    group.family === arrival.family &&
    arrival.seen === undefined;
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
  const passed = balancer.kind === "network" && keeps ? passedOn(back, arrival) : back;
  const ofGroup = balancer.kind === "network" ? group.assumption : undefined;
  const told = [assumption, listener.assumption, ofGroup].flatMap((each) => each ?? []);
  return {
    workload: workload.id,
    protocol: listener.transports,
    via: arrival.via,
    family: arrival.family,
    entryPorts: { from: arrival.entryPort, to: arrival.entryPort },
    legs: [
      ...arrival.legs,
      listenerLeg(listener, rule, group, arrival.family, gates),
      passed,
      ...sleeping(workload, group.family, stop),
    ],
    backendTls: speaks[group.protocol] ?? "unknown",
    ...served(arrival, rule, clients),
    assumptions: [...arrival.assumptions, ...told],
  };
}

/** What a rule makes of those who arrive: what they ask for, how they sign in, and who of them is left. */
export function served(
  arrival: Arrival,
  rule: ListenerRule,
  clients: PrefixSet,
): Pick<Approach, "entry" | "authGate" | "clients"> {
  const only = arrival.clients ?? (arrival.seen === undefined ? narrowed(clients) : undefined);
  return {
    entry: {
      ...arrival.entry,
      hosts: [...arrival.entry.hosts, ...rule.hosts],
      paths: rule.paths.length > 0 ? rule.paths : (arrival.paths ?? []),
    },
    authGate: rule.authGate === "none" ? arrival.authGate : rule.authGate,
    ...(only && { clients: only }),
  };
}

function sleeping(workload: Workload, family: IpFamily, stop: Leg["stop"]): Leg[] {
  const own = stateGate(workload);
  return own.length > 0 ? [{ family, from: nobody, to: nobody, own, stop }] : [];
}

/** A balancer that keeps the sender's address shows the front door's, not the client's. */
function passedOn(back: Leg, { seen }: Arrival): Leg {
  if (seen === undefined || seen === "node") return back;
  return { ...back, from: { ...back.from, addresses: seen.addresses } };
}

export function listenerLeg(
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
