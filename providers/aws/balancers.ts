import type { GateCode, IpFamily, TransportProtocol } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";
import { nodesOf, type BalancerNode } from "./balancer-nodes.ts";
import type { Interfaces } from "./interfaces.ts";
import { listeners, type Listener } from "./listeners.ts";
import type { AwsNetwork } from "./network.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { attributesOf } from "./target-groups.ts";

export interface Balancer {
  readonly arn: string;
  readonly name: string;
  readonly kind: "application" | "network" | "classic";
  readonly dns?: string;
  readonly groups: readonly string[];
  readonly nodes: readonly BalancerNode[];
  readonly families: readonly IpFamily[];
  readonly crossZone: boolean;
  /** Why clients of a family cannot dial it at all. */
  readonly closed: Readonly<
    Partial<Record<IpFamily, { readonly code: GateCode; readonly because: string }>>
  >;
  readonly listeners: readonly Listener[];
  /** There may be listeners that were not read. */
  readonly listenersUnread?: boolean;
  readonly assumptions: readonly string[];
  readonly node: Node;
}

const listenersCall = "elbv2:DescribeListeners";
const attributesCall = "elbv2:DescribeLoadBalancerAttributes";

/** Application and network balancers. Gateway balancers accept no client. */
export function balancers(snapshot: Snapshot, known: Interfaces, network: AwsNetwork): Balancer[] {
  const settings = pagesBy(snapshot, attributesCall, "LoadBalancerArn");
  const listenersOf = listeners(snapshot);
  return listed(snapshot, "elbv2:DescribeLoadBalancers", "LoadBalancers").flatMap(
    (node): Balancer[] => {
      const [arn, type] = [text(node, "LoadBalancerArn"), text(node, "Type")];
      if (arn === undefined || (type !== "application" && type !== "network")) return [];
      const pages = settings.get(arn);
      const attributes = attributesOf(pages ?? []);
      const unread =
        !pages && gapIn(snapshot, attributesCall, { LoadBalancerArn: arn }, node.page.region);
      const name = text(node, "LoadBalancerName") ?? arn;
      const subnets = items(node, "AvailabilityZones");
      const own = nodesOf(
        known.byDescription.get(`ELB ${arn.split(":loadbalancer/")[1]}`) ?? [],
        subnets.map((zone) => ({
          subnet: text(zone, "SubnetId") ?? "",
          zone: text(zone, "ZoneName") ?? "",
          node: zone,
        })),
        network,
      );
      const dns = text(node, "DNSName");
      return [
        {
          arn,
          name,
          kind: type,
          ...(dns !== undefined && { dns }),
          groups: texts(node, "SecurityGroups"),
          nodes: own,
          families: familiesOf(node),
          crossZone: unread ? true : crossZone(type, attributes),
          closed: closedFor(node, name, attributes),
          listeners: listenersOf(arn),
          listenersUnread:
            gapIn(snapshot, listenersCall, { LoadBalancerArn: arn }, node.page.region) !==
            undefined,
          assumptions: unread
            ? [`${attributesCall} was not read: ${name} is taken to have default attributes`]
            : [],
          node,
        },
      ];
    },
  );
}

function familiesOf(node: Node): IpFamily[] {
  const dual = (text(node, "IpAddressType") ?? "ipv4") !== "ipv4";
  return dual ? ["ipv4", "ipv6"] : ["ipv4"];
}

/** Always on for application balancers, off by default for network ones. */
function crossZone(type: string, attributes: ReadonlyMap<string, string>): boolean {
  const setting = attributes.get("load_balancing.cross_zone.enabled");
  return (setting ?? String(type === "application")) === "true";
}

/** An internal balancer has no public address; over IPv6 only an attribute keeps the internet out. */
function closedFor(
  node: Node,
  name: string,
  attributes: ReadonlyMap<string, string>,
): Balancer["closed"] {
  const state = at(node, "State");
  if (state && text(state, "Code") === "failed") {
    const failed = { code: "FRONTEND_DISABLED", because: `${name} failed to be set up` } as const;
    return { ipv4: failed, ipv6: failed };
  }
  const internal = text(node, "Scheme") === "internal";
  const denied = attributes.get("ipv6.deny_all_igw_traffic") ?? String(internal);
  const scheme = { code: "LB_INTERNAL_SCHEME", because: `${name} is internal` } as const;
  const bare = text(node, "IpAddressType") === "dualstack-without-public-ipv4";
  return {
    ...(internal && { ipv4: scheme }),
    ...(!internal &&
      bare && {
        ipv4: { code: "FRONTEND_PRIVATE", because: `${name} has no public IPv4 address` } as const,
      }),
    ...(denied === "true" && {
      ipv6: internal ? scheme : { ...scheme, because: `${name} denies gateway traffic over IPv6` },
    }),
  };
}

export const healthCall = "elb:DescribeInstanceHealth";

/** Classic balancers: one generation older, listeners and instances in one answer. */
export function classicBalancers(
  snapshot: Snapshot,
  known: Interfaces,
  network: AwsNetwork,
): ClassicBalancer[] {
  const health = pagesBy(snapshot, healthCall, "LoadBalancerName");
  return listed(snapshot, "elb:DescribeLoadBalancers", "LoadBalancerDescriptions").flatMap(
    (node): ClassicBalancer[] => {
      const name = text(node, "LoadBalancerName");
      if (name === undefined) return [];
      const dns = text(node, "DNSName");
      const subnets = texts(node, "Subnets").map((subnet) => ({
        subnet,
        zone: network.subnets.get(subnet)?.zone ?? "",
        node,
      }));
      const asked = { LoadBalancerName: name };
      const unread = gapIn(snapshot, healthCall, asked, node.page.region) !== undefined;
      const states = new Map(
        (health.get(name) ?? [])
          .flatMap((page) => items(page, "InstanceStates"))
          .map((each) => [text(each, "InstanceId") ?? "", text(each, "State") ?? ""]),
      );
      return [
        {
          arn: name,
          name,
          kind: "classic",
          ...(dns !== undefined && { dns }),
          groups: texts(node, "SecurityGroups"),
          nodes: nodesOf(known.byDescription.get(`ELB ${name}`) ?? [], subnets, network),
          families: ["ipv4"],
          crossZone: true,
          closed:
            text(node, "Scheme") === "internal"
              ? { ipv4: { code: "LB_INTERNAL_SCHEME", because: `${name} is internal` } }
              : {},
          listeners: [],
          assumptions: [],
          node,
          ports: items(node, "ListenerDescriptions").flatMap(toPort),
          instances: items(node, "Instances").flatMap((each) => {
            const id = text(each, "InstanceId");
            return id === undefined
              ? []
              : [
                  {
                    id,
                    healthy: unread ? "unread" : states.get(id) !== "OutOfService",
                    node: each,
                  },
                ];
          }),
        },
      ];
    },
  );
}

export interface ClassicPort {
  readonly port: number;
  readonly target: number;
  readonly tls: Listener["tls"];
  readonly backendTls: Listener["tls"];
  readonly transports: readonly TransportProtocol[];
  readonly node: Node;
}

export interface ClassicBalancer extends Balancer {
  readonly ports: readonly ClassicPort[];
  readonly instances: readonly {
    readonly id: string;
    readonly healthy: boolean | "unread";
    readonly node: Node;
  }[];
}

export const speaks: Readonly<Record<string, Listener["tls"]>> = {
  HTTP: "http",
  HTTPS: "https",
  SSL: "https",
  TLS: "https",
};

function toPort(description: Node): ClassicPort[] {
  const node = at(description, "Listener");
  const port = node && number(node, "LoadBalancerPort");
  const target = node && number(node, "InstancePort");
  if (!node || port === undefined || target === undefined) return [];
  const protocol = (text(node, "Protocol") ?? "").toUpperCase();
  const backend = (text(node, "InstanceProtocol") ?? protocol).toUpperCase();
  return [
    {
      port,
      target,
      tls: speaks[protocol] ?? "unknown",
      backendTls: speaks[backend] ?? "unknown",
      transports: ["tcp"],
      node,
    },
  ];
}
