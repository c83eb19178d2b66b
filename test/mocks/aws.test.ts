import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, expect, test } from "vitest";
import {
  startAwsMock,
  type AwsConfig,
  type AwsMock,
  type AwsWorld,
  type Fault,
} from "../../mocks/aws/index.ts";
import { keyedBy } from "../../mocks/aws/world.ts";
import { serviceNames, services, type Service } from "../../mocks/aws/schema.ts";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
/** Whatever the SDK gave back; each test says what it expects of it. */
type Answer = ReturnType<typeof JSON.parse>;

const load = createRequire(import.meta.url);
const clientNames: Record<Service, string> = {
  ec2: "EC2Client",
  elbv2: "ElasticLoadBalancingV2Client",
  elb: "ElasticLoadBalancingClient",
  iam: "IAMClient",
  sts: "STSClient",
  ecs: "ECSClient",
  globalaccelerator: "GlobalAcceleratorClient",
  apprunner: "AppRunnerClient",
  "network-firewall": "NetworkFirewallClient",
  organizations: "OrganizationsClient",
  cloudtrail: "CloudTrailClient",
  guardduty: "GuardDutyClient",
  lambda: "LambdaClient",
  eks: "EKSClient",
  apigateway: "APIGatewayClient",
  apigatewayv2: "ApiGatewayV2Client",
  cloudfront: "CloudFrontClient",
  route53: "Route53Client",
  acm: "ACMClient",
  "bedrock-agentcore": "BedrockAgentCoreControlClient",
};
const corpus = new URL("../../../shared/groundtruth/net/aws.json", import.meta.url);
const present = existsSync(corpus);
const open: AwsMock[] = [];

afterAll(async () => {
  await Promise.all(open.map((mock) => mock.close()));
});

async function serve(
  world: AwsWorld,
  options?: { faults?: Fault[]; pageSize?: number },
): Promise<AwsMock> {
  const mock = await startAwsMock(world, options);
  open.push(mock);
  return mock;
}

async function call(
  mock: AwsMock,
  service: Service,
  action: string,
  input: object = {},
  region = "us-east-1",
): Promise<Answer> {
  const sdk = load(services[service].package);
  const client = new sdk[clientNames[service]]({
    endpoint: mock.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "x" },
  });
  try {
    const { $metadata, ...output } = await client.send(new sdk[`${action}Command`](input));
    return { ...JSON.parse(JSON.stringify(output)), requestId: $metadata.requestId };
  } finally {
    client.destroy();
  }
}

const world = (config: AwsConfig): AwsWorld => ({
  account: "111122223333",
  regions: { "us-east-1": config },
});
const subnets = Array.from({ length: 7 }, (_, at) => ({
  SubnetId: `subnet-${at}`,
  CidrBlock: `10.0.${at}.0/24`,
}));
const vpcs = world({ ec2: { DescribeSubnets: { Subnets: subnets } } });

test.skipIf(!present)(
  `what the SDK reads is what each labelled network scenario says${present ? "" : " (shared/groundtruth/net/aws.json is missing)"}`,
  async () => {
    const { scenarios } = JSON.parse(readFileSync(corpus, "utf8"));
    let compared = 0;
    for (const { id, config } of scenarios) {
      const mock = await startAwsMock(world(config));
      try {
        for (const service of serviceNames) {
          for (const [action, output] of Object.entries<Answer>(config[service] ?? {})) {
            const key = keyedBy[`${service}:${action}`];
            const asked: [object, unknown][] = key
              ? Object.entries(output).map(([value, one]) => [{ [key]: value }, one])
              : [[{}, output]];
            for (const [input, want] of asked) {
              const error: unknown = Object(want)["$error"];
              if (typeof error === "string") {
                await expect(call(mock, service, action, input)).rejects.toThrow(error);
                continue;
              }
              const { requestId, ...got } = await call(mock, service, action, input);
              expect(requestId, `${id} ${action}`).toMatch(/^[0-9a-f-]{36}$/);
              expect(withoutMillis(got), `${id} ${service}:${action}`).toEqual(withoutMillis(want));
              compared += 1;
            }
          }
        }
      } finally {
        await mock.close();
      }
    }
    expect(compared).toBeGreaterThan(800);
  },
);

/** The SDK gives dates with milliseconds, the corpus without. */
function withoutMillis(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/(\d{2}:\d{2}:\d{2})\.000Z/g, "$1Z"));
}

test("text with markup, quotes and line ends arrives as it was", async () => {
  const Description = `a <b> & "c" 'd' ]]> é 🚪\r\nnext`;
  const mock = await serve(
    world({
      ec2: { DescribeSecurityGroups: { SecurityGroups: [{ GroupId: "sg-1", Description }] } },
    }),
  );
  expect((await call(mock, "ec2", "DescribeSecurityGroups")).SecurityGroups).toEqual([
    { GroupId: "sg-1", Description },
  ]);
});

test("times of another SDK's dump arrive as times", async () => {
  const Instances = [{ InstanceId: "i-1", LaunchTime: "2019-08-06 23:40:11+00:00" }];
  const mock = await serve(
    world({ ec2: { DescribeInstances: { Reservations: [{ Instances }] } } }),
  );
  const { Reservations } = await call(mock, "ec2", "DescribeInstances");
  expect(Reservations[0].Instances[0].LaunchTime).toBe("2019-08-06T23:40:11.000Z");
});

test("pages come in order, each once, with a request id of its own", async () => {
  const mock = await serve(vpcs, { pageSize: 3 });
  const seen: string[] = [];
  const ids = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await call(mock, "ec2", "DescribeSubnets", { NextToken });
    seen.push(...page.Subnets.map((subnet: Answer) => subnet.SubnetId));
    ids.add(page.requestId);
    ({ NextToken } = page);
  } while (NextToken);
  expect(seen).toEqual(subnets.map(({ SubnetId }) => SubnetId));
  expect(ids.size).toBe(3);
});

test("IAM pages run over all its lists and say that they are truncated", async () => {
  const GetAccountAuthorizationDetails = {
    UserDetailList: [{ UserName: "u" }],
    RoleDetailList: [{ RoleName: "r1" }, { RoleName: "r2" }],
    Policies: [{ PolicyName: "p" }],
  };
  const mock = await serve(
    { ...world({}), global: { iam: { GetAccountAuthorizationDetails } } },
    { pageSize: 2 },
  );
  const first = await call(mock, "iam", "GetAccountAuthorizationDetails");
  expect(first).toMatchObject({
    IsTruncated: true,
    RoleDetailList: [{ RoleName: "r1" }],
    Policies: [],
  });
  const second = await call(mock, "iam", "GetAccountAuthorizationDetails", {
    Marker: first.Marker,
  });
  expect(second).toMatchObject({
    RoleDetailList: [{ RoleName: "r2" }],
    Policies: [{ PolicyName: "p" }],
  });
  expect(second.Marker).toBeUndefined();
});

test.each([
  [
    "a continuation it never gave",
    "ec2",
    "DescribeSubnets",
    { NextToken: "foreign" },
    [],
    "InvalidNextToken",
  ],
  [
    "more than the API allows a page",
    "ec2",
    "DescribeRouteTables",
    { MaxResults: 500 },
    [],
    "InvalidParameterValue",
  ],
  ["throttling", "ec2", "DescribeSubnets", {}, [{ kind: "throttle" }], "RequestLimitExceeded"],
  ["throttling of a query service", "iam", "ListRoles", {}, [{ kind: "throttle" }], "Throttling"],
  [
    "a denied call",
    "ec2",
    "DescribeSubnets",
    {},
    [{ kind: "deny", action: "DescribeSubnets" }],
    "UnauthorizedOperation",
  ],
  ["an expired token", "sts", "GetCallerIdentity", {}, [{ kind: "expired" }], "ExpiredToken"],
  [
    "a code of the caller's choice",
    "elb",
    "DescribeLoadBalancers",
    {},
    [{ kind: "error", code: "OptInRequired" }],
    "OptInRequired",
  ],
] as const)(
  "fails with the provider's own code: %s",
  async (_, service, action, input, faults, code) => {
    const mock = await serve(vpcs, { faults: [...faults] });
    await expect(call(mock, service, action, input)).rejects.toMatchObject({ name: code });
  },
);

test("an HTML page instead of XML is what the SDK calls a parse error", async () => {
  const mock = await serve(vpcs, { faults: [{ kind: "html-404" }] });
  await expect(call(mock, "ec2", "DescribeSubnets")).rejects.toThrow(/XML parse error/);
});

test("a fault with a count is over after it", async () => {
  const mock = await serve(vpcs, { faults: [{ kind: "throttle", times: 1 }] });
  await expect(call(mock, "ec2", "DescribeSubnets")).rejects.toThrow();
  expect((await call(mock, "ec2", "DescribeSubnets")).Subnets).toHaveLength(7);
});

test("the region is the one signed for, and one that is not enabled refuses", async () => {
  const mock = await serve(vpcs);
  await expect(call(mock, "ec2", "DescribeSubnets", {}, "eu-west-1")).rejects.toMatchObject({
    name: "AuthFailure",
  });
  expect((await call(mock, "ec2", "DescribeRegions", {}, "eu-west-1")).Regions).toMatchObject([
    { RegionName: "us-east-1" },
  ]);
  expect((await call(mock, "sts", "GetCallerIdentity", {}, "eu-west-1")).Account).toBe(
    "111122223333",
  );
  expect(mock.calls.map(({ region }) => region)).toEqual(["eu-west-1", "eu-west-1", "eu-west-1"]);
});

test("an action that no schema knows is the service's InvalidAction", async () => {
  const mock = await serve(vpcs);
  const answer = await fetch(mock.url, {
    method: "POST",
    body: "Action=DescribeDoors&Version=2016-11-15",
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/ec2/aws4_request" },
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("<Code>InvalidAction</Code>");
});
