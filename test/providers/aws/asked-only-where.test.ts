import { afterEach, beforeAll, expect, test } from "vitest";
import { closeMocks, collect, one, useExampleCredentials } from "../aws-harness.ts";
import { account } from "./edge-words.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

const balancerArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/net/${name}/1`;
const listener = (name: string, Protocol: string) => ({
  [balancerArn(name)]: {
    Listeners: [
      {
        ListenerArn: `${name}-listener`,
        LoadBalancerArn: balancerArn(name),
        Port: 443,
        Protocol,
        DefaultActions: [],
      },
    ],
  },
});

test("rules are asked of HTTP listeners and of those of balancers of both families", async () => {
  const balancer = (name: string, IpAddressType: string) => ({
    LoadBalancerArn: balancerArn(name),
    IpAddressType,
  });
  const elbv2 = {
    DescribeLoadBalancers: {
      LoadBalancers: [
        balancer("plain", "ipv4"),
        balancer("dual", "dualstack"),
        balancer("web", "ipv4"),
      ],
    },
    DescribeListeners: {
      ...listener("plain", "TCP"),
      ...listener("dual", "TCP"),
      ...listener("web", "HTTPS"),
    },
  };
  // Regions without interfaces are not asked for balancers.
  const ec2 = {
    DescribeNetworkInterfaces: { NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] },
  };
  const { mock } = await collect(one({ ec2, elbv2 }));
  const asked = mock.calls.filter(({ action }) => action === "DescribeRules");
  expect(new Set(asked.map(({ params }) => params["ListenerArn"]))).toEqual(
    new Set(["dual-listener", "web-listener"]),
  );
});

test("rules are asked of the domain names that go by them", async () => {
  const named = (DomainName: string, RoutingMode?: string) => ({
    DomainName,
    ...(RoutingMode !== undefined && { RoutingMode }),
  });
  const apigatewayv2 = {
    GetApis: { Items: [{ ApiId: "api1", Name: "api", ProtocolType: "HTTP" }] },
    GetDomainNames: {
      Items: [
        named("unset.example"),
        named("mapped.example", "API_MAPPING_ONLY"),
        named("ruled.example", "ROUTING_RULE_ONLY"),
        named("both.example", "ROUTING_RULE_THEN_API_MAPPING"),
      ],
    },
  };
  const { mock } = await collect(one({ apigatewayv2 }));
  const asked = mock.calls.filter(({ action }) => action === "ListRoutingRules");
  expect(new Set(asked.map(({ params }) => params["DomainName"] ?? params["domainName"]))).toEqual(
    new Set(["both.example", "ruled.example"]),
  );
});
