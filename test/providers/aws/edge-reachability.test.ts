import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import {
  account,
  fn,
  ListFunctions,
  verdicts,
  statement,
  both,
  office,
  url,
  open,
  shut,
} from "./edge-words.ts";

describe("a function URL", () => {
  test.each<[string, JsonObject, string[]]>([
    ["answers everyone with both permissions", url(both), [`${open} none`]],
    ["is closed without a policy", url(undefined), shut],
    ["is closed when it is new and has the older permission alone", url(both.slice(0, 1)), shut],
    [
      "may still answer when it is old and has the older permission alone",
      url(both.slice(0, 1), "NONE", "2024-01-01T00:00:00Z"),
      [`${open} none`],
    ],
    ["asks for a signature with IAM", url(undefined, "AWS_IAM"), [`${open} iam`]],
    [
      "is closed to the public when only an account is named",
      url([statement("*", { Principal: { AWS: `arn:aws:iam::${account}:root` } })]),
      shut,
    ],
    [
      "is closed when a key that only members of an organisation have is asked for",
      url(
        both.map((each) => ({
          ...each,
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        })),
      ),
      shut,
    ],
    [
      "answers the clients that its policy names",
      url([statement("*", { Condition: office })]),
      [
        "reachable lambda-url 443->443 ipv4 203.0.113.0/24 none",
        "RESOURCE_POLICY_NOT_PUBLIC lambda-url ipv6",
      ],
    ],
    [
      "is closed by a deny for everyone",
      url([...both, { ...statement("InvokeFunctionUrl"), Effect: "Deny" }]),
      shut,
    ],
  ])("%s", (_, config, expected) => {
    expect(verdicts(config)).toEqual(expected);
  });

  test("is taken to be public, and says so, when its policy may not be read", () => {
    const { lambda } = url(both);
    const denied = { ...lambda, GetPolicy: { "mcp-fn": { $error: "AccessDeniedException" } } };
    const { exposures } = reach(normalise(awsScenario({ config: { lambda: denied } })));
    expect(exposures).toMatchObject([{ verdict: "reachable", certainty: "maybe" }]);
    expect(exposures[0]?.assumptions.join()).toContain("lambda:GetPolicy was not read");
  });

  test("is unknown when nobody may say whether there is one", () => {
    const lambda = {
      ListFunctions,
      GetFunctionUrlConfig: { "mcp-fn": { $error: "AccessDeniedException" } },
    };
    expect(verdicts({ lambda })).toEqual(["unknown lambda-url 443->443 ipv4+ipv6 internet none"]);
  });
});

describe("App Runner", () => {
  const service = (IsPubliclyAccessible: boolean, Status = "RUNNING"): JsonObject => ({
    apprunner: {
      DescribeService: {
        s1: {
          Service: {
            ServiceArn: "s1",
            ServiceName: "mcp",
            ServiceUrl: "x.us-east-1.awsapprunner.com",
            Status,
            NetworkConfiguration: { IngressConfiguration: { IsPubliclyAccessible } },
            SourceConfiguration: { ImageRepository: { ImageConfiguration: { Port: "3000" } } },
          },
        },
      },
    },
  });
  test.each<[string, JsonObject, string[]]>([
    [
      "leads to the port of the image",
      service(true),
      ["reachable apprunner 443->3000 ipv4 internet none"],
    ],
    [
      "with private ingress is inside only",
      service(false),
      ["INGRESS_SETTING_INTERNAL apprunner ipv4"],
    ],
  ])("%s", (_, config, expected) => {
    expect(verdicts(config)).toEqual(expected);
  });
});

describe("a REST API", () => {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${fn}/invocations`;
  const rest = (
    api: JsonObject,
    authorizationType = "NONE",
    more: JsonObject = {},
  ): JsonObject => ({
    lambda: { ListFunctions },
    apigateway: {
      GetRestApis: {
        items: [{ id: "r1", name: "mcp", endpointConfiguration: { types: ["REGIONAL"] }, ...api }],
      },
      GetResources: {
        r1: {
          items: [
            {
              path: "/{proxy+}",
              resourceMethods: {
                ANY: { authorizationType, methodIntegration: { type: "AWS_PROXY", uri } },
              },
            },
          ],
        },
      },
      GetStages: { r1: { item: [{ stageName: "prod" }] } },
      ...more,
    },
  });
  const policy = (body: JsonObject): JsonObject => ({
    policy: JSON.stringify({
      Statement: [{ Principal: "*", Action: "execute-api:Invoke", ...body }],
    })
      .replaceAll('"', '\\"')
      .replaceAll("/", "\\/"),
  });
  const Resource = "execute-api:/*";
  const reachable = "reachable mcp 443->443 ipv4 internet";
  test.each<[string, JsonObject, string[]]>([
    ["without an authorizer is open", rest({}), [`${reachable} none`]],
    ["with IAM asks for a signature", rest({}, "AWS_IAM"), [`${reachable} iam`]],
    ["with a user pool asks for a token", rest({}, "COGNITO_USER_POOLS"), [`${reachable} jwt`]],
    [
      "of private type is inside only",
      rest({ endpointConfiguration: { types: ["PRIVATE"] } }),
      ["INGRESS_SETTING_INTERNAL mcp ipv4"],
    ],
    [
      "without its default endpoint is off",
      rest({ disableExecuteApiEndpoint: true }),
      ["FRONTEND_DISABLED mcp ipv4"],
    ],
    [
      "without a stage is off",
      rest({}, "NONE", { GetStages: { r1: { item: [] } } }),
      ["FRONTEND_DISABLED mcp ipv4"],
    ],
    [
      "answers the clients that its escaped policy names",
      rest(policy({ Effect: "Allow", Resource, Condition: office })),
      ["reachable mcp 443->443 ipv4 203.0.113.0/24 none"],
    ],
    [
      "is closed when its policy asks for an endpoint of a VPC",
      rest(
        policy({
          Effect: "Allow",
          Resource,
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        }),
      ),
      ["RESOURCE_POLICY_NOT_PUBLIC mcp ipv4"],
    ],
    [
      "is closed when its policy is for one stage that has another name",
      rest(policy({ Effect: "Allow", Resource: "execute-api:/beta/*" })),
      ["RESOURCE_POLICY_NOT_PUBLIC mcp ipv4"],
    ],
    [
      "is unknown when its methods may not be read",
      rest({}, "NONE", { GetResources: { r1: { $error: "AccessDeniedException" } } }),
      [`unknown mcp 443->443 ipv4 internet none`],
    ],
  ])("%s", (_, config, expected) => {
    expect(verdicts(config)).toEqual(expected);
  });

  test.each<[string, JsonObject[], boolean]>([
    ["before each of its stages", [{ stageName: "prod", webAclArn: "acl" }], true],
    [
      "before some of its stages",
      [{ stageName: "prod", webAclArn: "acl" }, { stageName: "beta" }],
      false,
    ],
    ["before none", [{ stageName: "prod", webAclArn: "" }], false],
  ])("with a web ACL %s", (_, item, told) => {
    const config = rest({}, "NONE", { GetStages: { r1: { item } } });
    const [exposure] = reach(normalise(awsScenario({ config }))).exposures;
    expect(exposure?.assumptions).toEqual(
      told ? ["the web ACL of r1 is not evaluated: it is taken to let requests pass"] : [],
    );
  });
});
