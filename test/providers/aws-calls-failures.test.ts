import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Fault } from "../../mocks/aws/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { requireInstalled } from "../../providers/aws/connect.ts";
import type { CollectSettings } from "../../src/model/adapter.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import {
  adapter,
  asked,
  closeMocks,
  collect,
  eni,
  one,
  prepare,
  useExampleCredentials,
} from "./aws-harness.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

describe("what cannot be read", () => {
  test.each<[string, Fault, Gap["reason"]]>([
    ["a denied call", { kind: "deny", action: "DescribeSubnets" }, "denied"],
    ["throttling that does not end", { kind: "throttle", action: "DescribeSubnets" }, "throttled"],
    [
      "a service that does not know the action",
      { kind: "error", action: "DescribeSubnets", code: "InvalidAction" },
      "unsupported",
    ],
    [
      "an account without the service",
      { kind: "error", action: "DescribeSubnets", code: "OptInRequired" },
      "unavailable",
    ],
    [
      "a web page instead of an answer",
      { kind: "html-404", action: "DescribeSubnets" },
      "unavailable",
    ],
    [
      "an error of AWS's own",
      { kind: "error", action: "DescribeSubnets", code: "InternalError", status: 500 },
      "unavailable",
    ],
    ["a connection that breaks", { kind: "reset", action: "DescribeSubnets" }, "unavailable"],
  ])("%s is a gap of that call alone", async (_, fault, reason) => {
    const { gaps, pages } = await collect(one({ ec2: eni }), [fault]);
    expect(gaps).toMatchObject([
      { call: "ec2:DescribeSubnets", region: "us-east-1", reason, affects: ["subnets"] },
    ]);
    expect(pages.map(({ call }) => call)).toContain("elbv2:DescribeLoadBalancers");
  });

  test("throttling that ends leaves no trace but the attempts", async () => {
    const { gaps, attempts } = await collect(one({ ec2: eni }), [
      { kind: "throttle", action: "DescribeSubnets", times: 2 },
    ]);
    expect(gaps).toEqual([]);
    expect(attempts.filter((attempt) => attempt.endsWith("ec2:DescribeSubnets"))).toHaveLength(3);
  });

  test("interfaces that may not be listed do not pass for none: the rest of the region is still read", async () => {
    const { gaps, mock } = await collect(one({}), [
      { kind: "deny", action: "DescribeNetworkInterfaces" },
    ]);
    expect(gaps).toMatchObject([{ call: "ec2:DescribeNetworkInterfaces", reason: "denied" }]);
    expect(asked(mock)).toContain("ec2:DescribeInstances");
  });

  test("a call that never answers costs its deadline and becomes a gap", async () => {
    const { gaps } = await collect(
      one({ ec2: eni }),
      [{ kind: "hang", region: "us-east-1", action: "DescribeVpcs" }],
      { attemptTimeout: 300, attempts: 1 },
    );
    expect(gaps[0]).toMatchObject({
      call: "ec2:DescribeVpcs",
      region: "us-east-1",
      reason: "timeout",
    });
  });
});

describe("finding the scope", () => {
  test("gives the credential's account and its enabled regions, sorted", async () => {
    const { context } = await prepare(awsDemoWorld);
    expect(await adapter.scopes(context)).toEqual([
      { provider: "aws", id: "111122223333", regions: ["eu-central-1", "eu-west-1", "us-east-1"] },
    ]);
  });

  test("gives only the regions asked for", async () => {
    const { context } = await prepare(awsDemoWorld, [], { regions: ["eu-west-1"] });
    expect(await adapter.scopes(context)).toMatchObject([{ regions: ["eu-west-1"] }]);
  });

  test("gives nothing when the account is not one that was asked for", async () => {
    const { context } = await prepare(awsDemoWorld, [], { scopes: ["999999999999"] });
    expect(await adapter.scopes(context)).toEqual([]);
  });

  test("falls back to the home region where regions may not be listed, and collection names the gap", async () => {
    const { gaps, context } = await collect(one({ ec2: eni }), [
      { kind: "deny", action: "DescribeRegions" },
    ]);
    expect(await adapter.scopes(context)).toMatchObject([{ regions: ["us-east-1"] }]);
    expect(gaps).toMatchObject([
      { call: "ec2:DescribeRegions", reason: "denied", affects: ["regions"] },
    ]);
  });

  test.each<[string, readonly Fault[], Partial<CollectSettings>, string]>([
    ["an expired session", [{ kind: "expired" }], {}, "CREDENTIALS_EXPIRED"],
    [
      "a key that AWS does not know",
      [{ kind: "error", code: "InvalidClientTokenId", status: 403 }],
      {},
      "CREDENTIALS_MISSING",
    ],
    ["a region that is not enabled", [], { regions: ["mars-north-1"] }, "REGION_UNKNOWN"],
    [
      "nothing listening at the endpoint",
      [],
      { endpoint: "http://127.0.0.1:9" },
      "ENDPOINT_UNREACHABLE",
    ],
    ["silence", [{ kind: "hang" }], { attemptTimeout: 200, attempts: 1 }, "ENDPOINT_UNREACHABLE"],
    ["a server that is not AWS", [{ kind: "html-404" }], {}, "ENDPOINT_UNREACHABLE"],
  ])("explains %s in a sentence with a hint", async (_, faults, settings, code) => {
    const { context } = await prepare(awsDemoWorld, faults, settings);
    const failure: unknown = await adapter.scopes(context).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "PosternError", code });
    expect(Reflect.get(Object(failure), "message")).toMatch(/^[^\n]+\.$/);
    expect(Reflect.get(Object(failure), "hint")).toMatch(/\.$/);
  });

  test("explains missing credentials", async () => {
    const { context } = await prepare(awsDemoWorld);
    const key = process.env["AWS_ACCESS_KEY_ID"];
    delete process.env["AWS_ACCESS_KEY_ID"];
    try {
      await expect(adapter.scopes(context)).rejects.toMatchObject({ code: "CREDENTIALS_MISSING" });
    } finally {
      process.env["AWS_ACCESS_KEY_ID"] = key;
    }
  });
});

test("an SDK that is not installed is an error that says what to install", () => {
  expect(() => requireInstalled("@aws-sdk/client-nowhere")).toThrow(
    expect.objectContaining({
      code: "SDK_MISSING",
      hint: expect.stringContaining("npm install @aws-sdk/client-nowhere"),
    }),
  );
});
