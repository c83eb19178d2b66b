import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startAwsMock } from "../../mocks/aws/index.ts";
import { startDemo, type Demo } from "../../mocks/demo.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli } from "./run-cli.ts";

const env = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "us-east-1",
};

let demo: Demo;
let cwd: string;

beforeAll(async () => {
  demo = await startDemo();
  cwd = await mkdtemp(join(tmpdir(), "postern-collect-"));
}, 60_000);

afterAll(async () => demo.close());

describe("collecting and deciding apart", () => {
  test("give the findings of one audit", { timeout: 120_000 }, async () => {
    const connect = demo.connectTo.flatMap((rule) => ["--connect-to", rule]);
    // Without a key of their own, two runs give one secret two fingerprints.
    const key = ["--fingerprint-key", join(cwd, "key")];
    await writeFile(join(cwd, "key"), "0123456789abcdef");
    const live = { cwd, env: { ...env, AWS_ENDPOINT_URL: demo.endpoints.aws } };

    const whole = await runCli(["audit", ...key, ...connect, "-f", "json=whole.json"], live);
    const collected = await runCli(["collect", ...key], live);
    const snapshot = collected.stdout.trim();
    const apart = await runCli(
      ["audit", "--from-snapshot", snapshot, "--probe", ...connect, "-f", "json=apart.json"],
      { cwd },
    );

    expect([whole.code, collected.code, apart.code]).toEqual([0, 0, 0]);
    const [one, two] = await Promise.all([read("whole.json"), read("apart.json")]);
    expect(two.findings.length).toBeGreaterThan(20);
    expect(two.findings).toEqual(one.findings);
  });
});

describe("what cannot be read is said and makes nothing pass", () => {
  test.each([
    ["GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails"],
    ["DescribeSecurityGroups", "ec2:DescribeSecurityGroups"],
    ["DescribeTargetHealth", "elbv2:DescribeTargetHealth"],
  ])(
    "%s denied: the audit goes on and coverage names the call",
    async (action, call) => {
      const mock = await startAwsMock(awsDemoWorld, { faults: [{ kind: "deny", action }] });

      const { code } = await runCli(
        ["audit", "--no-probe", "--require-complete", "-f", `json=${action}.json`],
        { cwd, env: { ...env, AWS_ENDPOINT_URL: mock.url } },
      );
      await mock.close();

      const report = await read(`${action}.json`);
      expect(report.scopes[0]?.gaps.map((gap) => [gap.call, gap.reason])).toContainEqual([
        call,
        "denied",
      ]);
      expect(report.coverage.complete).toBe(false);
      expect(code).toBe(3);
    },
    60_000,
  );

  test("unread identities leave the identity rules unknown, never without a word", async () => {
    const report = await read("GetAccountAuthorizationDetails.json");
    const mute = report.unknowns.filter(({ rule }) => rule.startsWith("identity-"));

    expect(report.findings.filter(({ rule }) => rule.startsWith("identity-"))).toEqual([]);
    expect(mute.map(({ worst, best }) => [worst, best])).toContainEqual(["critical", "pass"]);
  });

  test("unread security groups leave reachability unknown, never blocked", async () => {
    const report = await read("DescribeSecurityGroups.json");

    expect(report.exposures.length).toBeGreaterThan(0);
    for (const { verdict } of report.exposures) expect(verdict).toBe("unknown");
  });
});

async function read(name: string): Promise<Report> {
  return JSON.parse(await readFile(join(cwd, name), "utf8"));
}
