import { describe, expect, test } from "vitest";
import { configOf, judgeConfig, linesOf, type Loose } from "./world.ts";

function after(id: string, gap: string, change: (config: Loose) => void = () => {}) {
  const config: Loose = configOf(id);
  delete config.loadBalancer;
  delete config.networkLoadBalancer;
  delete config.apiGateway;
  change(config);
  return linesOf(judgeConfig(config, [gap]));
}

describe("front doors that could not be listed", () => {
  test.each([
    ["loadbalancer:ListLoadBalancers", "load balancers"],
    ["networkloadbalancer:ListNetworkLoadBalancers", "network load balancers"],
    ["apigateway:ListGateways", "API gateways"],
    ["apigateway:ListDeployments", "API gateways"],
    ["apigateway:GetDeployment", "API gateways"],
  ])("%s: they may lead to what the machine's own rules admit", (call, words) => {
    expect(after("oci-040", call)).toEqual([
      `tcp/8000 ipv4 unknown none ${words} of us-ashburn-1 internet`,
    ]);
  });

  test("another list that was denied says nothing of them", () => {
    expect(after("oci-040", "containerinstances:ListContainerInstances")).toEqual([]);
  });

  test("a machine that admits nobody stays closed", () => {
    const shut = (config: Loose) => {
      for (const list of config.core.securityLists) list.ingressSecurityRules = [];
    };
    expect(after("oci-040", "loadbalancer:ListLoadBalancers", shut)).toEqual([]);
  });

  test("a network without an internet gateway has no public ones", () => {
    const inside = (config: Loose) => (config.core.internetGateways = []);
    expect(after("oci-040", "loadbalancer:ListLoadBalancers", inside)).toEqual([]);
  });

  test("a stopped machine stays latent behind them", () => {
    const stopped = (config: Loose) => (config.core.instances[0].lifecycleState = "STOPPED");
    expect(after("oci-040", "loadbalancer:ListLoadBalancers", stopped)).toEqual([
      "tcp/8000 ipv4 INSTANCE_NOT_RUNNING none load balancers of us-ashburn-1 internet",
    ]);
  });
});
