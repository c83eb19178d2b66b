import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate, Leg, Party } from "../../src/model/network.ts";
import { listed, sourceOf, text, type Node } from "../reader.ts";
import type { BalancerNode } from "./balancer-nodes.ts";
import type { Balancer } from "./balancers.ts";
import type { Link } from "./front-doors.ts";
import type { Interface } from "./interfaces.ts";
import {
  aclGate,
  gatewayGate,
  groupGates,
  internetGates,
  vpcOf,
  type AwsNetwork,
} from "./network.ts";
import { gapIn } from "./pages.ts";
import { publicAccessGate } from "./public-access-block.ts";

/** What is at the end of a link: a balancer's node or a workload's interface. */
export interface LinkEnd {
  readonly id: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  readonly code: "SG_NO_MATCH" | "LB_SG_NO_MATCH";
  readonly node: Node;
}

export function interfaceEnd(each: Interface): LinkEnd {
  const addresses = each.addresses.map((own) => own.private);
  return { ...each, addresses, code: "SG_NO_MATCH" };
}

/** Interfaces that a service has placed into a VPC. */
export interface Foothold {
  readonly subnet: string;
  readonly addresses: readonly string[];
  readonly groups: readonly string[];
  /** Why its addresses are not known; they may then be any. */
  readonly unread?: string;
}

const anywhere = ["0.0.0.0/0"];

/** Somewhere in a subnet. */
export function footholdIn(
  { subnets }: AwsNetwork,
  subnet: string,
  groups: readonly string[],
  more: readonly string[] = [],
): Foothold {
  const cidrs = subnets.get(subnet)?.cidrs;
  if (cidrs) return { subnet, groups, addresses: [...cidrs, ...more] };
  const unread = `ec2:DescribeSubnets was not read: the addresses of ${subnet} are unknown`;
  return { subnet, groups, addresses: anywhere, unread };
}

export function balancerEnd(balancer: Balancer, node: BalancerNode): LinkEnd {
  return {
    id: node.id,
    subnet: node.subnet,
    groups: balancer.groups,
    addresses: [...node.addresses.ipv4, ...node.addresses.ipv6],
    code: "LB_SG_NO_MATCH",
    node: node.node,
  };
}

function stopAt(balancer: Balancer, node: BalancerNode): Leg["stop"] {
  return {
    kind: "balancer",
    id: balancer.name,
    because: `${node.id} is a node of ${balancer.name}`,
    source: sourceOf(balancer.node),
  };
}

/**
 * An accelerator delivers to interfaces without a public address and without a route to the gateway; the VPC only needs
 * a gateway. https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
 */
export function acceleratorLeg(
  network: AwsNetwork,
  end: LinkEnd,
  family: IpFamily,
  keepsClient: boolean,
  stop: Leg["stop"],
): Omit<Leg, "port"> {
  const chain = network.chain(
    `accelerator|${end.code}|${end.subnet}|${end.groups.join(",")}`,
    () => [
      gatewayGate(network, end.subnet, end.node),
      publicAccessGate(
        network.snapshot,
        end.subnet,
        vpcOf(network, end.subnet, end.node),
        end.node,
      ),
      aclGate(network, end.subnet, "in", "dialled", end.node),
      ...groupGates(network, end.groups, end.code, end.node),
      aclGate(network, end.subnet, "out", "reply", end.node),
    ],
  );
  const from: Party = keepsClient
    ? { addresses: "client", groups: [] }
    : { addresses: [acceleratorAddress[family]], groups: [] };
  return {
    family,
    from,
    to: { addresses: end.addresses, groups: end.groups },
    own: [],
    chain,
    stop,
  };
}

/** One of the addresses that Global Accelerator sends from when it does not keep the client's. */
const acceleratorAddress: Readonly<Record<IpFamily, string>> = {
  ipv4: "52.94.198.1",
  ipv6: "2600:9000:a600::1",
};

export function acceleratorLink(network: AwsNetwork, keepsClient: boolean): Link {
  return {
    legs: (balancer, node, port, family) =>
      node.addresses[family].length === 0
        ? []
        : [
            {
              ...acceleratorLeg(
                network,
                balancerEnd(balancer, node),
                family,
                keepsClient,
                stopAt(balancer, node),
              ),
              port,
            },
          ],
    ...(!keepsClient && { seen: { addresses: [acceleratorAddress.ipv4], groups: [] } }),
  };
}

/** From interfaces inside the VPC; ACLs filter between subnets, both ways. */
export function footholdLegs(
  network: AwsNetwork,
  footholds: readonly Foothold[],
  end: LinkEnd,
  port: number,
  stop: Leg["stop"],
  first: readonly Gate[] = [],
): Leg[] {
  return footholds.map((foothold): Leg => {
    const { subnet, addresses, groups } = foothold;
    const key = ["foothold", subnet, groups, end.code, end.subnet, end.groups].map(String);
    const chain = network.chain(key.join("|"), () => {
      const apart = subnet !== end.subnet;
      const acl = (id: string, direction: "in" | "out", about: "dialled" | "reply"): Gate[] =>
        apart ? [aclGate(network, id, direction, about, end.node)] : [];
      return [
        ...(groups.length > 0
          ? groupGates(network, groups, "LB_SG_NO_MATCH", end.node, "out")
          : []),
        ...acl(subnet, "out", "dialled"),
        ...acl(end.subnet, "in", "dialled"),
        ...groupGates(network, end.groups, end.code, end.node),
        ...acl(end.subnet, "out", "reply"),
        ...acl(subnet, "in", "reply"),
      ];
    });
    return {
      family: "ipv4",
      from: { addresses, groups },
      to: { addresses: end.addresses, groups: end.groups },
      port,
      own: [...first, ...unreadGates(foothold, end)],
      chain,
      stop,
    };
  });
}

function unreadGates({ subnet, unread }: Foothold, { code, node }: LinkEnd): Gate[] {
  if (unread === undefined) return [];
  const source = sourceOf(node);
  return [{ kind: "unread", limit: false, code, id: subnet, because: unread, source }];
}

export function footholdLink(
  network: AwsNetwork,
  footholds: readonly Foothold[],
  first: (node: BalancerNode) => readonly Gate[] = () => [],
): Link {
  return {
    legs: (balancer, node, port) =>
      footholdLegs(
        network,
        footholds,
        balancerEnd(balancer, node),
        port,
        stopAt(balancer, node),
        first(node),
      ),
    seen: { addresses: footholds.flatMap(({ addresses }) => addresses), groups: [] },
  };
}

/** A service that dials an origin on the internet. */
export interface Sender extends Party {
  readonly addresses: readonly string[];
  /** Why its addresses are not known; they may then be any. */
  readonly unread?: string;
}

export function originSenders(network: AwsNetwork, service: "cloudfront" | "apigateway"): Sender {
  if (service === "apigateway") return { addresses: ["52.94.133.131"], groups: [] };
  const unread = listsUnread(network);
  if (unread !== undefined) return { addresses: anywhere, groups: [], unread };
  return { addresses: [...cloudFrontRanges(network), "130.176.0.1"], groups: [] };
}

export function senderGates({ unread }: Sender, code: Gate["code"], node: Node): Gate[] {
  if (unread === undefined) return [];
  const source = sourceOf(node);
  return [{ kind: "unread", limit: false, code, id: "sender", because: unread, source }];
}

/** Rules may name CloudFront's list by an id that only the list of lists explains. */
function listsUnread({ snapshot }: AwsNetwork): string | undefined {
  const call = "ec2:DescribeManagedPrefixLists";
  const entries = "ec2:GetManagedPrefixListEntries";
  const named = snapshot.pages.some((page) => page.call === entries);
  return named && gapIn(snapshot, call)
    ? `${call} was not read: whether a rule names the list of CloudFront is unknown`
    : undefined;
}

/** The list that AWS keeps of them, when a rule names it and so it was read. */
function cloudFrontRanges({ snapshot }: AwsNetwork): string[] {
  const list = listed(snapshot, "ec2:DescribeManagedPrefixLists", "PrefixLists").find(
    (each) => text(each, "PrefixListName") === "com.amazonaws.global.cloudfront.origin-facing",
  );
  const id = list && text(list, "PrefixListId");
  return snapshot.pages
    .filter(
      ({ call, params }) =>
        call === "ec2:GetManagedPrefixListEntries" &&
        id !== undefined &&
        params["PrefixListId"] === id,
    )
    .flatMap((page) => listed({ ...snapshot, pages: [page] }, page.call, "Entries"))
    .flatMap((entry) => text(entry, "Cidr") ?? []);
}

/** Over the internet to a balancer that faces it, as any client would, but from the service's own addresses. */
export function internetLink(network: AwsNetwork, sender: Sender): Link {
  return {
    legs: (balancer, node, port) => {
      const closed = balancer.closed.ipv4;
      const source = sourceOf(balancer.node);
      const own: Gate[] = closed
        ? [{ kind: "state", ...closed, id: balancer.name, open: false, source }]
        : [];
      return [
        {
          family: "ipv4",
          from: sender,
          to: { addresses: [], groups: [] },
          port,
          own: [...own, ...senderGates(sender, "LB_SG_NO_MATCH", node.node)],
          chain: network.chain(`front|${node.subnet}|${balancer.groups.join(",")}`, () =>
            internetGates(network, node.subnet, {
              ids: balancer.groups,
              code: "LB_SG_NO_MATCH",
              node: node.node,
            }),
          ),
          stop: stopAt(balancer, node),
        },
      ];
    },
    seen: sender,
  };
}
