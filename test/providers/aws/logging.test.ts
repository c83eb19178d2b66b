// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../src/model/json.ts";
import type { LogKind } from "../../../src/model/logging.ts";
import type { Gap } from "../../../src/model/snapshot.ts";
import { inventory, machine, region, scope, type Answers } from "./recorded-answers.ts";

const trail = `arn:aws:cloudtrail:${region}:${scope}:trail/all`;

function state(kind: LogKind, answers: Answers, gaps: readonly Gap[] = []): string | undefined {
  return inventory(answers, gaps).logging?.find((each) => each.kind === kind)?.state;
}

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
