// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import type { Inventory } from "../../../src/model/inventory.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { LogKind } from "../../../src/model/logging.ts";
import type { Gap, Page } from "../../../src/model/snapshot.ts";

const scope = "111122223333";
const region = "eu-central-1";
const trail = `arn:aws:cloudtrail:${region}:${scope}:trail/all`;

type Answers = Readonly<
  Record<string, JsonObject | readonly (readonly [JsonObject, JsonObject])[]>
>;

function isList(value: Answers[string]): value is readonly (readonly [JsonObject, JsonObject])[] {
  return Array.isArray(value);
}

function inventory(answers: Answers, gaps: readonly Gap[] = []): Inventory {
  const pages = Object.entries(answers).flatMap(([call, answer]): Page[] => {
    const all = isList(answer) ? answer : [[{}, answer] as const];
    return all.map(([params, body]) => ({
      call,
      region: call.startsWith("iam:") ? "global" : region,
      params,
      page: 0,
      at: "2026-11-25T12:00:00Z",
      sha256: "",
      body,
      last: true,
    }));
  });
  return normalise({
    provider: "aws",
    scope: { provider: "aws", id: scope, regions: [region] },
    pages,
    gaps,
  });
}

function state(kind: LogKind, answers: Answers, gaps: readonly Gap[] = []): string | undefined {
  return inventory(answers, gaps).logging?.find((each) => each.kind === kind)?.state;
}

const machine: Answers = {
  "ec2:DescribeInstances": {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: "i-1",
            State: { Name: "running" },
            VpcId: "vpc-1",
            SubnetId: "subnet-1",
            NetworkInterfaces: [
              {
                NetworkInterfaceId: "eni-1",
                SubnetId: "subnet-1",
                VpcId: "vpc-1",
                Attachment: { DeviceIndex: 0, InstanceId: "i-1" },
                PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.4", Primary: true }],
              },
            ],
          },
        ],
      },
    ],
  },
  "ec2:DescribeSubnets": {
    Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1", CidrBlock: "10.0.1.0/24" }],
  },
};
const flow = (log: JsonObject): Answers => ({
  ...machine,
  "ec2:DescribeFlowLogs": {
    FlowLogs: [{ FlowLogId: "fl-1", FlowLogStatus: "ACTIVE", TrafficType: "ALL", ...log }],
  },
});

describe("flow logs", () => {
  test.each(["vpc-1", "subnet-1", "eni-1"])("of %s speak about its machine", (ResourceId) => {
    expect(state("flow", flow({ ResourceId }))).toBe("on");
  });

  test.each([
    ["of another network", { ResourceId: "vpc-2" }],
    ["of rejected packets alone", { ResourceId: "vpc-1", TrafficType: "REJECT" }],
    ["that does not arrive", { ResourceId: "vpc-1", DeliverLogsStatus: "FAILED" }],
  ])("a log %s shows nobody", (_, log) => {
    expect(state("flow", flow(log))).toBe("off");
  });

  test("unread are unknown", () => {
    expect(state("flow", machine)).toBe("unknown");
  });

  test("the machine knows its own subnets", () => {
    expect(inventory(machine).workloads[0]?.subnets).toEqual(["10.0.1.0/24"]);
  });
});

const trails = (
  status: JsonObject | undefined,
  selectors?: JsonObject,
  own: JsonObject = {},
): Answers => ({
  "cloudtrail:DescribeTrails": {
    trailList: [
      { Name: "all", TrailARN: trail, HomeRegion: region, IsMultiRegionTrail: false, ...own },
    ],
  },
  ...(status && { "cloudtrail:GetTrailStatus": [[{ Name: trail }, status]] }),
  ...(selectors && { "cloudtrail:GetEventSelectors": [[{ TrailName: trail }, selectors]] }),
});
const classic = (selector: JsonObject): JsonObject => ({ EventSelectors: [selector] });
const advanced = (...fields: readonly JsonObject[]): JsonObject => ({
  AdvancedEventSelectors: [{ FieldSelectors: fields }],
});
const category = (name: string): JsonObject => ({ Field: "eventCategory", Equals: [name] });
const logging = { IsLogging: true };
const writes = classic({ IncludeManagementEvents: true, ReadWriteType: "All", DataResources: [] });

describe("trails", () => {
  test.each([
    ["records all", trails(logging, writes), "on", "off"],
    ["is stopped", trails({ IsLogging: false }, writes), "off", "off"],
    [
      "records reads only",
      trails(logging, classic({ IncludeManagementEvents: true, ReadWriteType: "ReadOnly" })),
      "unknown",
      "off",
    ],
    [
      "leaves management out",
      trails(logging, classic({ IncludeManagementEvents: false })),
      "off",
      "off",
    ],
    ["chooses management", trails(logging, advanced(category("Management"))), "on", "off"],
    [
      "records every object",
      trails(
        logging,
        classic({
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
        }),
      ),
      "on",
      "on",
    ],
    [
      "records one bucket",
      trails(
        logging,
        classic({ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::b/"] }] }),
      ),
      "off",
      "unknown",
    ],
    [
      "records some data",
      trails(
        logging,
        advanced(category("Data"), { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::b/"] }),
      ),
      "off",
      "unknown",
    ],
    ["is of another region", trails(logging, writes, { HomeRegion: "us-east-1" }), "off", "off"],
    [
      "is of all regions",
      trails(logging, writes, { HomeRegion: "us-east-1", IsMultiRegionTrail: true }),
      "on",
      "off",
    ],
    ["has an unread status", trails(undefined, writes), "unknown", "unknown"],
    ["has unread selectors", trails(logging), "unknown", "unknown"],
    ["is none", { "cloudtrail:DescribeTrails": { trailList: [] } }, "off", "off"],
  ] as const)("a trail that %s", (_, answers, management, data) => {
    expect([state("control-plane", answers), state("data-access", answers)]).toEqual([
      management,
      data,
    ]);
  });

  test("unread are unknown and name the call", () => {
    const gap: Gap = {
      call: "cloudtrail:DescribeTrails",
      scope,
      region,
      reason: "denied",
      detail: "",
      affects: ["logging"],
    };
    const found = inventory(machine, [gap]).logging?.find(({ kind }) => kind === "control-plane");

    expect(found).toMatchObject({
      state: "unknown",
      because: "cloudtrail:DescribeTrails was not read (denied).",
    });
  });
});

describe("access logs of balancers", () => {
  const arn = `arn:aws:elasticloadbalancing:${region}:${scope}:loadbalancer/app/web/1`;
  const balancer = (Type: string, enabled: string | undefined): Answers => ({
    "elbv2:DescribeLoadBalancers": {
      LoadBalancers: [
        { LoadBalancerArn: arn, LoadBalancerName: "web", Type, Scheme: "internet-facing" },
      ],
    },
    ...(enabled !== undefined && {
      "elbv2:DescribeLoadBalancerAttributes": [
        [
          { LoadBalancerArn: arn },
          { Attributes: [{ Key: "access_logs.s3.enabled", Value: enabled }] },
        ],
      ],
    }),
  });

  test.each([
    ["application", "true", "on"],
    ["application", "false", "off"],
    ["network", "true", "unknown"],
    ["network", "false", "off"],
    ["application", undefined, "unknown"],
  ] as const)("%s, %s: %s", (type, enabled, expected) => {
    expect(state("front-door", balancer(type, enabled))).toBe(expected);
  });
});

describe("GuardDuty", () => {
  const detector = (Status?: string): Answers => ({
    "guardduty:ListDetectors": { DetectorIds: ["d-1"] },
    ...(Status !== undefined && { "guardduty:GetDetector": [[{ DetectorId: "d-1" }, { Status }]] }),
  });

  test.each([
    [detector("ENABLED"), "on"],
    [detector("DISABLED"), "off"],
    [detector(), "unknown"],
    [{ "guardduty:ListDetectors": { DetectorIds: [] } }, "off"],
  ] as const)("%j is %s", (answers, expected) => {
    expect(state("detection", answers)).toBe(expected);
  });
});

describe("static keys", () => {
  const id = `AK${"IA"}QWERTYUIOPASDFGH`;
  const arn = `arn:aws:iam::${scope}:user/ci`;
  const world = (script: string, Status: string): Answers => ({
    ...machine,
    "ec2:DescribeInstanceAttribute": [
      [
        { InstanceId: "i-1", Attribute: "userData" },
        { InstanceId: "i-1", UserData: { Value: script } },
      ],
    ],
    "iam:GetAccountAuthorizationDetails": {
      UserDetailList: [{ UserName: "ci", Arn: arn }],
      RoleDetailList: [
        {
          RoleName: "r",
          Arn: `arn:aws:iam::${scope}:role/r`,
          CreateDate: "2026-01-01T00:00:00Z",
          RoleLastUsed: {},
        },
        { RoleName: "s", Arn: `arn:aws:iam::${scope}:role/s`, CreateDate: "2026-01-01T00:00:00Z" },
      ],
    },
    "iam:ListAccessKeys": [
      [
        { UserName: "ci" },
        {
          AccessKeyMetadata: [
            { UserName: "ci", AccessKeyId: id, Status, CreateDate: "2024-05-01T00:00:00Z" },
          ],
        },
      ],
    ],
    "iam:GetAccessKeyLastUsed": [
      [
        { AccessKeyId: id },
        { UserName: "ci", AccessKeyLastUsed: { LastUsedDate: "2026-11-20T00:00:00Z" } },
      ],
    ],
  });
  const secret = "[secret:aws-secret-access-key:0123456789abcdef]";

  test("a key beside its secret makes its user an identity of the workload", () => {
    expect(inventory(world(`${id} ${secret}`, "Active")).workloads[0]?.identities).toMatchObject([
      { id: arn, how: "static-key", verdict: "yes" },
    ]);
  });

  test("a key id alone may be known without its secret, and an inactive key opens nothing", () => {
    expect(inventory(world(id, "Active")).workloads[0]?.identities).toMatchObject([
      { verdict: "maybe" },
    ]);
    expect(inventory(world(`${id} ${secret}`, "Inactive")).workloads[0]?.identities).toEqual([]);
  });

  test("age and last use are told, and which roles were never used", () => {
    const { keyRings, uses } = inventory(world("", "Active"));

    expect(keyRings).toMatchObject([
      {
        identity: arn,
        keys: [{ id, createdAt: "2024-05-01T00:00:00Z", lastUsedAt: "2026-11-20T00:00:00Z" }],
      },
    ]);
    expect(uses).toMatchObject([
      { identity: `arn:aws:iam::${scope}:role/r`, since: "2026-01-01T00:00:00Z" },
    ]);
  });
});
