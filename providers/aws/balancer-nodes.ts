import type { IpFamily } from "../../src/model/exposure.ts";
import type { Node } from "../reader.ts";
import type { Interface } from "./interfaces.ts";
import type { AwsNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";

/** An address of a balancer in one subnet. */
export interface BalancerNode {
  readonly id: string;
  readonly subnet: string;
  readonly zone: string;
  /** The node's own addresses; its whole subnet when the interface is not listed. */
  readonly addresses: Readonly<Record<IpFamily, readonly string[]>>;
  readonly public: Readonly<Partial<Record<IpFamily, string>>>;
  /** Why its addresses are not known; they may then be any. */
  readonly unread?: string;
  readonly node: Node;
}

const subnetsCall = "ec2:DescribeSubnets";

/** One node a subnet: its interface when listed, else whatever address the subnet has. */
export function nodesOf(
  own: readonly Interface[],
  places: readonly Placed[],
  network: AwsNetwork,
): BalancerNode[] {
  const seen = own.map((each) => seenNode(each, network));
  const covered = new Set(seen.map(({ subnet }) => subnet));
  const rest = places.filter(({ subnet }) => subnet !== "" && !covered.has(subnet));
  return seen.concat(rest.map((place) => placedNode(place, network)));
}

interface Placed {
  readonly subnet: string;
  readonly zone: string;
  readonly node: Node;
}

function seenNode(each: Interface, network: AwsNetwork): BalancerNode {
  const of = (family: IpFamily) => each.addresses.filter((address) => address.family === family);
  const [v4, v6] = [
    of("ipv4").find((a) => a.public)?.public,
    of("ipv6").find((a) => a.public)?.public,
  ];
  return {
    id: each.id,
    subnet: each.subnet,
    zone: each.zone || (network.subnets.get(each.subnet)?.zone ?? ""),
    addresses: { ipv4: of("ipv4").map((a) => a.private), ipv6: of("ipv6").map((a) => a.private) },
    public: { ...(v4 !== undefined && { ipv4: v4 }), ...(v6 !== undefined && { ipv6: v6 }) },
    node: each.node,
  };
}

function placedNode({ subnet, zone, node }: Placed, network: AwsNetwork): BalancerNode {
  const known = network.subnets.get(subnet);
  const hidden = !known && gapIn(network.snapshot, subnetsCall, {}, node.page.region);
  const cidrs = known?.cidrs ?? (hidden ? ["0.0.0.0/0", "::/0"] : []);
  const unread = `${subnetsCall} was not read: the addresses of ${subnet} are unknown`;
  return {
    id: subnet,
    subnet,
    zone,
    addresses: { ipv4: cidrs.filter((cidr) => !six(cidr)), ipv6: cidrs.filter(six) },
    public: {},
    ...(hidden && { unread }),
    node: known?.node ?? node,
  };
}

function six(cidr: string): boolean {
  return cidr.includes(":");
}
