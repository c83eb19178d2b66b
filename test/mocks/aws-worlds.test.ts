import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  startAwsMock,
  type AwsConfig,
  type AwsMock,
  type AwsWorld,
} from "../../mocks/aws/index.ts";
import { operation, serviceNames, shapeOf, type Shape } from "../../mocks/aws/schema.ts";
import { keyedBy } from "../../mocks/aws/world.ts";
import { awsDemoServers, awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { awsLargeWorld, largeAccount } from "../../mocks/worlds/aws-large.ts";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** Paths of members that no schema knows: they would be lost on the wire. */
function strangers(shape: Shape, value: unknown, path: string): string[] {
  if (shape.kind === "text" || shape.kind === "time")
    return typeof value === "object" && value !== null ? [path] : [];
  if (shape.kind === "list") {
    return (Array.isArray(value) ? value : []).flatMap((item: unknown) =>
      strangers(shapeOf(shape.item), item, `${path}[]`),
    );
  }
  if (shape.kind === "map") {
    return Object.entries(value ?? {}).flatMap(([name, member]) =>
      strangers(shapeOf(shape.value), member, `${path}.${name}`),
    );
  }
  const members = new Map(shape.members.map(({ name, schema }) => [name, schema]));
  return Object.entries(value ?? {}).flatMap(([name, member]) =>
    members.has(name)
      ? strangers(shapeOf(members.get(name)), member, `${path}.${name}`)
      : [`${path}.${name}`],
  );
}

function strangersOf(config: AwsConfig): string[] {
  return serviceNames.flatMap((service) =>
    Object.entries(config[service] ?? {}).flatMap(([action, output]) => {
      const found = operation(service, action);
      if (!found) return [`${service}:${action}`];
      const outputs = keyedBy[`${service}:${action}`] ? Object.values(output ?? {}) : [output];
      return outputs.flatMap((one: unknown) =>
        strangers(found.output, one, `${service}:${action}`),
      );
    }),
  );
}

describe.each<[string, AwsWorld]>([
  ["demo", awsDemoWorld],
  ["large", awsLargeWorld()],
])("the %s world", (_, world) => {
  test("says nothing that the provider's schemas do not know", () => {
    const configs = [...Object.values(world.regions), world.global ?? {}];
    expect([...new Set(configs.flatMap(strangersOf))]).toEqual([]);
  });

  test("has no hole in it", () => {
    expect(JSON.stringify(world)).not.toMatch(/undefined|NaN/);
  });
});

test("the large world has exactly the size asked for", () => {
  const { regions, global } = awsLargeWorld();
  const count = (service: string, action: string, list: string): number =>
    Object.values(regions).reduce((sum, config) => {
      const output = config[service]?.[action];
      const items: unknown =
        typeof output === "object" && output !== null ? Reflect.get(output, list) : [];
      return sum + (Array.isArray(items) ? items.length : 0);
    }, 0);
  expect({
    regions: Object.keys(regions).length,
    used: Object.values(regions).filter((config) => "ec2" in config).length,
    instances: count("ec2", "DescribeInstances", "Reservations"),
    groups: count("ec2", "DescribeSecurityGroups", "SecurityGroups"),
    balancers: count("elbv2", "DescribeLoadBalancers", "LoadBalancers"),
    roles: Reflect.get(
      Object(global?.["iam"]?.["GetAccountAuthorizationDetails"]),
      "RoleDetailList",
    ).length,
  }).toEqual(largeAccount);
});

describe("the demo's doors", () => {
  let mock: AwsMock;
  const sdk = createRequire(import.meta.url)("@aws-sdk/client-ec2");
  beforeAll(async () => {
    mock = await startAwsMock(awsDemoWorld);
  });
  afterAll(() => mock.close());

  test("each address is one that the account's interfaces or balancers show", () => {
    const text = JSON.stringify(awsDemoWorld.regions);
    expect(
      awsDemoServers.filter(
        ({ address, workload }) =>
          !text.includes(`"${address}"`) || !text.includes(`"${workload}"`),
      ),
    ).toEqual([]);
  });

  test("user data of the gateway comes over the wire with its planted secrets", async () => {
    const client = new sdk.EC2Client({
      endpoint: mock.url,
      region: "us-east-1",
      credentials: { accessKeyId: "x", secretAccessKey: "x" },
    });
    const command = new sdk.DescribeInstanceAttributeCommand({
      InstanceId: "i-0a000000000000001",
      Attribute: "userData",
    });
    const { UserData } = await client.send(command);
    client.destroy();
    const text = Buffer.from(UserData.Value, "base64").toString();
    expect(text).toMatch(/postgres:\/\/mcp:[^@]+@/);
    expect(text).toMatch(/GITHUB_TOKEN=ghp_[A-Za-z0-9]{36}\n/);
  });
});
