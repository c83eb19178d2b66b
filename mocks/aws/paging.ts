import type { Json, JsonObject } from "../../src/model/json.ts";
import type { AwsRequest } from "./faults.ts";
import type { Service, Shape } from "./schema.ts";

const upper = { token: "NextToken", size: "MaxResults", next: "NextToken" } as const;
const lower = { token: "nextToken", size: "maxResults", next: "nextToken" } as const;

/** Names of the continuation in request and answer, and of the page size. */
const names: Readonly<Record<Service, { token: string; size: string; next: string }>> = {
  ec2: upper,
  elbv2: { token: "Marker", size: "PageSize", next: "NextMarker" },
  elb: { token: "Marker", size: "PageSize", next: "NextMarker" },
  iam: { token: "Marker", size: "MaxItems", next: "Marker" },
  sts: upper,
  ecs: lower,
  eks: lower,
  lambda: { token: "Marker", size: "MaxItems", next: "NextMarker" },
  apigateway: { token: "position", size: "limit", next: "position" },
  apigatewayv2: upper,
  cloudfront: { token: "Marker", size: "MaxItems", next: "NextMarker" },
  globalaccelerator: upper,
  apprunner: upper,
  "network-firewall": upper,
  organizations: upper,
  cloudtrail: upper,
  guardduty: lower,
  route53: { token: "Marker", size: "MaxItems", next: "NextMarker" },
  acm: { token: "NextToken", size: "MaxItems", next: "NextToken" },
  "bedrock-agentcore": lower,
};

/** Least and most items a caller may ask for; outside of it the API refuses. */
const limits: Readonly<Record<string, readonly [number, number]>> = {
  ec2: [5, 1000],
  elbv2: [1, 400],
  elb: [1, 400],
  iam: [1, 1000],
  sts: [1, 1000],
  ecs: [1, 100],
  eks: [1, 100],
  lambda: [1, 10_000],
  "lambda:ListFunctionUrlConfigs": [1, 50],
  guardduty: [1, 50],
  apigateway: [1, 500],
  apigatewayv2: [1, 500],
  cloudfront: [1, 100],
  globalaccelerator: [1, 100],
  "globalaccelerator:ListCustomRoutingPortMappings": [1, 20_000],
  apprunner: [1, 20],
  "network-firewall": [1, 100],
  organizations: [1, 20],
  route53: [1, 300],
  acm: [1, 1000],
  "bedrock-agentcore": [1, 100],
  "ec2:DescribeRouteTables": [5, 100],
  "ec2:DescribeManagedPrefixLists": [1, 100],
  "ec2:GetManagedPrefixListEntries": [1, 100],
  "ec2:DescribeEgressOnlyInternetGateways": [5, 255],
};

export type Paged =
  | { readonly kind: "page"; readonly body: JsonObject; readonly offset: number }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

/** One page of an answer: the items of all its top-level lists, one after the other, cut at `size`. */
export function pageOf(
  request: AwsRequest,
  input: Shape,
  whole: JsonObject,
  size: number | undefined,
): Paged {
  const { token, size: sizeName, next } = names[request.service];
  if (!hasMember(input, token)) return { kind: "page", body: whole, offset: 0 };
  const asked = request.params[sizeName];
  if (asked !== undefined && !withinLimits(request, Number(asked))) {
    return {
      kind: "refused",
      code: "InvalidParameterValue",
      message: `${sizeName} ${asked} is out of range`,
    };
  }
  const offset = offsetOf(request.params[token]);
  if (offset === undefined) {
    return { kind: "refused", code: "InvalidNextToken", message: "The token is not valid" };
  }
  const end = offset + Math.min(size ?? Infinity, Number(asked ?? Infinity));
  const { body, total } = slice(whole, offset, end);
  const more = end < total;
  return {
    kind: "page",
    offset,
    body: {
      ...body,
      ...(more && { [next]: Buffer.from(`offset:${end}`).toString("base64url") }),
      ...(request.service === "iam" && more && { IsTruncated: true }),
    },
  };
}

function slice(whole: JsonObject, from: number, to: number): { body: JsonObject; total: number } {
  let seen = 0;
  const body = Object.entries(whole).map(([name, value]): [string, Json | undefined] => {
    if (!Array.isArray(value)) return [name, value];
    const list: readonly Json[] = value;
    const part = list.slice(Math.max(0, from - seen), Math.max(0, to - seen));
    seen += list.length;
    return [name, part];
  });
  return { body: Object.fromEntries(body), total: seen };
}

function offsetOf(token: string | undefined): number | undefined {
  if (token === undefined) return 0;
  const offset = /^offset:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  return offset === undefined ? undefined : Number(offset);
}

function withinLimits({ service, action }: AwsRequest, asked: number): boolean {
  const [least, most] = limits[`${service}:${action}`] ?? limits[service] ?? [1, 1000];
  return Number.isInteger(asked) && asked >= least && asked <= most;
}

function hasMember(shape: Shape, name: string): boolean {
  return shape.kind === "struct" && shape.members.some((member) => member.name === name);
}
