import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { startAwsMock } from "../../mocks/aws/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import type { Report } from "../../src/model/report.ts";
import { cliCommand, runCli } from "./run-cli.ts";

const timeout = 90_000;
const credentials = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_REGION: "us-east-1",
};

async function aPlace(): Promise<{ cwd: string; key: string[] }> {
  const cwd = await mkdtemp(join(tmpdir(), "postern-resume-"));
  await writeFile(join(cwd, "key"), "0123456789abcdef");
  return { cwd, key: ["--fingerprint-key", "key", "--provider", "aws"] };
}

async function reportIn(cwd: string, run: string): Promise<Report> {
  return JSON.parse(await readFile(join(cwd, "postern-runs", run, "report.json"), "utf8"));
}

/** Beside the members that design names as different in every run. */
function comparable(report: Report): unknown {
  return JSON.parse(
    JSON.stringify({ ...report, run: 0 }, (key, value) => (key === "calls" ? 0 : value)),
  );
}

describe("--resume", () => {
  test(
    "asks a killed audit's cloud only for what is missing, and ends as an unbroken audit",
    { timeout },
    async () => {
      const { cwd, key } = await aPlace();
      const unbroken = await startAwsMock(awsDemoWorld);
      const args = ["audit", "--no-probe", ...key, "--quiet"];
      const env = { ...credentials, AWS_ENDPOINT_URL: unbroken.url };
      expect((await runCli(args, { cwd, env })).code).toBe(0);
      await unbroken.close();
      const [whole = ""] = await readdir(join(cwd, "postern-runs"));

      const hang = { kind: "hang", action: "DescribeSecurityGroups" } as const;
      const first = await startAwsMock(awsDemoWorld, { faults: [hang] });
      await killedWhen(args, cwd, first.url, () =>
        first.calls.some(({ action }) => action === hang.action),
      );
      await first.close();
      const partial =
        (await readdir(join(cwd, "postern-runs"))).find((name) => name !== whole) ?? "";
      expect(partial).toMatch(/\.partial$/);
      const note = await readFile(join(cwd, "postern-runs", partial, "UNFINISHED.txt"), "utf8");
      expect(note).toContain(`postern audit --resume postern-runs/${partial}`);
      for (const command of ["replay", "report", "verify"]) {
        const refused = await runCli([command, join("postern-runs", partial)], { cwd });
        expect(refused.code).toBe(1);
      }

      const second = await startAwsMock(awsDemoWorld);
      const resumed = await runCli([...args, "--resume", join("postern-runs", partial)], {
        cwd,
        env: { ...credentials, AWS_ENDPOINT_URL: second.url },
      });
      await second.close();
      const done = partial.replace(".partial", "");
      expect(resumed.code).toBe(0);
      expect(await readdir(join(cwd, "postern-runs"))).toEqual([whole, done].toSorted());
      const before = new Set(
        first.calls.filter(({ action }) => action !== hang.action).map(({ action }) => action),
      );
      expect(second.calls.map(({ action }) => action)).toContain(hang.action);
      expect(before.size).toBeGreaterThan(5);
      expect(second.calls.length).toBeLessThan(unbroken.calls.length - 5);
      expect(second.calls.map(({ action }) => action)).not.toContain("GetCallerIdentity");
      expect(comparable(await reportIn(cwd, done))).toEqual(comparable(await reportIn(cwd, whole)));
    },
  );

  test(
    "of a run that came to its end asks for its gaps alone, and leaves it as it is",
    { timeout },
    async () => {
      const { cwd, key } = await aPlace();
      const deny = { kind: "deny", action: "DescribeVpcs" } as const;
      const denied = await startAwsMock(awsDemoWorld, { faults: [deny] });
      const env = { ...credentials, AWS_ENDPOINT_URL: denied.url };
      const first = await runCli(["collect", ...key], { cwd, env });
      await denied.close();
      const allowed = await startAwsMock(awsDemoWorld);
      const second = await runCli(["collect", ...key, "--resume", first.stdout.trim()], {
        cwd,
        env: { ...credentials, AWS_ENDPOINT_URL: allowed.url },
      });
      await allowed.close();
      expect(second.code).toBe(0);
      expect(first.stderr).toMatch(/Not read: ec2:DescribeVpcs/);
      expect(second.stderr).not.toMatch(/Not read: ec2:DescribeVpcs/);
      expect(new Set(allowed.calls.map(({ action }) => action))).toContain("DescribeVpcs");
      expect(allowed.calls.length).toBeLessThan(denied.calls.length / 2);
      for (const run of [first, second])
        expect((await runCli(["verify", run.stdout.trim()], { cwd })).code).toBe(0);
    },
  );
});

describe("a run directory that cannot be written", () => {
  test("is said before any cloud is asked", { timeout }, async () => {
    const { cwd, key } = await aPlace();
    const mock = await startAwsMock(awsDemoWorld);
    const { code, stderr } = await runCli(["audit", ...key, "--out", "key/runs"], {
      cwd,
      env: { ...credentials, AWS_ENDPOINT_URL: mock.url },
    });
    await mock.close();
    expect(stderr).toMatch(
      /^postern: key\/runs\S* cannot be written: a part of the path is a file\.$/m,
    );
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    expect(mock.calls).toEqual([]);
  });

  test(
    "because there is no more room is said, and what was read is kept",
    { timeout },
    async () => {
      const { cwd, key } = await aPlace();
      const mock = await startAwsMock(awsDemoWorld);
      // A limit of 2 KiB a file stands in for a disk that is full.
      const { code, stderr } = await shell(
        `ulimit -f 2; exec "$0" "$@"`,
        ["audit", "--no-probe", ...key],
        cwd,
        mock.url,
      );
      await mock.close();
      expect(stderr).toMatch(/cannot be written: the limit on the size of files is reached/);
      expect(stderr).toMatch(/Go on with: --resume postern-runs\/\S+\.partial/);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(code).toBe(1);
      const names = await readdir(join(cwd, "postern-runs"));
      expect(names.filter((name) => !name.endsWith(".partial"))).toEqual([]);
    },
  );
});

function environment(cwd: string, endpoint: string): Record<string, string> {
  const PATH = process.env["PATH"] ?? "";
  return { ...credentials, PATH, HOME: cwd, CI: "true", AWS_ENDPOINT_URL: endpoint };
}

async function killedWhen(
  args: readonly string[],
  cwd: string,
  endpoint: string,
  reached: () => boolean,
): Promise<void> {
  const [node, ...rest] = cliCommand;
  const child = spawn(node, [...rest, ...args], { cwd, env: environment(cwd, endpoint) });
  const poll = setInterval(() => {
    if (reached()) child.kill("SIGKILL");
  }, 50);
  await new Promise((resolve) => {
    child.once("close", resolve);
  });
  clearInterval(poll);
}

async function shell(
  script: string,
  args: readonly string[],
  cwd: string,
  endpoint: string,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn("bash", ["-c", script, ...cliCommand, ...args], {
    cwd,
    env: environment(cwd, endpoint),
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { code, stderr };
}
