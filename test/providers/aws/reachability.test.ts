import { describe, expect, test } from "vitest";
import { judged, type Config } from "./variations.ts";

const open = ["i-mcp tcp/8080-8080 direct:8080 internet ipv4"];

describe("block public access", () => {
  const mode = (word: string, exclusion?: object) => (config: Config) => {
    config["ec2"][
      "DescribeVpcBlockPublicAccessOptions"
    ].VpcBlockPublicAccessOptions.InternetGatewayBlockMode = word;
    if (exclusion)
      config["ec2"]["DescribeVpcBlockPublicAccessExclusions"].VpcBlockPublicAccessExclusions = [
        exclusion,
      ];
  };
  const excluded = (id: string, word: string, state = "create-complete") => ({
    ExclusionId: "vpcbpa-exclude-1",
    ResourceArn: `arn:aws:ec2:us-east-1:111122223333:${id.split("-")[0]}/${id}`,
    InternetGatewayExclusionMode: word,
    State: state,
  });
  test.each([
    ["off", undefined, true],
    ["block-ingress", undefined, false],
    ["block-bidirectional", undefined, false],
    ["block-bidirectional", excluded("vpc-1", "allow-bidirectional"), true],
    ["block-ingress", excluded("vpc-1", "allow-bidirectional"), true],
    ["block-bidirectional", excluded("vpc-1", "allow-egress"), false],
    ["block-bidirectional", excluded("vpc-2", "allow-bidirectional"), false],
    ["block-bidirectional", excluded("vpc-1", "allow-bidirectional", "disable-complete"), false],
  ])("%s with exclusion %j leaves the port open: %s", (word, exclusion, reachable) => {
    const { lines, gate } = judged("aws-004", mode(word, exclusion));
    expect(lines).toEqual(reachable ? open : []);
    expect(gate("i-mcp", 8080)).toBe(reachable ? undefined : "PUBLIC_ACCESS_BLOCK");
  });
});

describe("network ACLs", () => {
  const entries = (list: object[]) => (config: Config) => {
    for (const acl of config["ec2"]["DescribeNetworkAcls"].NetworkAcls) acl.Entries = list;
  };
  const rule = (
    n: number,
    egress: boolean,
    action: string,
    from = 0,
    to = 65_535,
    cidr = "0.0.0.0/0",
    protocol = "6",
  ) => ({
    RuleNumber: n,
    Egress: egress,
    RuleAction: action,
    Protocol: protocol,
    CidrBlock: cidr,
    PortRange: { From: from, To: to },
  });
  const out = rule(100, true, "allow");
  test.each([
    [
      "an earlier deny",
      [rule(90, false, "deny", 8080, 8080), rule(100, false, "allow"), out],
      "SUBNET_ACL_INBOUND",
    ],
    [
      "a later deny",
      [rule(100, false, "allow"), rule(110, false, "deny", 8080, 8080), out],
      undefined,
    ],
    [
      "an earlier deny, listed last",
      [rule(100, false, "allow"), out, rule(90, false, "deny", 8080, 8080)],
      "SUBNET_ACL_INBOUND",
    ],
    [
      "a deny of the neighbouring port",
      [rule(90, false, "deny", 8079, 8079), rule(100, false, "allow"), out],
      undefined,
    ],
    ["nothing allowed out", [rule(100, false, "allow")], "SUBNET_ACL_OUTBOUND"],
    [
      "only UDP allowed in",
      [rule(100, false, "allow", 0, 65_535, "0.0.0.0/0", "17"), out],
      "SUBNET_ACL_INBOUND",
    ],
    ["no rule at all", [], "SUBNET_ACL_INBOUND"],
  ])("%s", (_name, list, gate) => {
    const found = judged("aws-004", entries(list));
    expect(found.gate("i-mcp", 8080)).toBe(gate);
    expect(found.lines).toEqual(gate ? [] : open);
  });
  test("replies to few ports narrow what the client may send from", () => {
    const { exposures } = judged(
      "aws-004",
      entries([rule(100, false, "allow"), rule(100, true, "allow", 50_000, 60_000)]),
    );
    expect(exposures[0]?.sourcePorts).toEqual({ from: 50_000, to: 60_000 });
  });
  test("every blocking gate is named, the first one first", () => {
    expect(judged("aws-005", entries([])).gates("i-mcp", 8080)).toEqual([
      "SUBNET_ACL_INBOUND",
      "SUBNET_ACL_OUTBOUND",
      "NO_INTERNET_ROUTE",
    ]);
  });
});

describe("security groups", () => {
  const permissions =
    (...list: object[]) =>
    (config: Config) => {
      for (const group of config["ec2"]["DescribeSecurityGroups"].SecurityGroups)
        group.IpPermissions = list;
    };
  const tcp = (ranges: string[], from = 8080, to = 8080, protocol = "tcp") => ({
    IpProtocol: protocol,
    FromPort: from,
    ToPort: to,
    IpRanges: ranges.map((CidrIp) => ({ CidrIp })),
  });
  test.each([
    ["two halves", tcp(["0.0.0.0/1", "128.0.0.0/1"]), open],
    ["private sources only", tcp(["10.0.0.0/8", "100.64.0.0/10"]), []],
    [
      "every protocol",
      { IpProtocol: "-1", IpRanges: [{ CidrIp: "192.0.2.0/24" }] },
      [
        "i-mcp tcp/0-65535 direct:0 192.0.2.0/24 ipv4",
        "i-mcp udp/0-65535 direct:0 192.0.2.0/24 ipv4",
      ],
    ],
    ["UDP", tcp(["0.0.0.0/0"], 53, 53, "udp"), ["i-mcp udp/53-53 direct:53 internet ipv4"]],
    ["ICMP", tcp(["0.0.0.0/0"], -1, -1, "icmp"), []],
    ["a range", tcp(["0.0.0.0/0"], 8000, 9000), ["i-mcp tcp/8000-9000 direct:8000 internet ipv4"]],
    ["a group", { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: "sg-a" }] }, []],
    ["an IPv6 range on an IPv4 host", { IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] }, []],
  ])("%s", (_name, permission, expected) => {
    expect(judged("aws-004", permissions(permission)).lines).toEqual(expected);
  });
});

describe("what was not read", () => {
  const nothing = () => {};
  test("an unread limit leaves the exposure, as maybe, and names the call", () => {
    const { exposures, lines } = judged("aws-004", nothing, [
      { call: "ec2:DescribeVpcBlockPublicAccessOptions" },
    ]);
    expect(lines).toEqual([`${open[0]!} maybe`]);
    expect(exposures[0]?.assumptions).toEqual([
      expect.stringContaining("ec2:DescribeVpcBlockPublicAccessOptions"),
    ]);
  });
  test.each([
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeRouteTables",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeInternetGateways",
  ])("without %s the port is neither open nor closed", (call) => {
    const { exposures, gate } = judged("aws-004", nothing, [{ call }]);
    expect(exposures.map(({ verdict }) => verdict)).toContain("unknown");
    expect(exposures.every(({ verdict }) => verdict === "unknown")).toBe(true);
    expect(exposures[0]?.assumptions.join()).toContain(call);
    expect(gate("i-mcp", 8080)).toBeUndefined();
  });
  test("a gap does not touch an interface without a public address", () => {
    const { exposures } = judged("aws-040", nothing, [{ call: "ec2:DescribeNetworkAcls" }]);
    expect(exposures.filter(({ via }) => via === "direct")).toEqual([]);
  });
  test("an unread prefix list makes only what it would add unknown", () => {
    const { lines } = judged("aws-015", nothing, [
      { call: "ec2:GetManagedPrefixListEntries", params: { PrefixListId: "pl-any" } },
    ]);
    expect(lines).toEqual([`${open[0]!} unknown`]);
  });
});

test("a stopped instance keeps its exposure, latent", () => {
  const { lines, gate } = judged("aws-004", (config) => {
    config["ec2"]["DescribeInstances"].Reservations[0].Instances[0].State.Name = "stopped";
  });
  expect(lines).toEqual([`${open[0]!} latent INSTANCE_NOT_RUNNING`]);
  expect(gate("i-mcp", 8080)).toBe("INSTANCE_NOT_RUNNING");
});

test("a more specific route takes the clients away that the group admits", () => {
  const { gate } = judged("aws-004", (config) => {
    const ec2 = config["ec2"];
    for (const table of ec2["DescribeRouteTables"].RouteTables)
      table.Routes.push({
        State: "active",
        DestinationPrefixListId: "pl-1",
        TransitGatewayId: "tgw-1",
      });
    ec2["GetManagedPrefixListEntries"] = {
      "pl-1": { Entries: [{ Cidr: "0.0.0.0/1" }, { Cidr: "128.0.0.0/1" }] },
    };
  });
  expect(gate("i-mcp", 8080)).toBe("MORE_SPECIFIC_ROUTE");
});

test("a route to a gateway that is gone is a black hole", () => {
  const { gate } = judged("aws-004", (config) => {
    for (const table of config["ec2"]["DescribeRouteTables"].RouteTables)
      for (const route of table.Routes) if (route.GatewayId === "igw-1") route.State = "blackhole";
  });
  expect(gate("i-mcp", 8080)).toBe("ROUTE_BLACKHOLE");
});

test("each exposure tells the rule that let it pass at every gate", () => {
  const { exposures } = judged("aws-004", () => {});
  const hops = exposures[0]?.hops ?? [];
  expect(hops.map(({ rule, id }) => rule ?? id)).toEqual([
    "internet",
    "eni-mcp",
    "igw-1",
    "block-public-access/us-east-1",
    "acl-default#100",
    "sg-a",
    "acl-default#100",
    "rtb-main",
    "i-mcp",
  ]);
  expect(hops.every(({ because }) => because.length > 10)).toBe(true);
});

test("an exposure to everyone says so, in words that name no one client", () => {
  const { exposures } = judged("aws-004", () => {});
  const said = exposures[0]?.hops.map(({ because }) => because) ?? [];
  expect(said[0]).toBe("any internet address can send to it");
  expect(said).toContain("acl-default#100 allows all traffic from 0.0.0.0/0");
});

test.each([
  { egress: false, number: 90, rule: "acl-default#90" },
  { egress: true, number: 90, rule: "acl-default#90" },
  { egress: true, number: undefined, rule: "acl-default#egress" },
  { egress: false, number: undefined, rule: "acl-default" },
])("a subnet ACL that refuses (egress $egress, rule $number) is told by $rule", (row) => {
  const { blocked } = judged("aws-004", (config) => {
    const acl = config["ec2"]["DescribeNetworkAcls"].NetworkAcls[0];
    const denied = {
      RuleNumber: row.number,
      Egress: row.egress,
      RuleAction: "deny",
      Protocol: "6",
      CidrBlock: "0.0.0.0/0",
      PortRange: { From: 0, To: 65_535 },
    };
    acl.Entries =
      row.number === undefined
        ? acl.Entries.filter((entry: { Egress: boolean }) => entry.Egress !== row.egress)
        : [...acl.Entries, denied];
  });
  const found = blocked.find(
    ({ workload, protocol, port, family }) =>
      workload.id === "i-mcp" && protocol === "tcp" && family === "ipv4" && port.from === 8080,
  );
  expect(found?.gates[0]).toMatchObject({
    code: row.egress ? "SUBNET_ACL_OUTBOUND" : "SUBNET_ACL_INBOUND",
    rule: row.rule,
  });
});
