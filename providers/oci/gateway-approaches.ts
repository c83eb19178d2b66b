import type { IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Leg } from "../../src/model/network.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { sourceOf, text } from "../reader.ts";
import { closedGates, sentOn } from "./arrivals.ts";
import { throughPort } from "./balancer-approaches.ts";
import { keyOf, nobody } from "./direct.ts";
import type { Gateway, GatewayRoute, RouteBackend } from "./gateways.ts";
import { internetGates } from "./internet-gates.ts";
import type { End } from "./network.ts";
import {
  assumptionsFor,
  backLegs,
  client,
  receiverOf,
  sender,
  type Landscape,
  type Onward,
} from "./targets.ts";

/** Gateways answer on one port alone. */
const entryPort = 443;

/** Functions that a gateway forwards to; they need no address of their own. */
export function gatewayFunctions(gateways: readonly Gateway[], scope: string): Workload[] {
  const out = new Map<string, Workload>();
  for (const { routes } of gateways)
    for (const { backends, node } of routes)
      for (const backend of backends) {
        if (backend.kind !== "function") continue;
        const source = sourceOf(node);
        const because = "every function can sign requests as itself, a resource principal";
        out.set(backend.id, {
          id: backend.id,
          name: backend.id,
          kind: "function",
          tags: {},
          provider: "oci",
          scope,
          region: node.page.region,
          state: "running",
          identities: [{ id: backend.id, how: "platform", verdict: "yes", because, source }],
          texts: [],
          source,
        });
      }
  return [...out.values()];
}

/** Every way through an API gateway: one a route and family. */
export function gatewayApproaches(gateway: Gateway, land: Landscape): Approach[] {
  return gateway.families.flatMap((family) =>
    gateway.routes.flatMap((route) =>
      route.backends.flatMap((backend) => toBackend(gateway, family, route, backend, land)),
    ),
  );
}

function endOf({ id, subnet, groups, node }: Gateway, { network }: Landscape): End {
  const addresses = (network.subnets.get(subnet)?.cidrs ?? []).flatMap(
    (cidr) => cidr.split("/")[0] ?? [],
  );
  return { id, subnet, groups, tables: [], attributes: [], addresses, node };
}

function toBackend(
  gateway: Gateway,
  family: IpFamily,
  route: GatewayRoute,
  backend: RouteBackend,
  land: Landscape,
): Approach[] {
  const front = endOf(gateway, land);
  const legs = [frontLeg(gateway, family, front, land), routeLeg(family, route)];
  const { host, name } = gateway;
  const common = {
    via: [name],
    family,
    entryPorts: { from: entryPort, to: entryPort },
    entry: {
      ...(host !== undefined && { address: host, name: host }),
      hosts: [],
      paths: [route.path],
      tls: "https",
    },
    authGate: route.authGate,
  } as const;
  const way = (
    workload: string,
    more: readonly Leg[],
    assumptions: readonly string[],
  ): Approach => ({
    ...common,
    workload,
    protocol: ["tcp"],
    legs: [...legs, ...more],
    backendTls: backend.kind === "http" && backend.tls ? "https" : "http",
    assumptions,
  });
  if (backend.kind === "function") {
    const workload = land.workloads.get(backend.id);
    return workload ? [way(workload.id, [functionLeg(family, workload)], [])] : [];
  }
  const subnet = land.network.subnets.get(gateway.subnet);
  const address = addressOf(backend.host, land);
  const onward = (peer: IpFamily): Onward => {
    const cidrs = (subnet?.cidrs ?? []).filter((cidr) => parsePrefix(cidr)?.family === peer);
    return { front, from: sender(front, cidrs), port: backend.port, own: [] };
  };
  const receiver = receiverOf(land, subnet?.vcn ?? "", { address });
  if (receiver) {
    const back = backLegs(land, onward(receiver.address.family), receiver);
    return [way(receiver.workload.id, back, assumptionsFor(receiver))];
  }
  const next = land.balancers.find(
    ({ own, addresses }) =>
      own.includes(address) || addresses.some((each) => each.address === address),
  );
  const peer = parseAddress(address)?.family;
  if (!next || !peer) return [];
  const { tls, ...entry } = common.entry;
  const before = { ...common, entry, tls, legs, assumptions: [] };
  return sentOn(before, next, address, onward(peer), land).flatMap((arrival) =>
    throughPort(arrival, backend.port, land),
  );
}

/** A name of the network's own resolver stands for the address that carries it. */
function addressOf(host: string, { network }: Landscape): string {
  const [label = "", ...domain] = host.toLowerCase().split(".");
  const found = [...network.privateIps.values()].find((node) => {
    const subnet = network.subnets.get(text(node, "subnetId") ?? "");
    return (
      text(node, "hostnameLabel")?.toLowerCase() === label &&
      subnet !== undefined &&
      text(subnet.node, "subnetDomainName")?.toLowerCase() === domain.join(".")
    );
  });
  return (found && text(found, "ipAddress")) ?? host;
}

function frontLeg(gateway: Gateway, family: IpFamily, end: End, { network }: Landscape): Leg {
  const { name, node } = gateway;
  return {
    family,
    from: client,
    to: nobody,
    port: entryPort,
    own: closedGates(gateway),
    chain: network.chain(`front|${keyOf(end)}`, () =>
      internetGates(network, end, "LB_SG_NO_MATCH"),
    ),
    stop: {
      kind: "edge",
      id: name,
      because: `${name} answers on ${entryPort}`,
      source: sourceOf(node),
    },
  };
}

function routeLeg(family: IpFamily, route: GatewayRoute): Leg {
  const { id, path, outOfService, node } = route;
  const because = `requests for ${path} are forwarded`;
  const stop: Leg["stop"] = { kind: "listener", id, because, source: sourceOf(node) };
  const own = closedGates({
    name: id,
    internal: false,
    node,
    ...(outOfService !== undefined && { outOfService }),
  });
  return { family, from: client, to: nobody, own, stop };
}

/** The platform calls a function without a network of the tenancy in between. */
function functionLeg(family: IpFamily, { id, source }: Workload): Leg {
  const because = `${id} is called by the gateway`;
  const stop: Leg["stop"] = { kind: "workload", id, because, source };
  return { family, from: client, to: nobody, port: entryPort, own: [], stop };
}
