import { numberOf, objectOf, textOf } from "../../src/conformance/read-json.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { call, entriesOf, list, rows, within, type Packet, type World } from "./brute-raw.ts";

interface Way {
  /** Who sends what comes into the subnet, or receives what leaves it. */
  readonly far: string;
  readonly protocol: string;
  readonly port: number;
}

/** Client ports at either side of every border of a rule that could tell them apart. */
export function interestingPorts(world: World): number[] {
  const out = new Set([1, 1024, 50_000, 65_535]);
  for (const acl of list(world, "ec2", "DescribeNetworkAcls", "NetworkAcls"))
    for (const entry of rows(acl, "Entries")) {
      const range = objectOf(entry["PortRange"]);
      for (const border of [numberOf(range["From"]), numberOf(range["To"])])
        for (const step of [-1, 0, 1])
          if (border !== undefined && border + step >= 1 && border + step <= 65_535)
            out.add(border + step);
    }
  return [...out];
}

export function running(world: World, id: string): boolean {
  return list(world, "ec2", "DescribeInstances", "Reservations")
    .flatMap((reservation) => rows(reservation, "Instances"))
    .some(
      (each) =>
        each["InstanceId"] === id &&
        ["running", "pending"].includes(textOf(objectOf(each["State"])["Name"]) ?? ""),
    );
}

/** Gateway, public access block, subnet ACL both ways and the route of the answer. */
export function throughGateway(
  world: World,
  { client, protocol }: Packet,
  subnetId: string,
  port: number,
  clientPort: number,
): boolean {
  const subnet = list(world, "ec2", "DescribeSubnets", "Subnets").find(
    (each) => each["SubnetId"] === subnetId,
  );
  const vpc = textOf(subnet?.["VpcId"]) ?? "";
  const gateway = list(world, "ec2", "DescribeInternetGateways", "InternetGateways").find((each) =>
    rows(each, "Attachments").some(
      ({ VpcId, State }) => VpcId === vpc && (State === "available" || State === "attached"),
    ),
  );
  return (
    gateway !== undefined &&
    !publicAccessBlocked(world, subnetId, vpc) &&
    aclAllows(world, subnetId, false, { far: client, protocol, port }) &&
    aclAllows(world, subnetId, true, { far: client, protocol, port: clientPort }) &&
    routedTo(world, subnetId, vpc, client) === gateway["InternetGatewayId"]
  );
}

function publicAccessBlocked(world: World, subnet: string, vpc: string): boolean {
  const answer = call(world, "ec2", "DescribeVpcBlockPublicAccessOptions");
  const mode = textOf(objectOf(answer["VpcBlockPublicAccessOptions"])["InternetGatewayBlockMode"]);
  if (mode === undefined || mode === "off") return false;
  return !list(
    world,
    "ec2",
    "DescribeVpcBlockPublicAccessExclusions",
    "VpcBlockPublicAccessExclusions",
  ).some(({ ResourceArn, InternetGatewayExclusionMode, State }) => {
    const arn = textOf(ResourceArn) ?? "";
    return (
      (arn.endsWith(`/${subnet}`) || arn.endsWith(`/${vpc}`)) &&
      InternetGatewayExclusionMode === "allow-bidirectional" &&
      ["create-complete", "update-complete"].includes(textOf(State) ?? "")
    );
  });
}

/** Where the subnet's table sends the address: the longest prefix; static before lists before propagated. */
function routedTo(world: World, subnet: string, vpc: string, address: string): string | undefined {
  const tables = list(world, "ec2", "DescribeRouteTables", "RouteTables");
  const table =
    tables.find((each) => rows(each, "Associations").some((a) => a["SubnetId"] === subnet)) ??
    tables.find(
      (each) => each["VpcId"] === vpc && rows(each, "Associations").some((a) => a["Main"] === true),
    );
  const hits = rows(table ?? {}, "Routes").flatMap((route) =>
    destinationsOf(world, route)
      .filter((cidr) => within(address, cidr))
      .map((cidr) => ({ length: Number(cidr.split("/")[1]), rank: rankOf(route), route })),
  );
  const [best] = hits.toSorted((a, b) => b.length - a.length || a.rank - b.rank);
  return best && targetOf(best.route);
}

function destinationsOf(world: World, route: JsonObject): string[] {
  const plain = textOf(route["DestinationCidrBlock"]) ?? textOf(route["DestinationIpv6CidrBlock"]);
  return plain === undefined
    ? entriesOf(world, textOf(route["DestinationPrefixListId"]) ?? "")
    : [plain];
}

function rankOf(route: JsonObject): number {
  if (route["Origin"] === "EnableVgwRoutePropagation") return 2;
  return route["DestinationPrefixListId"] === undefined ? 0 : 1;
}

function targetOf(route: JsonObject): string | undefined {
  return route["State"] === "blackhole" ? "blackhole" : textOf(route["GatewayId"]);
}

/** The lowest numbered rule that matches decides. */
export function aclAllows(world: World, subnet: string, egress: boolean, way: Way): boolean {
  const acl = list(world, "ec2", "DescribeNetworkAcls", "NetworkAcls").find((each) =>
    rows(each, "Associations").some((a) => a["SubnetId"] === subnet),
  );
  const [deciding] = rows(acl ?? {}, "Entries")
    .filter((entry) => entry["Egress"] === egress && entryMatches(entry, way))
    .toSorted((a, b) => (numberOf(a["RuleNumber"]) ?? 0) - (numberOf(b["RuleNumber"]) ?? 0));
  return deciding?.["RuleAction"] === "allow";
}

function entryMatches(entry: JsonObject, { far, protocol, port }: Way): boolean {
  const cidr = textOf(entry["CidrBlock"]) ?? textOf(entry["Ipv6CidrBlock"]) ?? "";
  if (!within(far, cidr)) return false;
  if (entry["Protocol"] === "-1") return true;
  if (entry["Protocol"] !== (protocol === "tcp" ? "6" : "17")) return false;
  const range = objectOf(entry["PortRange"]);
  const [from, to] = [numberOf(range["From"]) ?? 0, numberOf(range["To"]) ?? 65_535];
  return from <= port && port <= to;
}

export function groupAllows(
  world: World,
  id: string,
  direction: "IpPermissions" | "IpPermissionsEgress",
  address: string,
  memberOf: readonly string[],
  { protocol, port }: { readonly protocol: string; readonly port: number },
): boolean {
  const group = list(world, "ec2", "DescribeSecurityGroups", "SecurityGroups").find(
    (each) => each["GroupId"] === id,
  );
  return rows(group ?? {}, direction).some((rule) => {
    const any = rule["IpProtocol"] === "-1";
    const from = numberOf(rule["FromPort"]) ?? 0;
    const to = numberOf(rule["ToPort"]) ?? 65_535;
    if (!any && (rule["IpProtocol"] !== protocol || port < from || port > to)) return false;
    return (
      rows(rule, "IpRanges").some((each) => within(address, textOf(each["CidrIp"]) ?? "")) ||
      rows(rule, "Ipv6Ranges").some((each) => within(address, textOf(each["CidrIpv6"]) ?? "")) ||
      rows(rule, "PrefixListIds").some((each) =>
        entriesOf(world, textOf(each["PrefixListId"]) ?? "").some((cidr) => within(address, cidr)),
      ) ||
      rows(rule, "UserIdGroupPairs").some((each) =>
        memberOf.includes(textOf(each["GroupId"]) ?? ""),
      )
    );
  });
}
