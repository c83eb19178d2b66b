import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "postern-explain-"));
let run = "";
let report: Report;

beforeAll(async () => {
  await runCli(["demo", "--quiet", "--out", folder]);
  run = join(
    folder,
    readdirSync(folder).find((name) => !name.includes("partial"))!,
  );
  report = JSON.parse(readFileSync(join(run, "report.json"), "utf8"));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const role = "arn:aws:iam::111122223333:role/cloud-tools";

describe("explain", () => {
  test("tells a finding with its chain, why it is so severe, and what to do", async () => {
    const finding = report.findings.find(({ rule }) => rule === "backdoor")!;
    const { stdout } = await runCli(["explain", "finding", finding.id.slice(0, 20), "--run", run]);

    for (const part of [
      "source",
      "-> server",
      "-> identity",
      "What to do",
      "Severity:",
      "Controls",
    ])
      expect(stdout).toContain(part);
  });

  test("gives a finding as JSON, as the report has it", async () => {
    const [finding] = report.findings;
    const { stdout } = await runCli([
      "explain",
      "finding",
      finding!.id,
      "--run",
      run,
      "-f",
      "json",
    ]);

    expect(JSON.parse(stdout)).toEqual(finding);
  });

  test.each([
    ["s3:PutObject", "yes"],
    ["iam:CreateUser", "no"],
  ])("says of %s: %s, with what decided", async (action, verdict) => {
    const { stdout } = await runCli(["explain", "identity", "cloud-tools", action, "--run", run]);

    expect(stdout).toMatch(new RegExp(`^${role}: ${action} on \\*: ${verdict}\n`));
    expect(stdout).toContain("because ");
  });

  test("tells what an identity can do, through which statements, and the ways up", async () => {
    const { stdout } = await runCli(["explain", "identity", role, "--run", run]);

    expect(stdout).toMatch(/^arn:aws:iam::111122223333:role\/cloud-tools \(aws role\): escalates/);
    expect(stdout).toContain("way up:");
  });

  test.each([
    [["identity", "nobody"], "holds no identity nobody"],
    [["finding", "finding-"], "findings begin with"],
    [["finding", "finding-none"], "holds no finding"],
    [["finding", "a", "b"], "needs one id"],
    [["weather", "today"], "knows no"],
  ])("refuses %j and says why", async (words, message) => {
    const { stderr, code } = await runCli(["explain", ...words, "--run", run]);

    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });
});
