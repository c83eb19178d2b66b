import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startAwsMock } from "../../mocks/aws/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli } from "./run-cli.ts";

const credentials = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "us-east-1",
};

test("Ctrl-C keeps what was read, names the rest, and ends with 130", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "postern-interrupt-"));
  const hang = { kind: "hang", action: "DescribeInstances" } as const;
  const mock = await startAwsMock(awsDemoWorld, { faults: [hang] });

  const { code } = await runCli(["audit", "--no-probe", "-f", "json=partial.json"], {
    cwd,
    env: { ...credentials, AWS_ENDPOINT_URL: mock.url },
    onStart: (interrupt) => {
      const poll = setInterval(() => {
        if (!mock.calls.some(({ action }) => action === "DescribeInstances")) return;
        clearInterval(poll);
        setTimeout(interrupt, 500);
      }, 50);
    },
  });
  await mock.close();

  const report: Report = JSON.parse(await readFile(join(cwd, "partial.json"), "utf8"));
  expect(code).toBe(130);
  expect(report.coverage.complete).toBe(false);
  expect(report.scopes[0]?.gaps.map(({ call }) => call)).toContain("ec2:DescribeInstances");
  expect(report.scopes[0]?.gaps.map(({ call }) => call)).not.toContain("sts:GetCallerIdentity");
}, 60_000);

test("a call that never answers costs its deadlines and becomes a gap", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "postern-hang-"));
  const hang = { kind: "hang", action: "DescribeRouteTables" } as const;
  const mock = await startAwsMock(awsDemoWorld, { faults: [hang] });

  const { code } = await runCli(
    ["audit", "--no-probe", "--attempt-timeout", "2000", "-f", "json=hang.json"],
    { cwd, env: { ...credentials, AWS_ENDPOINT_URL: mock.url } },
  );
  await mock.close();

  const report: Report = JSON.parse(await readFile(join(cwd, "hang.json"), "utf8"));
  expect(code).toBe(0);
  expect(report.scopes[0]?.gaps.map(({ call, reason }) => [call, reason])).toContainEqual([
    "ec2:DescribeRouteTables",
    "timeout",
  ]);
}, 60_000);
