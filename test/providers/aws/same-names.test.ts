import { expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Page, Snapshot } from "../../../src/model/snapshot.ts";
import { reach } from "../../../src/reach/reach.ts";
import { both, fn, statement, url, verdicts } from "./edge-words.ts";

const region = "us-east-1";
const other = "eu-west-1";

/** What one region holds, and another beside it, where ids name the region they are in. */
function twoRegions(here: JsonObject, there: JsonObject): Snapshot {
  const first = awsScenario({ config: here });
  const second = awsScenario({ config: there }).pages.map((page): Page =>
    JSON.parse(JSON.stringify(page).replaceAll(region, other)),
  );
  return { ...first, pages: [...first.pages, ...second] };
}

test("a function has the URL and the policy of its own region, whatever another of its name has", () => {
  const found = reach(normalise(twoRegions(url(both), url(undefined, "AWS_IAM"))));
  expect(new Map(found.exposures.map(({ workload, authGate }) => [workload.id, authGate]))).toEqual(
    new Map([
      [fn, "none"],
      [fn.replace(region, other), "iam"],
    ]),
  );
});

test("a domain name goes by the mappings of its own region", () => {
  const api = (ApiId: string, RoutingMode: string): JsonObject => ({
    lambda: { ListFunctions: { Functions: [{ FunctionName: "mcp-fn", FunctionArn: fn }] } },
    apigatewayv2: {
      GetApis: {
        Items: [
          {
            ApiId,
            Name: ApiId,
            ProtocolType: "HTTP",
            ApiEndpoint: `https://${ApiId}.execute-api.${region}.amazonaws.com`,
            DisableExecuteApiEndpoint: true,
          },
        ],
      },
      GetRoutes: {
        [ApiId]: { Items: [{ RouteId: "r", RouteKey: "$default", Target: "integrations/i" }] },
      },
      GetIntegrations: {
        [ApiId]: {
          Items: [{ IntegrationId: "i", IntegrationType: "AWS_PROXY", IntegrationUri: fn }],
        },
      },
      GetStages: { [ApiId]: { Items: [{ StageName: "$default" }] } },
      GetDomainNames: { Items: [{ DomainName: "mcp.example.com", RoutingMode }] },
      GetApiMappings: { "mcp.example.com": { Items: [{ ApiId }] } },
      ListRoutingRules: { "mcp.example.com": { RoutingRules: [] } },
    },
  });
  const estate = twoRegions(api("api1", "ROUTING_RULE_ONLY"), api("api2", "API_MAPPING_ONLY"));
  const { exposures } = reach(normalise(estate));
  expect(exposures.map(({ via }) => via)).toEqual(["api2"]);
});

test("a signed function URL is closed by a policy whose one statement is no list", () => {
  const deny = { ...statement("*"), Effect: "Deny" };
  const config = url([], "AWS_IAM");
  const GetPolicy = { "mcp-fn": { Policy: JSON.stringify({ Statement: deny }) } };
  expect(verdicts({ lambda: { ...config.lambda, GetPolicy } })).toEqual(
    verdicts(url([deny], "AWS_IAM")),
  );
});
