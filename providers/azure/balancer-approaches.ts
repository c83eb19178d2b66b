import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { sourceOf } from "../reader.ts";
import type { PublicAddress } from "./addresses.ts";
import type { Backend, Frontend, Way } from "./balancer-ways.ts";
import type { Balancer } from "./balancers.ts";
import { chained, clientChain } from "./direct.ts";
import type { IpConfiguration } from "./interfaces.ts";
import { unserved, workloadBehind, type Landscape } from "./landscape.ts";
import { learnedRoutes } from "./learned-routes.ts";
import { client, closed, nobody, stateAssumptions, stateLegs, workloadStop } from "./legs.ts";
import type { Guard } from "./network.ts";
import { nameOf } from "./pages.ts";

/** Ways through a balancer, which passes packets on with the client's own address. */
export function balancerApproaches(balancer: Balancer, land: Landscape): Approach[] {
  return [
    ...balancer.ways.flatMap((way) => wayApproaches(balancer, way, land)),
    ...balancer.members.flatMap(({ configuration }) => {
      const workload = workloadBehind(land, configuration);
      const { name, node } = balancer;
      if (!workload) return [];
      return (["tcp", "udp"] as const).flatMap((protocol) => {
        const used = balancer.ways
          .filter(
            ({ backends, protocols }) =>
              protocols.includes(protocol) &&
              backends.some((each) => each.configuration.machine === configuration.machine),
          )
          .map(({ port, entry }) => (port === undefined ? entry : { from: port, to: port }));
        return unserved(workload, { name, node }, used, [protocol]);
      });
    }),
  ];
}

/** Those of one of its rules. */
export function wayApproaches(balancer: Balancer, way: Way, land: Landscape): Approach[] {
  return way.backends.flatMap((backend) => throughWay(balancer, way, backend, land));
}

function throughWay(
  balancer: Balancer,
  way: Way,
  { configuration, down }: Backend,
  land: Landscape,
): Approach[] {
  const workload = workloadBehind(land, configuration);
  const { frontend, entry } = way;
  const open =
    frontend.publicAddress === undefined ? undefined : land.addresses(frontend.publicAddress);
  const family = open?.family ?? configuration.family;
  if (!workload || configuration.family !== family) return [];
  const { name } = balancer;
  const floating = way.floating ? floatingAt(frontend, open) : undefined;
  const because = `${way.name} of ${name} takes what comes to this port`;
  const front: Leg = {
    family,
    from: client,
    to: nobody,
    own: frontGates(balancer, way, workload.name, down),
    stop: { kind: "balancer", id: name, because, source: sourceOf(way.node) },
  };
  return [
    {
      workload: workload.id,
      protocol: way.protocols,
      via: [name],
      family,
      entryPorts: entry,
      legs: [
        front,
        backLeg(balancer, way, configuration, workload, floating, land),
        ...stateLegs(workload, family),
      ],
      entry: entryOf(open),
      backendTls: "unknown",
      authGate: "none",
      assumptions: [
        ...assumptionsOf(workload, way, floating),
        ...learnedRoutes(land.network, configuration.subnet),
        ...chained(frontend.node, name),
      ],
      ...(!open && { nearMiss: true }),
    },
  ];
}

/** Packets arrive with the client's own address, and their answers leave by the machine's own routes. */
function backLeg(
  balancer: Balancer,
  { port }: Way,
  configuration: IpConfiguration,
  workload: Workload,
  floating: Guard["floating"],
  { network }: Landscape,
): Leg {
  return {
    family: configuration.family,
    from: client,
    to: nobody,
    ...(port !== undefined && { port }),
    own: [],
    chain: clientChain(network, configuration, {
      code: "LB_TARGET_FW",
      unguarded: balancer.basic ? "open" : "closed",
      ...(floating !== undefined && { floating }),
    }),
    stop: workloadStop(workload, `${balancer.name} forwards to ${workload.name}`),
  };
}

function frontGates(
  { name, node }: Balancer,
  { frontend }: Way,
  machine: string,
  down: boolean,
): Gate[] {
  const internal = `${nameOf(frontend.node)} of ${name} has no public address`;
  const off = `${machine} is switched off in ${name}`;
  return [
    ...(frontend.publicAddress === undefined
      ? [closed("LB_INTERNAL_SCHEME", name, internal, frontend.node)]
      : []),
    ...(down ? [closed("LB_NO_TARGET", name, off, node, true)] : []),
  ];
}

/** The address that rules on the backend see in place of its own. */
function floatingAt(
  { privateAddress, node }: Frontend,
  open: PublicAddress | undefined,
): Guard["floating"] {
  const address = open ? open.address : privateAddress;
  if (address !== undefined) return { address };
  return { unread: open?.unread ?? `the address of ${nameOf(node)} is not told` };
}

function assumptionsOf(workload: Workload, way: Way, floating: Guard["floating"]): string[] {
  return [
    ...stateAssumptions(workload),
    ...(way.assumption === undefined ? [] : [way.assumption]),
    ...(floating === undefined
      ? []
      : [
          `${workload.name} answers for ${floating.address ?? "the frontend's address"}, which the floating address leaves in its packets`,
        ]),
  ];
}

function entryOf(open: PublicAddress | undefined): Approach["entry"] {
  const { address, name } = open ?? {};
  return {
    ...(address !== undefined && { address }),
    hosts: name === undefined ? [] : [name],
    paths: [],
    tls: "unknown",
  };
}
