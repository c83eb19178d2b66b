import type { IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { parsePrefix } from "../../src/net/address.ts";
import { sourceOf } from "../reader.ts";
import { keyOf, nobody } from "./direct.ts";
import type { Gateway, GatewayRoute, RouteBackend } from "./gateways.ts";
import { internetGates } from "./internet-gates.ts";
import type { End } from "./network.ts";
import { assumptionsFor, backLegs, client, receiverOf, sender, type Landscape } from "./targets.ts";

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
  const way = (workload: string, more: readonly Leg[], assumptions: readonly string[]) => ({
    workload,
    protocol: ["tcp"] as const,
    via: [gateway.name],
    entryPorts: { from: entryPort, to: entryPort },
    legs: [...legs, ...more],
    family,
    entry: {
      ...(gateway.host !== undefined && { address: gateway.host, name: gateway.host }),
      hosts: [],
      paths: [route.path],
      tls: "https" as const,
    },
    backendTls: backend.kind === "http" && backend.tls ? ("https" as const) : ("http" as const),
    authGate: route.authGate,
    assumptions,
  });
  if (backend.kind === "function") {
    const workload = land.workloads.get(backend.id);
    return workload ? [way(workload.id, [functionLeg(family, workload)], [])] : [];
  }
  const subnet = land.network.subnets.get(gateway.subnet);
  const receiver = receiverOf(land, subnet?.vcn ?? "", { address: backend.host });
  if (!receiver) return [];
  const cidrs = (subnet?.cidrs ?? []).filter(
    (cidr) => parsePrefix(cidr)?.family === receiver.address.family,
  );
  const onward = { front, from: sender(front, cidrs), port: backend.port, own: [] };
  return [way(receiver.workload.id, backLegs(land, onward, receiver), assumptionsFor(receiver))];
}

function frontLeg(gateway: Gateway, family: IpFamily, end: End, { network }: Landscape): Leg {
  const { name, internal, outOfService, node } = gateway;
  const common = { kind: "state", id: name, open: false, source: sourceOf(node) } as const;
  const closed: Gate[] = [
    ...(internal
      ? [{ ...common, code: "LB_INTERNAL_SCHEME", because: `${name} is private` } as const]
      : []),
    ...(outOfService === undefined
      ? []
      : [{ ...common, code: "FRONTEND_DISABLED", because: `${name} is ${outOfService}` } as const]),
  ];
  return {
    family,
    from: client,
    to: nobody,
    port: entryPort,
    own: closed,
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

function routeLeg(family: IpFamily, { id, path, node }: GatewayRoute): Leg {
  const because = `requests for ${path} are forwarded`;
  const stop: Leg["stop"] = { kind: "listener", id, because, source: sourceOf(node) };
  return { family, from: client, to: nobody, own: [], stop };
}

/** The platform calls a function without a network of the tenancy in between. */
function functionLeg(family: IpFamily, { id, source }: Workload): Leg {
  const because = `${id} is called by the gateway`;
  const stop: Leg["stop"] = { kind: "workload", id, because, source };
  return { family, from: client, to: nobody, port: entryPort, own: [], stop };
}
