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
