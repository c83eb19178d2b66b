import { describe, expect, test } from "vitest";
import { judged, type Config } from "./variations.ts";

const way = "i-mcp tcp/8000-8000 alb-1:80 internet ipv4";

const health = (State: string) => (config: Config) => {
  for (const each of Object.values<Config>(config.elbv2.DescribeTargetHealth))
    for (const target of each.TargetHealthDescriptions) target.TargetHealth = { State };
};

describe("a target that gets no request now", () => {
  test.each([
    ["unused", ` latent LB_NO_TARGET`],
    ["draining", ` latent LB_NO_TARGET`],
    ["initial", ""],
    ["unhealthy", ""],
    ["unavailable", ""],
  ])("alone in its group and %s", (state, more) => {
    expect(judged("aws-045", health(state)).lines).toEqual([way + more]);
  });

  test("in a group of weight 0 is shown as latent", () => {
    const { lines } = judged("aws-093", () => {});
    expect(lines.filter((line) => line.includes("latent"))).toEqual([
      expect.stringContaining("latent LB_NO_TARGET"),
    ]);
  });
});

test("a target behind a node of unknown address is unknown, since its group may not admit it", () => {
  const blind = (config: Config) => {
    const { NetworkInterfaces } = config.ec2.DescribeNetworkInterfaces;
    config.ec2.DescribeNetworkInterfaces.NetworkInterfaces = NetworkInterfaces.filter(
      ({ Description }: Config) => !Description.startsWith("ELB "),
    );
  };
  const { lines } = judged("aws-045", blind, [{ call: "ec2:DescribeSubnets" }]);
  expect(lines).toEqual([`${way} unknown`]);
});

test("behind a network balancer the inner listener tells whether clients speak TLS", () => {
  const [exposure] = judged("aws-066", () => {}).exposures;
  expect(exposure?.entry.tls).toBe("http");
});

test("only HTTP listeners and those of both families depend on rules that were not read", () => {
  const gaps = [{ call: "elbv2:DescribeRules" }];
  const [http] = judged("aws-045", () => {}, gaps).exposures;
  expect(http?.assumptions.join()).toContain("elbv2:DescribeRules was not read");
  const dual = (type: string) =>
    judged(
      "aws-062",
      (config) => {
        config.elbv2.DescribeLoadBalancers.LoadBalancers[0].IpAddressType = type;
      },
      gaps,
    ).exposures[0]?.assumptions.join();
  expect(dual("ipv4")).toBe("");
  expect(dual("dualstack")).toContain("elbv2:DescribeRules was not read");
});

test("an instance of a classic balancer is taken to be in service where its health was not read", () => {
  const gaps = [{ call: "elb:DescribeInstanceHealth" }];
  const sure = judged("aws-103", () => {}).lines;
  const { lines, exposures } = judged("aws-103", () => {}, gaps);
  expect(lines).toEqual(sure.map((line) => `${line} maybe`));
  expect(exposures[0]?.assumptions.join()).toContain("elb:DescribeInstanceHealth was not read");
});

test("a balancer without paths of its own is asked for those of the API before it", () => {
  const { exposures } = judged("aws-075", (config) => {
    config.apigatewayv2.GetRoutes.api1.Items[0].RouteKey = "POST /mcp";
  });
  expect(exposures[0]?.entry.paths).toEqual(["/mcp"]);
});
