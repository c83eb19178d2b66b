import { idsOf, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/** The most that both generations give in a page. */
const pageSize = 400;

const perBalancer: CallRow["params"] = (recorded) =>
  idsOf(recorded, "elbv2:DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn");

const perTargetGroup: CallRow["params"] = (recorded) =>
  idsOf(recorded, "elbv2:DescribeTargetGroups", "TargetGroups", "TargetGroupArn");

/**
 * HTTP listeners have rules, and those of balancers of both families, which may tell them apart.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
const perRuledListener: CallRow["params"] = (recorded) => {
  const both = new Set(
    itemsOf(recorded, "elbv2:DescribeLoadBalancers", "LoadBalancers")
      .filter(({ IpAddressType }) => IpAddressType === "dualstack")
      .map(({ LoadBalancerArn }) => LoadBalancerArn),
  );
  return idsOf(
    recorded,
    "elbv2:DescribeListeners",
    "Listeners",
    "ListenerArn",
    "ListenerArn",
    ({ Protocol, LoadBalancerArn }) =>
      Protocol === "HTTP" || Protocol === "HTTPS" || both.has(LoadBalancerArn),
  );
};

const perClassic: CallRow["params"] = (recorded) =>
  idsOf(recorded, "elb:DescribeLoadBalancers", "LoadBalancerDescriptions", "LoadBalancerName");

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
 * https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_Operations.html
 */
export const balancerCalls: Readonly<Record<"elbv2" | "elb", readonly CallRow[]>> = {
  elbv2: [
    { action: "DescribeLoadBalancers", affects: ["balancers"], pageSize },
    { action: "DescribeLoadBalancerAttributes", affects: ["balancers"], params: perBalancer },
    { action: "DescribeListeners", affects: ["listeners"], pageSize, params: perBalancer },
    { action: "DescribeRules", affects: ["listeners"], pageSize, params: perRuledListener },
    { action: "DescribeTargetGroups", affects: ["targets"], pageSize },
    { action: "DescribeTargetGroupAttributes", affects: ["targets"], params: perTargetGroup },
    {
      action: "DescribeTargetHealth",
      affects: ["targets", "target-health"],
      params: perTargetGroup,
    },
  ],
  elb: [
    { action: "DescribeLoadBalancers", affects: ["balancers", "listeners", "targets"], pageSize },
    { action: "DescribeInstanceHealth", affects: ["target-health"], params: perClassic },
  ],
};
