import type { JsonObject } from "../../src/model/json.ts";
import type { Dice } from "./dice.ts";
import { cidrs4, cidrs6, groupNames, lists, ports } from "./random-pools.ts";

function range(d: Dice): { From: number; To: number } {
  const [a, b] = [d.pick(ports), d.pick(ports)];
  if (d.chance(0.4)) return { From: d.pick([0, 1024]), To: 65_535 };
  return d.chance(0.5) ? { From: a, To: a } : { From: Math.min(a, b), To: Math.max(a, b) };
}

function permission(d: Dice): JsonObject {
  const protocol = d.pick(["tcp", "tcp", "tcp", "udp", "-1", "icmp"]);
  const { From, To } = range(d);
  return {
    IpProtocol: protocol,
    ...(protocol !== "-1" && { FromPort: From, ToPort: To }),
    IpRanges: d.some(cidrs4, 0.3).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: d.some(cidrs6, 0.35).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: d.some(lists, 0.15).map((PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: d.some(groupNames, 0.25).map((GroupId) => ({ GroupId })),
  };
}

export function group(d: Dice, id: string): JsonObject {
  return {
    GroupId: id,
    VpcId: "vpc-1",
    IpPermissions: [
      ...Array.from({ length: 1 + d.below(3) }, () => permission(d)),
      ...(d.chance(0.4)
        ? [{ IpProtocol: d.pick(["-1", "tcp"]), IpRanges: [{ CidrIp: d.pick(cidrs4) }] }]
        : []),
      ...(d.chance(0.4) ? [{ IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: d.pick(cidrs6) }] }] : []),
    ],
    IpPermissionsEgress: d.chance(0.6)
      ? [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }]
      : [permission(d), permission(d)],
  };
}

function entry(d: Dice, Egress: boolean): JsonObject {
  const Protocol = d.pick(["6", "6", "17", "-1", "1", "58"]);
  return {
    RuleNumber: 1 + d.below(32_000),
    Egress,
    RuleAction: d.chance(0.6) ? "allow" : "deny",
    Protocol,
    ...(d.chance(0.7) ? { CidrBlock: d.pick(cidrs4) } : { Ipv6CidrBlock: d.pick(cidrs6) }),
    ...((Protocol === "6" || Protocol === "17") && { PortRange: range(d) }),
  };
}

/** Rule numbers are unique for a direction. */
export function acl(d: Dice, subnet: string): JsonObject {
  const open = (Egress: boolean): JsonObject[] => [
    { RuleNumber: 32_500, Egress, RuleAction: "allow", Protocol: "-1", CidrBlock: "0.0.0.0/0" },
    { RuleNumber: 32_501, Egress, RuleAction: "allow", Protocol: "-1", Ipv6CidrBlock: "::/0" },
  ];
  const all: JsonObject[] = [true, false].flatMap((Egress) =>
    Array.from({ length: d.below(4) }, () => entry(d, Egress)).concat(
      d.chance(0.85) ? open(Egress) : [],
      { RuleNumber: 32_767, Egress, RuleAction: "deny", Protocol: "-1", CidrBlock: "0.0.0.0/0" },
    ),
  );
  const unique = new Map(
    all.map((each) => [JSON.stringify([each["Egress"], each["RuleNumber"]]), each]),
  );
  return {
    NetworkAclId: `acl-${subnet}`,
    VpcId: "vpc-1",
    IsDefault: false,
    Associations: [{ SubnetId: subnet }],
    Entries: [...unique.values()],
  };
}

function route(d: Dice): JsonObject {
  const target: JsonObject = d.pick<JsonObject>([
    { GatewayId: "igw-1" },
    { GatewayId: "igw-1" },
    { NatGatewayId: "nat-1" },
    { GatewayId: "vgw-1", Origin: "EnableVgwRoutePropagation" },
    { EgressOnlyInternetGatewayId: "eigw-1" },
    { GatewayId: "igw-1", State: "blackhole" },
  ]);
  const destination: JsonObject = d.pick<JsonObject>([
    { DestinationCidrBlock: d.pick(cidrs4) },
    { DestinationCidrBlock: "0.0.0.0/0" },
    { DestinationIpv6CidrBlock: d.pick(cidrs6) },
    { DestinationPrefixListId: d.pick(lists) },
  ]);
  return { State: "active", Origin: "CreateRoute", ...destination, ...target };
}

/** One route a destination and kind: the API refuses a second. */
export function table(d: Dice, id: string, association: JsonObject): JsonObject {
  const routes: JsonObject[] = [
    ...(d.chance(0.85) ? [{ DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }] : []),
    ...(d.chance(0.7) ? [{ DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1" }] : []),
    ...Array.from({ length: d.below(3) }, () => route(d)),
  ];
  const kept = new Map<string, JsonObject>();
  for (const each of routes.map((own): JsonObject => Object.assign({ State: "active" }, own))) {
    const {
      DestinationCidrBlock: a,
      DestinationIpv6CidrBlock: b,
      DestinationPrefixListId: c,
    } = each;
    const key =
      c === undefined
        ? JSON.stringify([a ?? b, each["Origin"] === "EnableVgwRoutePropagation"])
        : "list";
    if (!kept.has(key)) kept.set(key, each);
  }
  const local = { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" };
  return {
    RouteTableId: id,
    VpcId: "vpc-1",
    Associations: [association],
    Routes: [local, ...kept.values()],
  };
}

export function eni(d: Dice, n: number, subnet: string, own: JsonObject): JsonObject {
  const base = `10.0.${subnet === "subnet-1" ? 1 : 2}.${10 + n}`;
  const associated = (share: number): JsonObject =>
    d.chance(share) ? { Association: { PublicIp: `192.0.2.${10 + n}` } } : {};
  const second = `10.0.${subnet === "subnet-1" ? 1 : 2}.${110 + n}`;
  return {
    NetworkInterfaceId: `eni-${n}`,
    SubnetId: subnet,
    VpcId: "vpc-1",
    AvailabilityZone: subnet === "subnet-1" ? "us-east-1a" : "us-east-1b",
    PrivateIpAddress: base,
    PrivateIpAddresses: [
      { Primary: true, PrivateIpAddress: base, ...associated(0.7) },
      ...(d.chance(0.3) ? [{ Primary: false, PrivateIpAddress: second, ...associated(0.5) }] : []),
    ],
    Ipv6Addresses: d.chance(0.6) ? [{ Ipv6Address: `2001:db8:1::${n}` }] : [],
    ...own,
  };
}
