import { describe, expect, test } from "vitest";
import { anExposure, aWorkload } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const stopped = anExposure({ latent: "INSTANCE_NOT_RUNNING" });

describe("exposed-idle", () => {
  test.each([
    ["INSTANCE_NOT_RUNNING", "is stopped"],
    ["LB_TARGET_UNHEALTHY", "is unhealthy"],
    ["LB_NO_TARGET", "is no target"],
    ["SERVICE_PUBLIC_ACCESS_DISABLED", "SERVICE_PUBLIC_ACCESS_DISABLED"],
  ] as const)("a path that ends at %s fails low", (latent, says) => {
    expect(
      judge("exposed-idle", { servers: [], exposures: [anExposure({ latent })] }),
    ).toMatchObject({
      severity: "low",
      certainty: "certain",
      title: expect.stringContaining(says),
    });
  });

  test("one idle path next to one in use fails", () => {
    const inUse = anExposure({ id: "exposure-0", via: "alb-1" });

    expect(judge("exposed-idle", { exposures: [inUse, stopped] })).toMatchObject({
      severity: "low",
    });
  });

  test("a path to something that runs passes", () => {
    expect(judge("exposed-idle", { workloads: [aWorkload()] })).toBe("pass");
  });

  test("a path from an office network only passes", () => {
    expect(
      judge("exposed-idle", { exposures: [{ ...stopped, sources: ["198.51.100.0/24"] }] }),
    ).toBe("pass");
  });

  test("a limit of the path that was not read makes it maybe", () => {
    const assumptions = ["ec2:DescribeNetworkAcls denied"];

    expect(
      judge("exposed-idle", { exposures: [{ ...stopped, certainty: "maybe", assumptions }] }),
    ).toMatchObject({ certainty: "maybe" });
  });

  test("a path that may not exist is unknown", () => {
    const assumptions = ["ec2:DescribeRouteTables denied"];

    expect(
      judge("exposed-idle", { exposures: [{ ...stopped, verdict: "unknown", assumptions }] }),
    ).toMatchObject({ worst: "low", because: expect.stringContaining("DescribeRouteTables") });
  });

  test("a state that was not read is unknown", () => {
    expect(judge("exposed-idle", { workloads: [aWorkload({ state: "unknown" })] })).toMatchObject({
      worst: "low",
      best: "pass",
    });
  });
});
