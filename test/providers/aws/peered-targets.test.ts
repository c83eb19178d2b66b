import { describe, expect, test } from "vitest";
import { judged, type Config } from "./variations.ts";

const id = "postern-aws-133";
const way = "i-mcp tcp/8000-8000 alb-1:80 internet ipv4";
const maybe = [`${way} maybe`];

function routesOf(config: Config, table: string): Config[] {
  return config.ec2.DescribeRouteTables.RouteTables.find(
    ({ RouteTableId }: { RouteTableId: string }) => RouteTableId === table,
  ).Routes;
}

/** The route that leads into the peering, changed. */
const route = (table: string, change: Config) => (config: Config) => {
  const found = routesOf(config, table).find((each) => each.VpcPeeringConnectionId);
  delete found.VpcPeeringConnectionId;
  Object.assign(found, change);
};

describe("a target of another VPC", () => {
  test.each<[string, (config: Config) => void]>([
    ["over a peering", () => {}],
    ["over a transit gateway", route("rtb-pub", { TransitGatewayId: "tgw-1" })],
    [
      "over a core network",
      route("rtb-far", { CoreNetworkArn: "arn:aws:networkmanager::1:core-network/c" }),
    ],
    ["through an appliance", route("rtb-far", { NetworkInterfaceId: "eni-9" })],
    [
      "over the main table of its VPC",
      (config) => {
        const tables = config.ec2.DescribeRouteTables.RouteTables;
        const far = tables.find(({ RouteTableId }: Config) => RouteTableId === "rtb-far");
        const main = tables.find(({ RouteTableId }: Config) => RouteTableId === "rtb-main-2");
        main.Routes = far.Routes;
        far.Associations = [];
      },
    ],
  ])("is reached %s", (_, change) => {
    expect(judged(id, change).lines).toEqual(maybe);
  });

  test.each<[string, (config: Config) => void]>([
    ["into a NAT gateway", route("rtb-pub", { NatGatewayId: "nat-1" })],
    ["into the internet gateway", route("rtb-far", { GatewayId: "igw-1" })],
    ["over an egress-only gateway", route("rtb-far", { EgressOnlyInternetGatewayId: "eigw-1" })],
    [
      "into a black hole",
      route("rtb-pub", { VpcPeeringConnectionId: "pcx-1", State: "blackhole" }),
    ],
    [
      "that is narrower and leads elsewhere",
      (config) => {
        routesOf(config, "rtb-pub").push({
          DestinationCidrBlock: "10.1.2.0/24",
          GatewayId: "igw-1",
          State: "active",
          Origin: "CreateRoute",
        });
      },
    ],
    [
      "of another range",
      (config) => {
        routesOf(config, "rtb-far").find(
          (each) => each.VpcPeeringConnectionId,
        ).DestinationCidrBlock = "10.0.9.0/24";
      },
    ],
  ])("is not reached with a route %s", (_, change) => {
    const { lines, gates } = judged(id, change);
    expect(lines).toEqual([]);
    expect(gates("i-mcp", 8000)).toContain("NO_INTERNET_ROUTE");
  });

  test("is taken to be reached where a list of a route was not read", () => {
    const listed = (config: Config) => {
      const found = routesOf(config, "rtb-pub").find((each) => each.VpcPeeringConnectionId);
      delete found.DestinationCidrBlock;
      found.DestinationPrefixListId = "pl-9";
    };
    const gaps = [{ call: "ec2:GetManagedPrefixListEntries", params: { PrefixListId: "pl-9" } }];
    const { lines } = judged(id, listed, gaps);
    expect(lines).not.toEqual([]);
  });

  test("is no other target in the balancer's own VPC", () => {
    expect(judged("aws-045", () => {}).lines).toEqual([way]);
  });
});

/** Case postern-aws-180 is a machine behind the endpoint of a firewall, with public access blocked. */
describe("blocked public access before a machine in the way", () => {
  const exclude =
    (...resources: string[]) =>
    (config: Config) => {
      config.ec2.DescribeVpcBlockPublicAccessExclusions.VpcBlockPublicAccessExclusions =
        resources.map((resource) => ({
          ExclusionId: `exclude-${resource}`,
          InternetGatewayExclusionMode: "allow-bidirectional",
          ResourceArn: `arn:aws:ec2:us-east-1:111122223333:x/${resource}`,
          State: "create-complete",
        }));
    };
  const appliance = (config: Config) => {
    for (const each of config.ec2.DescribeRouteTables.RouteTables)
      for (const own of each.Routes)
        if (own.GatewayId === "vpce-fw") {
          delete own.GatewayId;
          own.NetworkInterfaceId = "eni-fw";
        }
    delete config.ec2.DescribeVpcEndpoints;
    delete config["network-firewall"];
  };
  const open = "i-mcp tcp/8080-8080 direct:8080 internet ipv4";

  test("lets through what comes by the endpoint of a firewall when the VPC is excluded", () => {
    expect(judged("postern-aws-180", exclude("vpc-1")).lines).toEqual([open]);
    expect(judged("postern-aws-180", exclude("subnet-pub", "subnet-fw")).lines).toEqual([]);
  });

  test("closes the family that goes past the machine, by the subnet itself", () => {
    const past = (config: Config) => {
      const [own] = config.ec2.DescribeNetworkInterfaces.NetworkInterfaces;
      own.Ipv6Addresses = [{ Ipv6Address: "2001:db8::10" }];
      config.ec2.DescribeSubnets.Subnets[0].Ipv6CidrBlockAssociationSet = [
        { Ipv6CidrBlock: "2001:db8::/64", Ipv6CidrBlockState: { State: "associated" } },
      ];
      routesOf(config, "rtb-pub").push({
        DestinationIpv6CidrBlock: "::/0",
        GatewayId: "igw-1",
        State: "active",
        Origin: "CreateRoute",
      });
      const [group] = config.ec2.DescribeSecurityGroups.SecurityGroups;
      group.IpPermissions[0].Ipv6Ranges = [{ CidrIpv6: "::/0" }];
    };
    const through = (...resources: string[]) =>
      judged("postern-aws-180", (config) => {
        past(config);
        exclude(...resources)(config);
      }).lines;
    expect(through("vpc-1")).toEqual([open, open.replace("ipv4", "ipv6")]);
    expect(through("subnet-pub")).toEqual([open.replace("ipv4", "ipv6")]);
    expect(through("subnet-fw")).toEqual([]);
  });

  test("asks about the subnet of an appliance, not about the one behind it", () => {
    const through = (...resources: string[]) =>
      judged("postern-aws-180", (config) => {
        exclude(...resources)(config);
        appliance(config);
      });
    expect(through("subnet-fw").lines).toEqual([`${open} maybe`]);
    expect(through("subnet-pub").lines).toEqual([]);
    expect(through("subnet-pub").gate("i-mcp", 8080)).toBe("PUBLIC_ACCESS_BLOCK");
  });
});

/** Case postern-aws-216 is a pod whose interface is a branch of the node's. */
describe("an interface of a pod's own", () => {
  const pod = (change: (branch: Config) => void) =>
    judged("postern-aws-216", (config) => {
      change(
        config.ec2.DescribeNetworkInterfaces.NetworkInterfaces.find(
          ({ NetworkInterfaceId }: Config) => NetworkInterfaceId === "eni-pod",
        ),
      );
    }).lines;

  test("is the node's when its controller notes so", () => {
    expect(pod(() => {})).toEqual([way]);
  });

  test.each<[string, (branch: Config) => void]>([
    [
      "without the note",
      (branch) => {
        branch.TagSet = [];
      },
    ],
    [
      "of a trunk that is not there",
      (branch) => {
        branch.TagSet[0].Value = "eni-gone";
      },
    ],
    [
      "that is no branch",
      (branch) => {
        branch.InterfaceType = "interface";
      },
    ],
  ])("is nobody's %s", (_, change) => {
    expect(pod(change)).toEqual([]);
  });

  test("does not stand before the node's first one", () => {
    const instance = (config: Config) => {
      const { TargetGroups } = config.elbv2.DescribeTargetGroups;
      TargetGroups[0].TargetType = "instance";
      const [health] = Object.values<Config>(config.elbv2.DescribeTargetHealth);
      health.TargetHealthDescriptions[0].Target.Id = "i-mcp";
    };
    expect(judged("postern-aws-216", instance).lines).toEqual([]);
  });
});

test("a public address that stands beside the list of addresses is the primary one's", () => {
  const beside = (config: Config) => {
    const [own] = config.ec2.DescribeNetworkInterfaces.NetworkInterfaces;
    own.PrivateIpAddresses = [
      { Primary: true, PrivateIpAddress: own.PrivateIpAddress },
      { Primary: false, PrivateIpAddress: "10.0.1.99" },
    ];
  };
  expect(judged("aws-004", beside).lines).toEqual(judged("aws-004", () => {}).lines);
});
