import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import { account, both, fn, ListFunctions, shut, statement, url, verdicts } from "./edge-words.ts";
import { judged, type Config } from "./variations.ts";

function certainties(config: JsonObject, gaps: JsonObject[] = []): string[] {
  const { exposures } = reach(normalise(awsScenario({ config, gaps })));
  return exposures.map(({ verdict, certainty }) => `${verdict} ${certainty}`);
}

describe("a policy that is no document", () => {
  test.each(["NONE", "AWS_IAM"])("may close a function URL with %s or leave it open", (auth) => {
    const { lambda } = url([], auth);
    const config = { lambda: { ...lambda, GetPolicy: { "mcp-fn": { Policy: "{" } } } };
    expect(certainties(config)).toEqual(["reachable maybe"]);
  });

  test.each([
    ["{", "reachable maybe"],
    ["", "reachable certain"],
  ])("may close a REST API or leave it open: %j", (policy, wanted) => {
    const config = restApi({ policy });
    expect(certainties(config)).toEqual([wanted]);
  });
});

describe("a signed function URL whose policy denies everyone the newer permission", () => {
  const denied = [...both, { ...statement("InvokeFunction"), Effect: "Deny" }];

  test("is closed when it is new", () => {
    expect(verdicts(url(denied, "AWS_IAM"))).toEqual(shut);
  });

  test("may still answer when it is old", () => {
    expect(certainties(url(denied, "AWS_IAM", "2024-01-01T00:00:00Z"))).toEqual([
      "reachable maybe",
    ]);
  });
});

describe("an HTTP API that finds its backend in Cloud Map over a link", () => {
  const found = (config: Config): void => {
    const [integration] = config.apigatewayv2.GetIntegrations.api1.Items;
    integration.IntegrationUri = `arn:aws:servicediscovery:us-east-1:${account}:service/srv-1`;
  };
  const far = (config: Config): void => {
    found(config);
    for (const link of config.apigatewayv2.GetVpcLinks.Items) link.SubnetIds = ["subnet-far"];
  };
  const unlisted = (config: Config): void => {
    found(config);
    config.apigatewayv2.GetVpcLinks.Items = [];
  };
  const unknown = ["i-mcp tcp/443-443 mcp-api:443 internet ipv4 unknown"];

  test.each<[string, (config: Config) => void, string | undefined, string[]]>([
    ["that could not be listed", unlisted, "apigatewayv2:GetVpcLinks", unknown],
    ["that does not exist", unlisted, undefined, []],
    ["in a subnet that could not be read", far, "ec2:DescribeSubnets", unknown],
    ["in a subnet of another VPC", far, undefined, []],
  ])("%s", (_, change, call, wanted) => {
    const gaps = call === undefined ? [] : [{ call }];
    const { lines } = judged("aws-075", change, gaps);
    expect(lines.filter((line) => line.includes(" mcp-api:"))).toEqual(wanted);
  });
});

function restApi(api: JsonObject, more: JsonObject = {}): JsonObject {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${fn}/invocations`;
  const ANY = { authorizationType: "NONE", methodIntegration: { type: "AWS_PROXY", uri } };
  return {
    lambda: { ListFunctions },
    apigateway: {
      GetRestApis: {
        items: [{ id: "r1", name: "mcp", endpointConfiguration: { types: ["REGIONAL"] }, ...api }],
      },
      GetResources: { r1: { items: [{ path: "/{proxy+}", resourceMethods: { ANY } }] } },
      GetStages: { r1: { item: [{ stageName: "prod" }] } },
    },
    ...more,
  };
}

describe("a domain name whose rules come before its mappings", () => {
  const host = "mcp.example.com";
  const mode = "ROUTING_RULE_THEN_API_MAPPING";
  const named = (rules: JsonObject[], routingMode = mode): JsonObject => {
    const config = restApi(
      { disableExecuteApiEndpoint: true },
      {
        apigatewayv2: {
          GetDomainNames: { Items: [{ DomainName: host, RoutingMode: routingMode }] },
          GetApiMappings: { [host]: { Items: [{ ApiId: "r1" }] } },
          ListRoutingRules: { [host]: { RoutingRules: rules } },
        },
      },
    );
    const { apigateway } = config;
    const older = {
      GetDomainNames: { items: [{ domainName: host, routingMode }] },
      GetBasePathMappings: { [host]: { items: [{ restApiId: "r1" }] } },
    };
    return { ...config, apigateway: Object.assign({}, apigateway, older) };
  };
  const whole = { Priority: 1, Actions: [{ InvokeApi: { ApiId: "other" } }] };
  const gaps = [{ call: "apigatewayv2:ListRoutingRules" }];

  test("leads to the mapped API where no rule takes the request", () => {
    expect(certainties(named([]))).toEqual(["reachable certain"]);
  });

  test("leads to no mapped API where a rule takes every request, whatever the older API lists", () => {
    expect(verdicts(named([whole]))).toEqual(["FRONTEND_DISABLED mcp ipv4"]);
  });

  test("may lead elsewhere where its rules were not read", () => {
    expect(certainties(named([]), gaps)).toEqual(["reachable maybe"]);
  });

  test("does not depend on rules that it does not go by", () => {
    expect(certainties(named([], "API_MAPPING_ONLY"), gaps)).toEqual(["reachable certain"]);
  });
});
