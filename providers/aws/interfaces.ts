import type { IpFamily } from "../../src/model/exposure.ts";
import { formatAddress, parseAddress, parsePrefix } from "../../src/net/address.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, tagsOf, text, texts, type Node } from "../reader.ts";
import { groupIds } from "./network.ts";

export interface InterfaceAddress {
  readonly family: IpFamily;
  readonly private: string;
  /** What a client dials: the associated address, or the interface's own IPv6 address. */
  readonly public?: string;
  readonly primary: boolean;
}

/** An elastic network interface, as far as reachability asks. */
export interface Interface {
  readonly id: string;
  readonly subnet: string;
  readonly vpc: string;
  readonly zone: string;
  readonly groups: readonly string[];
  /** The instance or task that gets its packets. */
  readonly instance?: string;
  readonly deviceIndex: number;
  readonly description: string;
  readonly addresses: readonly InterfaceAddress[];
  readonly node: Node;
}

export interface Interfaces {
  readonly all: readonly Interface[];
  readonly byInstance: ReadonlyMap<string, readonly Interface[]>;
  /** The interface of a VPC that has a private address, also as one of a prefix delegated to it. */
  holder(vpc: string, address: string): Interface | undefined;
  /** Nodes of a balancer by description. */
  readonly byDescription: ReadonlyMap<string, readonly Interface[]>;
}

/** Interfaces of the list, and those that only an instance shows. `owners`: workloads other than instances, by interface. */
export function interfaces(
  snapshot: Snapshot,
  owners: ReadonlyMap<string, string> = new Map(),
): Interfaces {
  const all = new Map<string, Interface>();
  for (const node of listed(snapshot, "ec2:DescribeNetworkInterfaces", "NetworkInterfaces")) {
    const found = toInterface(node, owners);
    if (found) all.set(found.id, found);
  }
  for (const reservation of listed(snapshot, "ec2:DescribeInstances", "Reservations"))
    for (const instance of items(reservation, "Instances"))
      for (const node of items(instance, "NetworkInterfaces")) {
        const found = toInterface(node, owners, instance);
        if (found && !all.has(found.id)) all.set(found.id, found);
      }
  return indexed([...all.values()].map((each) => onTrunk(each, all)));
}

/**
 * An interface of a pod's own is no attachment of the node, but a branch of one that is, and its controller notes of which.
 * https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 */
function onTrunk(each: Interface, all: ReadonlyMap<string, Interface>): Interface {
  if (each.instance !== undefined || text(each.node, "InterfaceType") !== "branch") return each;
  const trunk = all.get(tagsOf(each.node, "TagSet")[trunkTag] ?? "");
  return trunk?.instance === undefined
    ? each
    : { ...each, instance: trunk.instance, deviceIndex: behindAll };
}

const trunkTag = "vpcresources.k8s.aws/trunk-eni-id";
/** More than an instance has. */
const behindAll = 1000;

function indexed(all: readonly Interface[]): Interfaces {
  const byInstance = new Map<string, Interface[]>();
  const byAddress = new Map<string, Interface>();
  const byBlock = new Map<string, Interface>();
  const byDescription = new Map<string, Interface[]>();
  for (const each of all) {
    if (each.instance !== undefined) push(byInstance, each.instance, each);
    if (each.description !== "") push(byDescription, each.description, each);
    for (const address of each.addresses)
      byAddress.set(`${each.vpc}/${spelled(address.private)}`, each);
    for (const prefix of prefixesOf(each.node)) {
      const key = blockOf(prefix);
      if (key !== undefined) byBlock.set(`${each.vpc}/${key}`, each);
    }
  }
  for (const own of byInstance.values()) own.sort((a, b) => a.deviceIndex - b.deviceIndex);
  const holder = (vpc: string, address: string): Interface | undefined =>
    byAddress.get(`${vpc}/${spelled(address)}`) ?? byBlock.get(`${vpc}/${blockOf(address)}`);
  return { all, byInstance, holder, byDescription };
}

/** Pods of a cluster get their addresses from these. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
function prefixesOf(node: Node): string[] {
  return [
    ...items(node, "Ipv4Prefixes").flatMap((each) => text(each, "Ipv4Prefix") ?? []),
    ...items(node, "Ipv6Prefixes").flatMap((each) => text(each, "Ipv6Prefix") ?? []),
  ];
}

/** Prefixes are of one length in each family, so the first address of the block tells an address's. */
function blockOf(word: string): string | undefined {
  const [address = ""] = word.split("/");
  const block = parsePrefix(`${address}/${address.includes(":") ? 80 : 28}`);
  return block && formatAddress(block.family, block.from);
}

/** One spelling of an IPv6 address, which has many. */
function spelled(word: string): string {
  const address = word.includes(":") ? parseAddress(word) : undefined;
  return address ? formatAddress(address.family, address.value) : word;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function toInterface(
  node: Node,
  owners: ReadonlyMap<string, string>,
  instance?: Node,
): Interface | undefined {
  const id = text(node, "NetworkInterfaceId");
  if (id === undefined) return undefined;
  const attachment = at(node, "Attachment");
  const detached = textIn(attachment, "Status") === "detached";
  const owner = detached
    ? undefined
    : (owners.get(id) ?? textIn(attachment, "InstanceId") ?? textIn(instance, "InstanceId"));
  const placement = instance && at(instance, "Placement");
  const zone = text(node, "AvailabilityZone") ?? textIn(placement, "AvailabilityZone");
  return {
    id,
    ...placeOf(node),
    zone: zone ?? "",
    groups: groupIds(node),
    ...(owner !== undefined && { instance: owner }),
    deviceIndex: (attachment && number(attachment, "DeviceIndex")) ?? 0,
    addresses: [...ipv4Of(node), ...ipv6Of(node)],
    node,
  };
}

function placeOf(node: Node): Pick<Interface, "subnet" | "vpc" | "description"> {
  const of = (key: string): string => text(node, key) ?? "";
  return { subnet: of("SubnetId"), vpc: of("VpcId"), description: of("Description") };
}

function textIn(node: Node | undefined, key: string): string | undefined {
  return node && text(node, key);
}

/** A carrier address belongs to a telecom network, not to the internet. */
function ipv4Of(node: Node): InterfaceAddress[] {
  const entries = items(node, "PrivateIpAddresses");
  const own = entries.length > 0 ? entries : [node];
  return own.flatMap((entry, i): InterfaceAddress[] => {
    const address = text(entry, "PrivateIpAddress");
    if (address === undefined) return [];
    const primary = i === 0 || at(entry, "Primary")?.value === true;
    const association = at(entry, "Association") ?? (primary ? at(node, "Association") : undefined);
    const open = association && text(association, "PublicIp");
    return [
      { family: "ipv4", private: address, primary, ...(open !== undefined && { public: open }) },
    ];
  });
}

/** Global unicast needs no translation; unique local addresses never leave the VPC. */
function ipv6Of(node: Node): InterfaceAddress[] {
  const entries = items(node, "Ipv6Addresses").flatMap((entry) => text(entry, "Ipv6Address") ?? []);
  const plain = text(node, "Ipv6Address");
  const own = entries.length > 0 || plain === undefined ? entries : [plain];
  return [...new Set([...own, ...texts(node, "Ipv6Addresses")])].map((address, i) => {
    const common = { family: "ipv6", private: address, primary: i === 0 } as const;
    return /^[23][0-9a-f]{3}:/i.test(address) ? Object.assign({ public: address }, common) : common;
  });
}
