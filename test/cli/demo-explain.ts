import { describe, expect, test } from "vitest";
import type { DemoRuns } from "./demo-runs.ts";
import { runCli, type CliResult } from "./run-cli.ts";

const role = "arn:aws:iam::111122223333:role/cloud-tools";

export function describeExplain(demoRuns: () => DemoRuns): void {
  async function explained(...words: readonly string[]): Promise<CliResult> {
    const { cwd, first } = demoRuns();
    return runCli(["explain", ...words, "--run", first], { cwd });
  }

  describe("explain", () => {
    test("tells a finding with its chain, why it is so severe, and what to do", async () => {
      const finding = demoRuns().report.findings.find(({ rule }) => rule === "backdoor")!;
      const { stdout } = await explained("finding", finding.id.slice(0, 20));

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
      const [finding] = demoRuns().report.findings;
      const { stdout } = await explained("finding", finding!.id, "-f", "json");

      expect(JSON.parse(stdout)).toEqual(finding);
    });

    test.each([
      ["s3:PutObject", "yes"],
      ["iam:CreateUser", "no"],
    ])("says of %s: %s, with what decided", async (action, verdict) => {
      const { stdout } = await explained("identity", "cloud-tools", action);

      expect(stdout).toMatch(new RegExp(`^${role}: ${action} on \\*: ${verdict}\n`));
      expect(stdout).toContain("because ");
    });

    test("tells what an identity can do, through which statements, and the ways up", async () => {
      const { stdout } = await explained("identity", role);

      expect(stdout).toMatch(
        /^arn:aws:iam::111122223333:role\/cloud-tools \(aws role\): escalates/,
      );
      expect(stdout).toContain("way up:");
    });

    test.each([
      [["identity", "nobody"], "holds no identity nobody"],
      [["finding", "finding-"], "findings begin with"],
      [["finding", "finding-none"], "holds no finding"],
      [["finding", "a", "b"], "needs one id"],
      [["weather", "today"], "knows no"],
    ])("refuses %j and says why", async (words, message) => {
      const { stderr, code } = await explained(...words);

      expect(stderr).toContain(message);
      expect(code).toBe(1);
    });
  });
}
