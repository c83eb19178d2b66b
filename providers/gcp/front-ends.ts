import type { IpFamily, PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { everyAddress, parseSet, subtract, toCidrs } from "../../src/net/prefix-set.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, grouped, text, texts, type Node } from "../reader.ts";
import { portsOf } from "./firewall-rules.ts";
import { collectionOf, pathOf, regionOf } from "./links.ts";
import { aggregated, byLink, linkOf } from "./pages.ts";

/** A forwarding rule: an address with ports, and what it hands packets to. */
export interface FrontEnd {
  readonly name: string;
  readonly family: IpFamily;
  /** Undefined when it stands for an address that was not read. */
  readonly address: string | undefined;
  readonly protocols: readonly TransportProtocol[];
  readonly ports: readonly PortRange[];
  readonly external: boolean;
  /** Clients it takes, when not all: CIDRs of its family. */
  readonly clients?: readonly string[];
  /** Undefined = global. */
  readonly region: string | undefined;
  readonly network: string | undefined;
  /** Collection and path of the target: a proxy, pool, instance or backend service. */
  readonly kind: string;
  readonly target: string;
  /** `EXTERNAL_MANAGED` in a region, or `INTERNAL_MANAGED`: proxies stand in the network itself. */
  readonly managed: boolean;
  readonly node: Node;
}

/** https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts */
export function frontEnds(snapshot: Snapshot): FrontEnd[] {
  const addresses = byLink(aggregated(snapshot, "compute.addresses.aggregatedList", "addresses"));
  const found = aggregated(
    snapshot,
    "compute.forwardingRules.aggregatedList",
    "forwardingRules",
  ).flatMap((node) => {
    const target = pathOf(text(node, "target") ?? text(node, "backendService") ?? "");
    return target === "" ? [] : [frontEnd(node, target, addresses)];
  });
  const steering = grouped(
    found.flatMap((front) =>
      texts(front.node, "sourceIpRanges").map((range) => [placeOf(front), range]),
    ),
  );
  return found.map((front) => steered(front, steering.get(placeOf(front)) ?? []));
}

/** Rules that name clients take them from the rule of the same address, protocol and ports that names none. */
function steered(front: FrontEnd, taken: readonly string[]): FrontEnd {
  const own = texts(front.node, "sourceIpRanges");
  if (own.length > 0) return { ...front, clients: own };
  const set = taken.length > 0 ? parseSet(front.family, taken) : undefined;
  return set ? { ...front, clients: toCidrs(subtract(everyAddress(front.family), set)) } : front;
}

/** An address that was not read is itself and no other. */
function placeOf({ name, region, address, protocols, ports, node }: FrontEnd): string {
  return JSON.stringify([region, address ?? text(node, "IPAddress") ?? name, protocols, ports]);
}

function frontEnd(node: Node, target: string, addresses: ReadonlyMap<string, Node>): FrontEnd {
  const address = addressOf(text(node, "IPAddress"), addresses);
  const scheme = text(node, "loadBalancingScheme") ?? "EXTERNAL";
  const network = text(node, "network");
  return {
    name: text(node, "name") ?? target,
    family: text(node, "ipVersion") === "IPV6" || address?.includes(":") ? "ipv6" : "ipv4",
    address,
    protocols: protocolsOf(text(node, "IPProtocol") ?? "TCP"),
    ports: frontPorts(node),
    external: scheme.startsWith("EXTERNAL"),
    region: regionOf(`/${linkOf(node)}/`),
    network: network === undefined ? undefined : pathOf(network),
    kind: collectionOf(target),
    target,
    managed: scheme.endsWith("_MANAGED"),
    node,
  };
}

/** An address, a range of them (IPv6 rules own a /96), or a link to a reserved one. */
function addressOf(
  given: string | undefined,
  addresses: ReadonlyMap<string, Node>,
): string | undefined {
  if (given === undefined) return undefined;
  if (!given.includes("/addresses/")) return given.split("/")[0];
  const known = addresses.get(pathOf(given));
  return known && text(known, "address")?.split("/")[0];
}

function protocolsOf(name: string): TransportProtocol[] {
  if (name === "L3_DEFAULT") return ["tcp", "udp"];
  return name === "TCP" ? ["tcp"] : name === "UDP" ? ["udp"] : [];
}

/** A rule that names no port carries them all. */
function frontPorts(node: Node): PortRange[] {
  if (flag(node, "allPorts") === true) return [allPorts];
  const named = [text(node, "portRange"), ...texts(node, "ports")].flatMap((range) =>
    range === undefined ? [] : (portsOf(range) ?? []),
  );
  return named.length > 0 ? named : [allPorts];
}
