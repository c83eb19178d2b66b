import type { Json } from "../../src/model/json.ts";
import type { Call, PageRequest, RawPage, Recorded } from "../call.ts";
import { agentCalls } from "./calls-agents.ts";
import { balancerCalls } from "./calls-elb.ts";
import { containerCalls } from "./calls-containers.ts";
import { clusterCalls } from "./calls-eks.ts";
import { computeCalls } from "./calls-ec2.ts";
import { acceleratorCalls, distributionCalls, firewallCalls } from "./calls-edge.ts";
import { identityCalls } from "./calls-iam.ts";
import { certificateCalls, zoneCalls } from "./calls-dns.ts";
import { loggingCalls } from "./calls-logging.ts";
import { climbing, organizationCalls } from "./calls-organizations.ts";
import type { CallRow } from "./calls-row.ts";
import { appRunnerCalls, functionCalls, httpApiCalls, restApiCalls } from "./calls-serverless.ts";
import { codeOf } from "./errors.ts";
import type { buckets } from "./limits.ts";
import type { AwsClients, AwsOutput, AwsService } from "./connect.ts";

interface ServiceFacts {
  readonly where: "scope" | "region";
  readonly family: keyof typeof buckets;
  /** Prefix in the policy language. */
  readonly prefix: string;
  /** Names of the continuation and the page size in the request, and of the continuation in the answer. */
  readonly token: string;
  readonly size: string;
  readonly next: string;
}

const elb = {
  where: "region",
  family: "elb",
  prefix: "elasticloadbalancing",
  token: "Marker",
  size: "PageSize",
  next: "NextMarker",
} as const;

const ec2 = {
  where: "region",
  family: "ec2",
  prefix: "ec2",
  token: "NextToken",
  size: "MaxResults",
  next: "NextToken",
} as const;

const iam = { token: "Marker", size: "MaxItems", next: "Marker" } as const;

const upper = { token: "NextToken", size: "MaxResults", next: "NextToken" } as const;
const lower = { token: "nextToken", size: "maxResults", next: "nextToken" } as const;
const regional = { where: "region", family: "edge" } as const;
const global = { where: "scope", family: "edge" } as const;

const facts: Readonly<Record<AwsService, ServiceFacts>> = {
  ec2,
  elbv2: elb,
  elb,
  iam: { ...iam, where: "scope", family: "iam", prefix: "iam" },
  sts: { ...iam, where: "scope", family: "sts", prefix: "sts" },
  ecs: { ...lower, where: "region", family: "containers", prefix: "ecs" },
  eks: { ...lower, where: "region", family: "containers", prefix: "eks" },
  lambda: { ...regional, prefix: "lambda", token: "Marker", size: "MaxItems", next: "NextMarker" },
  apigateway: {
    ...regional,
    prefix: "apigateway",
    token: "position",
    size: "limit",
    next: "position",
  },
  apigatewayv2: { ...regional, ...upper, prefix: "apigateway" },
  cloudfront: {
    ...global,
    prefix: "cloudfront",
    token: "Marker",
    size: "MaxItems",
    next: "NextMarker",
  },
  globalaccelerator: { ...global, ...upper, prefix: "globalaccelerator" },
  apprunner: { ...regional, ...upper, prefix: "apprunner" },
  "network-firewall": { ...upper, where: "region", family: "ec2", prefix: "network-firewall" },
  organizations: { ...upper, where: "scope", family: "organizations", prefix: "organizations" },
  cloudtrail: { ...upper, ...regional, prefix: "cloudtrail" },
  guardduty: { ...regional, ...upper, prefix: "guardduty" },
  route53: { ...global, prefix: "route53", token: "Marker", size: "MaxItems", next: "NextMarker" },
  "bedrock-agentcore": { ...regional, ...lower, prefix: "bedrock-agentcore" },
  acm: { ...regional, prefix: "acm", token: "NextToken", size: "MaxItems", next: "NextToken" },
};

/**
 * Every call of an audit, in the order they are made in a region: interfaces first, because without one nothing else is
 * asked but the front doors that need none.
 */
export const calls: readonly Call<AwsClients>[] = [
  callOf("sts", { action: "GetCallerIdentity", affects: [] }),
  {
    ...callOf("ec2", { action: "DescribeRegions", affects: ["regions"], always: true }),
    where: "scope",
  },
  ...identityCalls.map((row) => callOf("iam", row)),
  ...organizationCalls.map((row) => climbing(callOf("organizations", row))),
  ...distributionCalls.map((row) => callOf("cloudfront", row)),
  ...acceleratorCalls.map((row) => callOf("globalaccelerator", row)),
  ...zoneCalls.map((row) => callOf("route53", row)),
  ...computeCalls.map((row) => callOf("ec2", row)),
  ...balancerCalls.elbv2.map((row) => callOf("elbv2", row)),
  ...balancerCalls.elb.map((row) => callOf("elb", row)),
  ...certificateCalls.map((row) => callOf("acm", row)),
  ...firewallCalls.map((row) => callOf("network-firewall", row)),
  ...containerCalls.map((row) => callOf("ecs", row)),
  ...clusterCalls.map((row) => callOf("eks", row)),
  ...functionCalls.map((row) => callOf("lambda", row)),
  ...appRunnerCalls.map((row) => callOf("apprunner", row)),
  ...restApiCalls.map((row) => callOf("apigateway", row)),
  ...httpApiCalls.map((row) => callOf("apigatewayv2", row)),
  ...agentCalls.map((row) => callOf("bedrock-agentcore", row)),
  ...loggingCalls.map(({ service, ...row }) => callOf(service, row)),
];

function callOf(service: AwsService, row: CallRow): Call<AwsClients> {
  const { action, affects, per, params, detail, always, skip } = row;
  const { where, family, prefix } = facts[service];
  return {
    operation: `${service}:${action}`,
    // API Gateway's older permissions are HTTP methods.
    permissions: [
      prefix === "apigateway" && action.startsWith("Get")
        ? "apigateway:GET"
        : `${prefix}:${action}`,
    ],
    where,
    family,
    affects,
    ...(per && { per }),
    ...(params && { params }),
    ...(detail && { detail }),
    ...(skip && { skip }),
    ...(where === "region" &&
      !always && { skip: (recorded) => withoutInterfaces(recorded) ?? skip?.(recorded) }),
    fetch: (clients, request) => fetchPage(clients, service, row, request),
  };
}

async function fetchPage(
  clients: AwsClients,
  service: AwsService,
  { action, pageSize, pages, absent = [] }: CallRow,
  { region, params, token, signal }: PageRequest,
): Promise<RawPage> {
  const names = { ...facts[service], ...pages };
  const input = {
    ...params,
    ...(pageSize !== undefined && { [names.size]: pageSize }),
    ...(token !== undefined && { [names.token]: token }),
  };
  try {
    const output = await clients.send({ service, action, region, input, signal });
    return pageOf(output, names.next);
  } catch (error) {
    if (!isNothing(error, service, absent)) throw error;
    return { body: {} };
  }
}

function pageOf(output: AwsOutput, name: string): RawPage {
  const { $metadata, [name]: next, ...body } = output;
  const token = next ?? nested(body, name);
  return {
    body,
    ...($metadata.requestId !== undefined && { requestId: $metadata.requestId }),
    ...(typeof token === "string" && token !== "" && { next: token }),
  };
}

/** CloudFront wraps a list and its continuation in one member. */
function nested(body: object, name: string): unknown {
  const [only, other]: unknown[] = Object.values(body);
  return typeof only === "object" && only && other === undefined
    ? Reflect.get(only, name)
    : undefined;
}

/** What does not exist is an answer. App Runner has no host name in regions that do not have it. */
function isNothing(error: unknown, service: AwsService, absent: readonly string[]): boolean {
  const name = error instanceof Error ? error.name : "";
  return absent.includes(name) || (service === "apprunner" && codeOf(error) === "ENOTFOUND");
}

/** Unread is not empty: only a list that was read and has nothing in it lets the rest be skipped. */
function withoutInterfaces(recorded: Recorded): string | undefined {
  const pages = recorded.bodies("ec2:DescribeNetworkInterfaces");
  const empty = pages.length > 0 && pages.every((page) => !hasInterface(page));
  return empty ? "the region has no network interface" : undefined;
}

function hasInterface(page: Json): boolean {
  return JSON.stringify(page).includes('"NetworkInterfaceId"');
}
