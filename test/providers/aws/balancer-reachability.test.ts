import { describe, expect, test } from "vitest";
import { judged, type Config } from "./variations.ts";

describe("balancers", () => {
  const rules = (config: Config) =>
    Object.values<Config>(config["elbv2"]["DescribeRules"])[0].Rules;
  const health = (config: Config) =>
    Object.values<Config>(config["elbv2"]["DescribeTargetHealth"])[0].TargetHealthDescriptions;

  test("a source rule that answers itself keeps its clients from the next rule", () => {
    const { exposures } = judged("aws-050", (config) => {
      const [first, last] = rules(config);
      [first.Actions, last.Actions] = [last.Actions, first.Actions];
      for (const listener of Object.values<Config>(config["elbv2"]["DescribeListeners"])[0]
        .Listeners)
        listener.DefaultActions = last.Actions;
    });
    expect(exposures[0]?.sources).not.toContain("203.0.113.0/24");
    expect(exposures[0]?.sources).toContain("203.0.112.0/24");
  });

  test("targets that are all unhealthy are served, one of two is not", () => {
    const one = judged("aws-055", () => {});
    expect(one.lines).toContain(
      "i-mcp2 tcp/8000-8000 alb-1:80 internet ipv4 latent LB_TARGET_UNHEALTHY",
    );
    const all = judged("aws-055", (config) => {
      for (const each of health(config)) each.TargetHealth.State = "unhealthy";
    });
    expect(all.lines).toEqual([
      "i-mcp tcp/8000-8000 alb-1:80 internet ipv4",
      "i-mcp2 tcp/8000-8000 alb-1:80 internet ipv4",
    ]);
  });

  test("a network balancer over UDP always shows the client to the target", () => {
    const udp = (cidr: string) =>
      judged("aws-061", (config) => {
        Object.values<Config>(config["elbv2"]["DescribeListeners"])[0].Listeners[0].Protocol =
          "UDP";
        config["elbv2"]["DescribeTargetGroups"].TargetGroups[0].Protocol = "UDP";
        for (const group of config["ec2"]["DescribeSecurityGroups"].SecurityGroups)
          group.IpPermissions = [
            { IpProtocol: "udp", FromPort: 8000, ToPort: 8000, IpRanges: [{ CidrIp: cidr }] },
          ];
      });
    expect(udp("10.0.0.0/16").lines).toEqual([]);
    expect(udp("0.0.0.0/0").lines).toEqual(["i-mcp udp/8000-8000 nlb-1:443 internet ipv4"]);
  });

  test("a classic balancer sends nothing to an instance out of service", () => {
    const { lines } = judged("aws-103", (config) => {
      config["elb"]["DescribeInstanceHealth"]["clb-1"].InstanceStates[0].State = "OutOfService";
    });
    expect(lines).toEqual([
      "i-mcp tcp/8000-8000 clb-1:80 internet ipv4 latent LB_TARGET_UNHEALTHY",
    ]);
  });

  test("cross-zone of the group overrides the balancer's", () => {
    const cross = (value: string) =>
      judged("aws-101", (config) => {
        const [attributes] = Object.values<Config>(
          config["elbv2"]["DescribeTargetGroupAttributes"],
        );
        for (const each of attributes.Attributes)
          if (each.Key === "load_balancing.cross_zone.enabled") each.Value = value;
      }).exposures.map(({ entry }) => entry.address);
    expect(cross("false")).toEqual(["198.51.100.61"]);
    expect(cross("true")).toEqual(["nlb-1-1.us-east-1.elb.amazonaws.com"]);
  });

  test("mutual TLS counts only when it verifies", () => {
    const mtls = (mode: string) =>
      judged("aws-131", (config) => {
        Object.values<Config>(
          config["elbv2"]["DescribeListeners"],
        )[0].Listeners[0].MutualAuthentication = { Mode: mode };
      }).exposures.map(({ authGate }) => authGate);
    expect(mtls("verify")).toEqual(["mtls"]);
    expect(mtls("passthrough")).toEqual(["none"]);
  });

  test("unread target group attributes are assumed and said so", () => {
    const { lines, exposures } = judged("aws-061", () => {}, [
      { call: "elbv2:DescribeTargetGroupAttributes" },
    ]);
    expect(lines).toEqual(["i-mcp tcp/8000-8000 nlb-1:443 internet ipv4 maybe"]);
    expect(exposures[0]?.assumptions.join()).toContain("elbv2:DescribeTargetGroupAttributes");
  });

  test("without a listener nothing behind it is reached", () => {
    const { lines, gates } = judged("aws-040", (config) => {
      for (const each of Object.values<Config>(config["elbv2"]["DescribeListeners"]))
        each.Listeners = [];
      for (const group of config["elbv2"]["DescribeTargetGroups"].TargetGroups)
        group.LoadBalancerArns = [];
    });
    expect(lines).toEqual([]);
    expect(gates("i-mcp", 8000)).toContain("LB_NO_LISTENER");
  });
});

describe("targets outside the balancer's VPC", () => {
  const peered = (zone: string | undefined) =>
    judged("aws-061", (config) => {
      for (const group of config["elbv2"]["DescribeTargetGroups"].TargetGroups)
        group.VpcId = "vpc-other";
      for (const { TargetHealthDescriptions } of Object.values<Config>(
        config["elbv2"]["DescribeTargetHealth"],
      ))
        for (const { Target } of TargetHealthDescriptions) Target.AvailabilityZone = zone;
    }).lines;

  test("an address that one interface alone has is followed, as an assumption", () => {
    expect(peered("all")).toEqual(["i-mcp tcp/8000-8000 nlb-1:443 internet ipv4 maybe"]);
  });

  test("an address that is said to be inside the VPC is not looked for elsewhere", () => {
    expect(peered(undefined)).toEqual([]);
  });
});

test("an interface that is detached from its instance leads nowhere", () => {
  const { lines } = judged("aws-004", (config) => {
    for (const each of config["ec2"]["DescribeNetworkInterfaces"].NetworkInterfaces)
      each.Attachment.Status = "detached";
    for (const { Instances } of config["ec2"]["DescribeInstances"].Reservations)
      for (const instance of Instances) instance.NetworkInterfaces = [];
  });
  expect(lines).toEqual([]);
});

test("a kept client address needs one client port that every list lets answers go to", () => {
  const answers = (near: [number, number], far: [number, number]) =>
    judged("aws-061", (config) => {
      const [attributes] = Object.values<Config>(config["elbv2"]["DescribeTargetGroupAttributes"]);
      attributes.Attributes = [{ Key: "preserve_client_ip.enabled", Value: "true" }];
      for (const group of config["ec2"]["DescribeSecurityGroups"].SecurityGroups)
        group.IpPermissions = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
      const acl = (subnet: string, [From, To]: [number, number]) => ({
        NetworkAclId: `acl-${subnet}`,
        VpcId: "vpc-1",
        Associations: [{ SubnetId: subnet }],
        Entries: [
          {
            RuleNumber: 1,
            Egress: false,
            RuleAction: "allow",
            Protocol: "-1",
            CidrBlock: "0.0.0.0/0",
          },
          {
            RuleNumber: 1,
            Egress: true,
            RuleAction: "allow",
            Protocol: "-1",
            CidrBlock: "10.0.0.0/16",
          },
          {
            RuleNumber: 2,
            Egress: true,
            RuleAction: "allow",
            Protocol: "6",
            CidrBlock: "0.0.0.0/0",
            PortRange: { From, To },
          },
        ],
      });
      config["ec2"]["DescribeNetworkAcls"] = {
        NetworkAcls: [acl("subnet-pub", near), acl("subnet-priv", far)],
      };
    }).lines;
  expect(answers([1024, 40_000], [40_000, 65_535])).toEqual([
    "i-mcp tcp/8000-8000 nlb-1:443 internet ipv4",
  ]);
  expect(answers([1024, 39_999], [40_000, 65_535])).toEqual([]);
});

test("a network balancer's rules send each family of clients to targets of its own", () => {
  const sent = (type: string) =>
    judged("aws-061", (config) => {
      const [listener] = Object.values<Config>(config["elbv2"]["DescribeListeners"])[0].Listeners;
      const forward = listener.DefaultActions;
      listener.DefaultActions = [{ Type: "forward", TargetGroupArn: "gone" }];
      const condition = { Field: "source-ip", SourceIpConfig: { IpAddressType: type } };
      config["elbv2"]["DescribeRules"] = {
        [listener.ListenerArn]: {
          Rules: [{ RuleArn: "r", Priority: "1", Conditions: [condition], Actions: forward }],
        },
      };
    }).lines;
  expect(sent("ipv4")).toEqual(["i-mcp tcp/8000-8000 nlb-1:443 internet ipv4"]);
  expect(sent("ipv6")).toEqual([]);
});
