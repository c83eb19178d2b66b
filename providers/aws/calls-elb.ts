import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import type { CallRow } from "./calls-row.ts";

/** The most that both generations give in a page. */
const pageSize = 400;

const perBalancer: CallRow["params"] = (recorded) =>
  idsOf(recorded, "elbv2:DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn");

const perTargetGroup: CallRow["params"] = (recorded) =>
  idsOf(recorded, "elbv2:DescribeTargetGroups", "TargetGroups", "TargetGroupArn");

/** Only HTTP listeners have rules; the others have default actions alone. */
const perHttpListener: CallRow["params"] = (recorded) =>
  idsOf(
    recorded,
    "elbv2:DescribeListeners",
    "Listeners",
    "ListenerArn",
    ({ Protocol }) => Protocol === "HTTP" || Protocol === "HTTPS",
  );

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
    { action: "DescribeRules", affects: ["listeners"], pageSize, params: perHttpListener },
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

/** One request for each item of a recorded list, named by its id. */
function idsOf(
  recorded: Recorded,
  call: string,
  list: string,
  id: string,
  keep: (item: JsonObject) => boolean = () => true,
): readonly JsonObject[] {
  const items = recorded.bodies(call).flatMap((body) => listOf(body, list));
  return items.filter(keep).flatMap((item) => {
    const value = item[id];
    return typeof value === "string" ? [{ [id]: value }] : [];
  });
}

function listOf(body: Json, name: string): readonly JsonObject[] {
  const list = isObject(body) ? body[name] : undefined;
  const items: readonly Json[] = Array.isArray(list) ? list : [];
  return items.filter(isObject);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
