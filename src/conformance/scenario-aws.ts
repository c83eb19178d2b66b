import type { Json, JsonObject } from "../model/json.ts";
import type { Gap, Snapshot } from "../model/snapshot.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
import { scenarioPage, type ScenarioAnswer } from "./scenario-page.ts";

/** Calls that a scenario gives per resource, with the parameter that names it. */
const keyed: Readonly<Record<string, string>> = {
  "ec2:GetManagedPrefixListEntries": "PrefixListId",
  "elbv2:DescribeListeners": "LoadBalancerArn",
  "elbv2:DescribeLoadBalancerAttributes": "LoadBalancerArn",
  "elbv2:DescribeRules": "ListenerArn",
  "elbv2:DescribeTargetGroupAttributes": "TargetGroupArn",
  "elbv2:DescribeTargetHealth": "TargetGroupArn",
  "elb:DescribeInstanceHealth": "LoadBalancerName",
  "ecs:ListTasks": "cluster",
  "ecs:DescribeTasks": "cluster",
  "ecs:ListContainerInstances": "cluster",
  "ecs:DescribeContainerInstances": "cluster",
  "ecs:DescribeTaskDefinition": "taskDefinition",
  "eks:DescribeCluster": "name",
  "lambda:GetFunctionUrlConfig": "FunctionName",
  "lambda:GetPolicy": "FunctionName",
  "network-firewall:DescribeFirewall": "FirewallArn",
  "network-firewall:DescribeFirewallPolicy": "FirewallPolicyArn",
  "globalaccelerator:ListListeners": "AcceleratorArn",
  "globalaccelerator:ListEndpointGroups": "ListenerArn",
  "globalaccelerator:ListCustomRoutingPortMappings": "AcceleratorArn",
  "cloudfront:GetVpcOrigin": "Id",
  "apigatewayv2:GetRoutes": "ApiId",
  "apigatewayv2:GetIntegrations": "ApiId",
  "apigatewayv2:GetAuthorizers": "ApiId",
  "apigatewayv2:GetStages": "ApiId",
  "apigatewayv2:GetApiMappings": "DomainName",
  "apigatewayv2:ListRoutingRules": "DomainName",
  "apigateway:GetResources": "restApiId",
  "apigateway:GetAuthorizers": "restApiId",
  "apigateway:GetStages": "restApiId",
  "apigateway:GetBasePathMappings": "domainName",
  "apprunner:DescribeService": "ServiceArn",
  "bedrock-agentcore:GetGateway": "gatewayIdentifier",
  "bedrock-agentcore:ListGatewayTargets": "gatewayIdentifier",
  "bedrock-agentcore:GetGatewayTarget": "targetId",
  "bedrock-agentcore:GetAgentRuntime": "agentRuntimeId",
  "bedrock-agentcore:GetResourcePolicy": "resourceArn",
};

const defaultRegion = "us-east-1";
const account = "111122223333";

/** The pages that a collection of the scenario's world would have recorded. */
export function awsScenario(scenario: JsonObject): Snapshot {
  const config = objectOf(scenario["config"]);
  const region = regionOf(config);
  const told = [...listOf(scenario["gaps"]), ...listOf(config["gaps"])].flatMap((entry) =>
    toldGap(entry, region),
  );
  const answers = Object.entries(config).flatMap(([service, commands]) =>
    Object.entries(objectOf(commands)).flatMap(([command, output]) =>
      answersOf(`${service}:${command}`, output ?? null),
    ),
  );
  const failed = answers.flatMap(({ call, params, body }) => errorGap(call, params, body, region));
  const gaps = [...told, ...failed];
  const pages = answers
    .filter(({ body, call, params }) => errorOf(body) === undefined && !hidden(told, call, params))
    .map((answer) => scenarioPage(answer, region));
  return {
    provider: "aws",
    scope: { provider: "aws", id: account, regions: [region] },
    pages,
    gaps,
  };
}

function answersOf(call: string, output: Json): ScenarioAnswer[] {
  const kept = batfish[call];
  if (kept) return batfishAnswers(kept, output);
  const param = keyed[call];
  if (param === undefined || errorOf(output) !== undefined)
    return [{ call, params: {}, body: output }];
  return Object.entries(objectOf(output)).map(([id, body]) => ({
    call,
    params: { [param]: id },
    body: body ?? null,
  }));
}

/** The file layout of Batfish snapshots: answers of one call gathered in a list of that name. */
const batfish: Readonly<Record<string, { readonly call: string; readonly list?: string }>> = {
  "elbv2_batfish:LoadBalancers": { call: "elbv2:DescribeLoadBalancers" },
  "elbv2_batfish:TargetGroups": { call: "elbv2:DescribeTargetGroups" },
  "elbv2_batfish:LoadBalancerListeners": {
    call: "elbv2:DescribeListeners",
    list: "LoadBalancerListeners",
  },
  "elbv2_batfish:LoadBalancerAttributes": {
    call: "elbv2:DescribeLoadBalancerAttributes",
    list: "LoadBalancerAttributes",
  },
  "elbv2_batfish:LoadBalancerTargetHealth": {
    call: "elbv2:DescribeTargetHealth",
    list: "LoadBalancerTargetHealth",
  },
};

function batfishAnswers(
  { call, list }: { call: string; list?: string },
  output: Json,
): ScenarioAnswer[] {
  const param = keyed[call];
  if (list === undefined || param === undefined) return [{ call, params: {}, body: output }];
  return listOf(objectOf(output)[list]).map((body) => ({
    call,
    params: { [param]: textOf(objectOf(body)[param]) ?? "" },
    body,
  }));
}

function errorOf(body: Json): string | undefined {
  return textOf(objectOf(body)["$error"]);
}

/** What does not exist is an answer; anything else that fails is a gap. */
function errorGap(call: string, params: JsonObject, body: Json, region: string): Gap[] {
  const error = errorOf(body);
  if (error === undefined || /NotFound|NoSuch/.test(error)) return [];
  const reason = /Throttl|TooMany|RequestLimit/.test(error) ? "throttled" : "denied";
  return [gap(call, params, region, reason, error)];
}

function toldGap(entry: Json, region: string): Gap[] {
  const call = textOf(entry) ?? textOf(objectOf(entry)["call"]);
  if (call === undefined) return [];
  const own = objectOf(entry);
  const said = textOf(own["reason"]);
  const reason = reasons.find((word) => word === said) ?? "denied";
  return [
    gap(
      call,
      objectOf(own["params"]),
      textOf(own["region"]) ?? region,
      reason,
      textOf(own["detail"]) ?? reason,
    ),
  ];
}

const reasons = ["denied", "throttled", "unavailable", "timeout", "unsupported"] as const;

function gap(
  call: string,
  params: JsonObject,
  region: string,
  reason: Gap["reason"],
  detail: string,
): Gap {
  const about = Object.keys(params).length > 0 ? { params } : {};
  return { call, scope: account, region, ...about, reason, detail, affects: [] };
}

function hidden(gaps: readonly Gap[], call: string, params: JsonObject): boolean {
  return gaps.some(
    (each) =>
      each.call === call &&
      Object.entries(each.params ?? {}).every(([key, value]) => params[key] === value),
  );
}

/** Scenarios are of one region; their zones tell which. */
function regionOf(config: JsonObject): string {
  const subnets = listOf(objectOf(objectOf(config["ec2"])["DescribeSubnets"])["Subnets"]);
  const zone = subnets
    .map((subnet) => textOf(objectOf(subnet)["AvailabilityZone"]))
    .find((text) => text !== undefined);
  return /^[a-z]+(?:-[a-z]+)+-\d+/.exec(zone ?? "")?.[0] ?? defaultRegion;
}
