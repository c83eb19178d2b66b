import type { PortRange } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { sourceOf, text, type Node } from "../reader.ts";
import { nobody } from "./balancer-legs.ts";
import type { Balancer } from "./balancers.ts";
import { acceleratorLeg, acceleratorLink, footholdLink, interfaceEnd } from "./door-links.ts";
import {
  doorLeg,
  finished,
  https,
  toBalancer,
  toWorkload,
  type Door,
  type Link,
} from "./front-doors.ts";
import type { Interface } from "./interfaces.ts";
import { asleep, stopAt, type OriginLand } from "./origins.ts";
import { gapIn } from "./pages.ts";
import { entryGates, footholdsOf } from "./vpc-origins.ts";

type Service = "cloudfront" | "globalaccelerator" | "apigateway";

/** Lists without which nobody knows where the front doors of a service lead. */
const lists: Readonly<Record<Service, readonly string[]>> = {
  cloudfront: ["cloudfront:ListDistributions"],
  globalaccelerator: [
    "globalaccelerator:ListAccelerators",
    "globalaccelerator:ListListeners",
    "globalaccelerator:ListEndpointGroups",
    "globalaccelerator:ListCustomRoutingAccelerators",
    "globalaccelerator:ListCustomRoutingPortMappings",
  ],
  apigateway: ["apigatewayv2:GetApis", "apigatewayv2:GetIntegrations", "apigateway:GetRestApis"],
};

/**
 * Ways that front doors which could not be listed may open to what nothing else makes public: internal balancers, machines
 * without a public address, functions. What is known on the way still closes them.
 */
export function unreadDoors(land: OriginLand, workloads: readonly Workload[]): Approach[] {
  const inner = [...land.balancers.values()].filter(({ closed }) => closed.ipv4 !== undefined);
  return [
    ...inner.flatMap((balancer) => ontoBalancer(balancer, land)),
    ...workloads.flatMap((workload) =>
      workload.kind === "function"
        ? ontoFunction(workload, land)
        : (land.interfaces.byInstance.get(workload.id) ?? [])
            .slice(0, 1)
            .flatMap((each) => ontoMachine(workload, each, land)),
    ),
  ];
}

function callUnread({ network }: OriginLand, service: Service, region: string): string | undefined {
  return lists[service].find((call) => gapIn(network.snapshot, call, {}, region) !== undefined);
}

function doorOf(service: Service, call: string, to: string, ports: PortRange, node: Node): Door {
  const gate: Gate = {
    kind: "unread",
    limit: false,
    code: "FRONTEND_DISABLED",
    id: call,
    because: `${call} was not read: whether a front door leads to ${to} is unknown`,
    source: sourceOf(node),
  };
  return {
    family: "ipv4",
    protocol: ["tcp"],
    via: [service],
    legs: [doorLeg("ipv4", service, node, [gate], `${service} may lead to ${to}`)],
    entry: { hosts: [], paths: [], tls: "unknown" },
    entryPorts: ports,
    authGate: "none",
    assumptions: [],
  };
}

function ontoBalancer(balancer: Balancer, land: OriginLand): Approach[] {
  const { node, name, listeners } = balancer;
  return services.flatMap((service) => {
    const call = callUnread(land, service, node.page.region);
    if (call === undefined) return [];
    const link = linkOf(service, balancer, land);
    return listeners.flatMap(({ port }) => {
      const ports = service === "globalaccelerator" ? { from: port, to: port } : https;
      return toBalancer(doorOf(service, call, name, ports, node), balancer, port, link, land);
    });
  });
}

const services: readonly Service[] = ["cloudfront", "globalaccelerator", "apigateway"];

function linkOf(service: Service, balancer: Balancer, land: OriginLand): Link {
  if (service === "globalaccelerator") return acceleratorLink(land.network, true);
  if (service === "apigateway") return blindLink;
  const vpc = text(balancer.node, "VpcId") ?? "";
  const footholds = footholdsOf("unread", vpc, balancer.nodes, land);
  return footholdLink(land.network, footholds, (each) => entryGates(land, each));
}

/** Where a VPC link stands, and with which groups, is unknown with the API. */
const blindLink: Link = {
  legs: (balancer, node, port) => [
    {
      family: "ipv4",
      from: nobody,
      to: nobody,
      port,
      own: [],
      stop: {
        kind: "balancer",
        id: balancer.name,
        because: `${node.id} is a node of ${balancer.name}`,
        source: sourceOf(balancer.node),
      },
    },
  ],
  seen: "node",
};

/** Accelerators reach a machine over its primary interface, on whatever port it is dialled. */
function ontoMachine(workload: Workload, each: Interface, land: OriginLand): Approach[] {
  const open = each.addresses.some(({ public: dialled }) => dialled !== undefined);
  const call = open ? undefined : callUnread(land, "globalaccelerator", each.node.page.region);
  if (call === undefined) return [];
  const door = doorOf("globalaccelerator", call, workload.name, allPorts, each.node);
  const stop = stopAt(each, workload);
  const leg = acceleratorLeg(land.network, interfaceEnd(each), "ipv4", true, stop);
  return [finished(door, workload, [leg, ...asleep(workload)])];
}

function ontoFunction(workload: Workload, land: OriginLand): Approach[] {
  const call = callUnread(land, "apigateway", workload.region);
  const first = land.network.snapshot.pages.find((page) => page.call === "lambda:ListFunctions");
  if (call === undefined || !first) return [];
  const node: Node = { value: first.body, page: first, pointer: "" };
  return [toWorkload(doorOf("apigateway", call, workload.name, https, node), workload, 443)];
}
