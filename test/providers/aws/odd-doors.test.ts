import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import { account, fn, ListFunctions, verdicts } from "./edge-words.ts";
import { judged, type Config } from "./variations.ts";

const accelerator = `arn:aws:globalaccelerator::${account}:accelerator/c1`;

/** Case aws-105 is a machine without a public address that an accelerator leads to; here another kind does. */
function customRouting(mapping: JsonObject, more: JsonObject = {}) {
  return (config: Config): void => {
    const Accelerators = [
      {
        AcceleratorArn: accelerator,
        Name: "game",
        Enabled: true,
        IpSets: [{ IpFamily: "IPv4", IpAddresses: ["192.0.2.210"] }],
        ...more,
      },
    ];
    const [own] = config.ec2.DescribeNetworkInterfaces.NetworkInterfaces;
    const whole = {
      AcceleratorPort: 10_001,
      EndpointId: own.SubnetId,
      DestinationSocketAddress: { IpAddress: own.PrivateIpAddress, Port: 8080 },
      Protocols: ["TCP"],
      DestinationTrafficState: "ALLOW",
      ...mapping,
    };
    config.globalaccelerator = {
      ListCustomRoutingAccelerators: { Accelerators },
      ListCustomRoutingPortMappings: { [accelerator]: { PortMappings: [whole] } },
    };
  };
}

describe("a custom routing accelerator", () => {
  test("leads each of its ports to one port of one address", () => {
    expect(judged("aws-105", customRouting({})).lines).toEqual([
      "i-mcp tcp/8080-8080 game:10001 internet ipv4",
    ]);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ["that is not allowed", { DestinationTrafficState: "DENY" }, {}],
    [
      "of an address that nothing has",
      { DestinationSocketAddress: { IpAddress: "10.0.9.9", Port: 8080 } },
      {},
    ],
    [
      "of a port that the group does not admit",
      { DestinationSocketAddress: { IpAddress: "10.0.2.10", Port: 9 } },
      {},
    ],
    ["of another protocol", { Protocols: ["UDP"] }, {}],
    ["without an address", { DestinationSocketAddress: { Port: 8080 } }, {}],
    ["of an accelerator that is off", {}, { Enabled: false }],
  ])("leads nowhere over a mapping %s", (_, mapping, more) => {
    expect(judged("aws-105", customRouting(mapping, more)).lines).toEqual([]);
  });

  test("finds the machine by its interface where the subnet was not read", () => {
    const gaps = [{ call: "ec2:DescribeSubnets" }];
    const { lines } = judged("aws-105", customRouting({}), gaps);
    expect(lines.map((line) => line.replace(/ unknown$/, ""))).toEqual([
      "i-mcp tcp/8080-8080 game:10001 internet ipv4",
    ]);
  });

  test.each(["ListCustomRoutingAccelerators", "ListCustomRoutingPortMappings"])(
    "without %s leaves a machine without a public address unknown",
    (action) => {
      const call = `globalaccelerator:${action}`;
      const { lines, exposures } = judged("aws-105", customRouting({}), [{ call }]);
      expect(lines).toEqual(["i-mcp tcp/8080-8080 globalaccelerator:8080 internet ipv4 unknown"]);
      expect(exposures[0]!.assumptions.join()).toContain(`${call} was not read`);
    },
  );
});

describe("an HTTP API that finds its backend in Cloud Map", () => {
  const found = (config: Config): void => {
    const [integration] = config.apigatewayv2.GetIntegrations.api1.Items;
    integration.IntegrationUri = `arn:aws:servicediscovery:us-east-1:${account}:service/srv-1`;
  };

  test("may lead to whatever runs in the VPC of its link, and says why nobody knows", () => {
    const { lines, exposures } = judged("aws-075", found);
    expect(lines).toEqual(["i-mcp tcp/443-443 mcp-api:443 internet ipv4 unknown"]);
    expect(exposures[0]!.assumptions.join()).toContain("Cloud Map is not asked");
  });

  test("leads nowhere in another VPC", () => {
    const elsewhere = (config: Config): void => {
      found(config);
      for (const link of config.apigatewayv2.GetVpcLinks.Items) link.SubnetIds = ["subnet-far"];
    };
    expect(judged("aws-075", elsewhere).lines).toEqual([]);
  });
});

describe("a domain name of an API", () => {
  const rule = (ApiId: string, Priority: number, Conditions: JsonObject[] = []) => ({
    RoutingRuleId: `r${Priority}`,
    Priority,
    Conditions,
    Actions: [{ InvokeApi: { ApiId, Stage: "$default" } }],
  });
  const header = [{ MatchHeaders: { AnyOf: [{ Header: "v", ValueGlob: "2" }] } }];

  function named(RoutingMode: string | undefined, rules: JsonObject[], mapped: boolean) {
    return {
      lambda: { ListFunctions },
      apigatewayv2: {
        GetApis: {
          Items: [
            {
              ApiId: "api1",
              Name: "api",
              ProtocolType: "HTTP",
              ApiEndpoint: "https://api1.execute-api.us-east-1.amazonaws.com",
              DisableExecuteApiEndpoint: true,
            },
          ],
        },
        GetRoutes: {
          api1: { Items: [{ RouteId: "r", RouteKey: "$default", Target: "integrations/i" }] },
        },
        GetIntegrations: {
          api1: {
            Items: [{ IntegrationId: "i", IntegrationType: "AWS_PROXY", IntegrationUri: fn }],
          },
        },
        GetStages: { api1: { Items: [{ StageName: "$default" }] } },
        GetDomainNames: {
          Items: [
            { DomainName: "mcp.example.com", ...(RoutingMode !== undefined && { RoutingMode }) },
          ],
        },
        GetApiMappings: { "mcp.example.com": { Items: mapped ? [{ ApiId: "api1" }] : [] } },
        ListRoutingRules: { "mcp.example.com": { RoutingRules: rules } },
      },
    };
  }

  const open = ["reachable api 443->443 ipv4 internet none"];
  const shut = ["FRONTEND_DISABLED api ipv4"];

  test.each<[string, string | undefined, JsonObject[], boolean, string[]]>([
    ["goes by its mappings", undefined, [], true, open],
    ["goes by its mappings alone when told so", "API_MAPPING_ONLY", [rule("api1", 1)], false, shut],
    ["goes by its rules alone when told so", "ROUTING_RULE_ONLY", [], true, shut],
    ["goes by a rule", "ROUTING_RULE_ONLY", [rule("api1", 1)], false, open],
    ["goes by a rule with conditions", "ROUTING_RULE_ONLY", [rule("api1", 1, header)], false, open],
    ["goes by its mappings after its rules", "ROUTING_RULE_THEN_API_MAPPING", [], true, open],
    [
      "goes by its mappings when a rule takes some requests only",
      "ROUTING_RULE_THEN_API_MAPPING",
      [rule("other", 1, header)],
      true,
      open,
    ],
    [
      "does not go by its mappings when a rule takes every request",
      "ROUTING_RULE_THEN_API_MAPPING",
      [rule("other", 1)],
      true,
      shut,
    ],
    [
      "does not go by a rule after one that takes every request",
      "ROUTING_RULE_ONLY",
      [rule("api1", 20), rule("other", 3)],
      false,
      shut,
    ],
    [
      "goes by the rule that takes every request",
      "ROUTING_RULE_ONLY",
      [rule("api1", 20), rule("other", 3, header)],
      false,
      open,
    ],
  ])("%s", (_, mode, rules, mapped, wanted) => {
    expect(verdicts(named(mode, rules, mapped))).toEqual(wanted);
  });
});
