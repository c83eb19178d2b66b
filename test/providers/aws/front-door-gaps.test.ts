import { describe, expect, test } from "vitest";
import { judged, type Config } from "./variations.ts";

const same = (): void => {};
const fn = "arn:aws:lambda:us-east-1:111122223333:function:mcp-fn";

describe("a front door whose list was not read", () => {
  test.each([
    ["aws-071", "cloudfront:ListDistributions", "i-mcp tcp/8000-8000 cloudfront > alb-1:443"],
    [
      "aws-070",
      "globalaccelerator:ListAccelerators",
      "i-mcp tcp/8000-8000 globalaccelerator > alb-1:80",
    ],
    [
      "aws-070",
      "globalaccelerator:ListListeners",
      "i-mcp tcp/8000-8000 globalaccelerator > alb-1:80",
    ],
    [
      "aws-105",
      "globalaccelerator:ListEndpointGroups",
      "i-mcp tcp/8080-8080 globalaccelerator:8080",
    ],
    ["aws-075", "apigatewayv2:GetApis", "i-mcp tcp/8000-8000 apigateway > alb-1:443"],
    ["aws-075", "apigatewayv2:GetIntegrations", "i-mcp tcp/8000-8000 apigateway > alb-1:443"],
    ["aws-120", "apigateway:GetRestApis", `${fn} tcp/443-443 apigateway:443`],
  ])("%s without %s leaves what it led to unknown, and names the call", (id, call, line) => {
    const { lines, exposures } = judged(id, same, [{ call }]);
    expect(lines).toEqual([`${line} internet ipv4 unknown`]);
    expect(exposures[0]!.assumptions.join()).toContain(`${call} was not read`);
  });

  test("says nothing of what the way to it closes", () => {
    const closed = (config: Config): void => {
      const groups = config.ec2.DescribeSecurityGroups.SecurityGroups;
      for (const group of groups) group.IpPermissions = [];
    };
    const gaps = [{ call: "cloudfront:ListDistributions" }, { call: "apigatewayv2:GetApis" }];
    expect(judged("aws-071", closed, gaps).lines).toEqual([]);
    expect(
      judged("aws-105", closed, [{ call: "globalaccelerator:ListAccelerators" }]).lines,
    ).toEqual([]);
  });

  test("says nothing of machines and balancers that have public addresses", () => {
    const gaps = [
      { call: "cloudfront:ListDistributions" },
      { call: "globalaccelerator:ListAccelerators" },
    ];
    for (const id of ["aws-005", "aws-040", "aws-004"])
      expect(judged(id, same, gaps).lines).toEqual(judged(id, same).lines);
  });

  test("counts in its own region", () => {
    const gaps = [{ call: "apigatewayv2:GetApis", region: "eu-west-1" }];
    expect(judged("aws-075", same, gaps).lines).toEqual([]);
  });
});

describe("a distribution in front of a balancer that admits CloudFront's list", () => {
  const behind = (config: Config): void => {
    const { ec2, elbv2 } = config;
    const [first] = elbv2.DescribeLoadBalancers.LoadBalancers;
    Object.assign(first, { Scheme: "internet-facing", DNSName: "alb.example.com" });
    for (const zone of first.AvailabilityZones) zone.SubnetId = "subnet-pub";
    const group = ec2.DescribeSecurityGroups.SecurityGroups.find(
      ({ GroupId }: { GroupId: string }) => GroupId === "sg-alb",
    );
    const rule = { IpProtocol: "tcp", FromPort: 80, ToPort: 80 };
    group.IpPermissions = [{ ...rule, PrefixListIds: [{ PrefixListId: "pl-cf" }] }];
    ec2.DescribeManagedPrefixLists = {
      PrefixLists: [
        {
          PrefixListId: "pl-cf",
          PrefixListName: "com.amazonaws.global.cloudfront.origin-facing",
        },
      ],
    };
    ec2.GetManagedPrefixListEntries = { "pl-cf": { Entries: [{ Cidr: "120.52.22.96/27" }] } };
    const [distribution] = config.cloudfront.ListDistributions.DistributionList.Items;
    const [origin] = distribution.Origins.Items;
    delete origin.VpcOriginConfig;
    Object.assign(origin, {
      DomainName: "alb.example.com",
      CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "http-only" },
    });
  };
  const through = (lines: readonly string[]) => lines.filter((line) => line.includes("cloudfront"));

  test("leads everyone to it, and nobody knows when the lists' names were not read", () => {
    expect(through(judged("aws-071", behind).lines)).toEqual([
      "i-mcp tcp/8000-8000 d111.cloudfront.net > alb-1:443 internet ipv4",
    ]);
    const gaps = [{ call: "ec2:DescribeManagedPrefixLists" }];
    expect(through(judged("aws-071", behind, gaps).lines)).toEqual([
      "i-mcp tcp/8000-8000 d111.cloudfront.net > alb-1:443 internet ipv4 unknown",
    ]);
  });
});
