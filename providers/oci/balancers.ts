import type { AuthGate, IpFamily, TransportProtocol } from "../../src/model/exposure.ts";
import { parseAddress } from "../../src/net/address.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, number, text, texts, type Node } from "../reader.ts";
import { backendSets, type BackendSet } from "./backend-sets.ts";
import { routesOf, clientsOf, redirectsAll, type ListenerRoute } from "./listener-rules.ts";
import { elements, members } from "./pages.ts";
import { attributesOf, type Attribute } from "./zpr.ts";

export type Tls = "http" | "https" | "unknown";

export interface Listener {
  readonly id: string;
  /** Absent: any. */
  readonly port?: number;
  readonly transports: readonly TransportProtocol[];
  readonly family?: IpFamily;
  readonly tls: Tls;
  /** Requests are read, by a web firewall too. */
  readonly inspected?: true;
  readonly authGate: AuthGate;
  readonly routes: readonly ListenerRoute[];
  /** What access rules leave, when there are any. */
  readonly clients?: readonly string[];
  /** Answers everything itself. */
  readonly redirects: boolean;
  readonly node: Node;
}

/** A load balancer of either kind. */
export interface Balancer {
  readonly id: string;
  readonly name: string;
  readonly kind: "application" | "network";
  readonly internal: boolean;
  /** Why nothing gets through, when it is not in service. */
  readonly outOfService?: string;
  readonly addresses: readonly { readonly family: IpFamily; readonly address: string }[];
  /** Addresses of its own in its subnet, where they are shown. */
  readonly own: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly listeners: readonly Listener[];
  readonly sets: ReadonlyMap<string, BackendSet>;
  readonly node: Node;
}

const gone: ReadonlySet<string> = new Set(["DELETED", "DELETING", "FAILED"]);

export function balancers(snapshot: Snapshot): Balancer[] {
  return [
    ...elements(snapshot, "loadbalancer:ListLoadBalancers").flatMap((node) =>
      toBalancer(snapshot, node, "application"),
    ),
    ...elements(snapshot, "networkloadbalancer:ListNetworkLoadBalancers").flatMap((node) =>
      toBalancer(snapshot, node, "network"),
    ),
  ];
}

/**
 * https://docs.oracle.com/en-us/iaas/api/#/en/loadbalancer/20170115/LoadBalancer/
 * https://docs.oracle.com/en-us/iaas/api/#/en/networkloadbalancer/20200501/NetworkLoadBalancer/
 */
function toBalancer(snapshot: Snapshot, node: Node, kind: Balancer["kind"]): Balancer[] {
  const id = text(node, "id");
  if (id === undefined) return [];
  const shown = items(node, "ipAddresses").flatMap((each) => {
    const address = text(each, "ipAddress");
    const family = parseAddress(address ?? "")?.family;
    const isPublic = flag(each, "isPublic") ?? flag(node, "isPrivate") === false;
    return address === undefined || !family ? [] : [{ address, family, isPublic }];
  });
  const open = shown.filter(({ isPublic }) => isPublic);
  const internal = flag(node, "isPrivate") ?? open.length === 0;
  const state = text(node, "lifecycleState") ?? "ACTIVE";
  const subnet = text(node, "subnetId");
  return [
    {
      id,
      name: text(node, "displayName") ?? id,
      kind,
      internal,
      ...(gone.has(state) && { outOfService: state }),
      addresses: internal ? shown : open,
      own: shown.filter(({ isPublic }) => !isPublic).map(({ address }) => address),
      subnets: subnet === undefined ? texts(node, "subnetIds") : [subnet],
      groups: [...texts(node, "networkSecurityGroupIds"), ...texts(node, "nsgIds")],
      attributes: attributesOf(node),
      listeners: members(node, "listeners").flatMap(([name, listener]) =>
        kind === "network"
          ? networkListener(id, name, listener, node)
          : listenerOf(id, name, listener, node),
      ),
      sets: backendSets(snapshot, id, node, kind),
      node,
    },
  ];
}

function listenerOf(balancer: string, name: string, node: Node, owner: Node): Listener[] {
  const port = number(node, "port");
  if (port === undefined) return [];
  const ssl = at(node, "sslConfiguration");
  const speaksHttp = (text(node, "protocol") ?? "HTTP") !== "TCP";
  const clients = clientsOf(node, owner);
  return [
    {
      id: `${balancer}/${name}`,
      port,
      transports: ["tcp"],
      tls: ssl ? "https" : speaksHttp ? "http" : "unknown",
      ...(speaksHttp && { inspected: true as const }),
      authGate: ssl && flag(ssl, "verifyPeerCertificate") === true ? "mtls" : "none",
      routes: routesOf(node, owner),
      ...(clients && { clients }),
      redirects: redirectsAll(node, owner),
      node,
    },
  ];
}

const transports: Readonly<Record<string, readonly TransportProtocol[]>> = {
  TCP: ["tcp"],
  UDP: ["udp"],
};

/** Of a listener that does not tell: IPv4 where there is a choice. */
function plainVersion(owner: Node): string | undefined {
  return text(owner, "nlbIpVersion") === "IPV4_AND_IPV6" ? "IPV4" : undefined;
}

/** Port 0 is any port; `ANY`, `TCP_AND_UDP` and whatever else there is carry both transports. */
function networkListener(balancer: string, name: string, node: Node, owner: Node): Listener[] {
  const [port, set] = [number(node, "port") ?? 0, text(node, "defaultBackendSetName")];
  const version = text(node, "ipVersion") ?? plainVersion(owner);
  return [
    {
      id: `${balancer}/${name}`,
      ...(port > 0 && { port }),
      transports: transports[text(node, "protocol") ?? ""] ?? ["tcp", "udp"],
      ...(version !== undefined && { family: version === "IPV6" ? "ipv6" : "ipv4" }),
      tls: "unknown",
      authGate: "none",
      routes: set === undefined ? [] : [{ set, hosts: [], paths: [] }],
      redirects: false,
      node,
    },
  ];
}
