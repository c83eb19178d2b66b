import { describe, expect, test } from "vitest";
import { portsOf } from "../../../providers/aws/accelerators.ts";
import { interfaces } from "../../../providers/aws/interfaces.ts";
import { takesAll } from "../../../providers/aws/reached-rules.ts";
import { failsOpen, type TargetGroup } from "../../../providers/aws/target-groups.ts";
import type { Node } from "../../../providers/reader.ts";
import { awsScenario } from "../../../src/conformance/scenario-aws.ts";
import { scenarioPage } from "../../../src/conformance/scenario-page.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const page = scenarioPage({ call: "test:Test", params: {}, body: {} }, "us-east-1");
const nodeOf = (value: JsonObject): Node => ({ value, page, pointer: "" });

test.each([
  ["/mcp*", "/mcp", true],
  ["/mcp*", "/mcp/*", true],
  ["/mcp/*", "/mcp", false],
  ["/mcp/*", "/mcp*", false],
  ["*", "/a?b*", true],
  ["/a?", "/ab", true],
  ["/a?", "/a?", true],
  ["/a?", "/a*", false],
  ["/a.c", "/abc", false],
  ["/a", "/ab", false],
])("the pattern %s takes all that fits %s: %s", (wider, narrower, all) => {
  expect(takesAll(wider, narrower)).toBe(all);
});

describe("unhealthy targets are served", () => {
  const least = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";
  const group = (states: string, attributes: Record<string, string> = {}): TargetGroup => ({
    arn: "tg",
    name: "tg",
    vpc: "vpc-1",
    protocol: "HTTP",
    port: 80,
    type: "instance",
    family: "ipv4",
    balancers: [],
    attributes: new Map(Object.entries(attributes)),
    targets: Array.from(states, (letter, i) => ({
      id: `i-${i}`,
      port: 80,
      state: letter === "h" ? "healthy" : letter === "d" ? "draining" : "unhealthy",
      node: nodeOf({}),
    })),
    node: nodeOf({}),
  });
  test.each([
    ["uu", {}, true],
    ["hu", {}, false],
    ["hu", { [`${least}.count`]: "1" }, false],
    ["hu", { [`${least}.count`]: "2" }, true],
    ["hhu", { [`${least}.count`]: "2" }, false],
    ["hu", { [`${least}.percentage`]: "off" }, false],
    ["hu", { [`${least}.percentage`]: "50" }, false],
    ["hu", { [`${least}.percentage`]: "51" }, true],
    ["hud", { [`${least}.percentage`]: "50" }, false],
  ])("%s with %o: %s", (states, attributes, open) => {
    expect(failsOpen(group(states, attributes))).toBe(open);
  });
});

test.each([
  [[[80, 81]], [[80, 8080]], ["81-81", "80-80 to 8080"]],
  [[[80, 82]], [[81, 9000]], ["80-80", "82-82", "81-81 to 9000"]],
  [[[80, 80]], [[443, 8443]], ["80-80"]],
  [
    [
      [80, 80],
      [443, 443],
    ],
    [[443, 8443]],
    ["80-80", "443-443 to 8443"],
  ],
  [
    [[1, 3]],
    [
      [3, 33],
      [1, 11],
    ],
    ["2-2", "1-1 to 11", "3-3 to 33"],
  ],
])("an accelerator's ports %j with overrides %j", (ranges, overrides, expected) => {
  const listener = nodeOf({
    PortRanges: ranges.map(([FromPort, ToPort]) => ({ FromPort: FromPort!, ToPort: ToPort! })),
  });
  const group = nodeOf({
    PortOverrides: overrides.map(([ListenerPort, EndpointPort]) => ({
      ListenerPort: ListenerPort!,
      EndpointPort: EndpointPort!,
    })),
  });
  const seen = portsOf(listener, group).map(
    ({ entry, port }) => `${entry.from}-${entry.to}${port === undefined ? "" : ` to ${port}`}`,
  );
  expect(seen).toEqual(expected);
});

test.each([
  ["vpc-1", "10.0.2.10", "eni-1"],
  ["vpc-1", "10.0.2.64", "eni-1"],
  ["vpc-1", "10.0.2.79", "eni-1"],
  ["vpc-1", "10.0.2.80", undefined],
  ["vpc-2", "10.0.2.70", undefined],
  ["vpc-1", "2600:1f18:1:1:a::9", "eni-1"],
  ["vpc-1", "2600:1f18:1:1:b::9", undefined],
])("in %s the interface that has %s is %s", (vpc, address, id) => {
  const own = {
    NetworkInterfaceId: "eni-1",
    SubnetId: "subnet-1",
    VpcId: "vpc-1",
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: "10.0.2.10" }],
    Ipv4Prefixes: [{ Ipv4Prefix: "10.0.2.64/28" }],
    Ipv6Prefixes: [{ Ipv6Prefix: "2600:1f18:1:1:a::/80" }],
  };
  const config = { ec2: { DescribeNetworkInterfaces: { NetworkInterfaces: [own] } } };
  expect(interfaces(awsScenario({ config })).holder(vpc, address)?.id).toBe(id);
});
