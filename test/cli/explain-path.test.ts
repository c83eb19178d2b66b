import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { saveRun } from "../../src/audit/run-files.ts";
import { awsScenario } from "../../src/conformance/scenario-aws.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { aReport } from "../fixtures/report.ts";
import { runCli } from "./run-cli.ts";

const timeout = 60_000;
const { scenarios }: { scenarios: { id: string; config: JsonObject }[] } = JSON.parse(
  readFileSync(new URL("../conformance/net/aws.json", import.meta.url), "utf8"),
);
const report = aReport();

let cwd = "";
const runs: Record<string, string> = {};

async function recorded(name: string, config: JsonObject): Promise<string> {
  const run = { ...report.run, id: name };
  const decided = { report: aReport({ run }), links: [] };
  const collected = [{ ...awsScenario({ config }), calls: 1 }];
  return saveRun(join(cwd, "runs"), { collected, decided });
}

const configOf = (id: string): JsonObject => scenarios.find((each) => each.id === id)!.config;

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "postern-explain-"));
  runs["open"] = await recorded("open", configOf("aws-004"));
  runs["closed"] = await recorded("closed", configOf("aws-005"));
  const stopped = JSON.stringify(configOf("aws-004")).replaceAll('"running"', '"stopped"');
  runs["stopped"] = await recorded("stopped", JSON.parse(stopped));
});

const explained = async (run: string, ...words: string[]) =>
  runCli(["explain", "path", ...words, "--run", runs[run] ?? ""], { cwd });

describe("postern explain path", () => {
  test("tells an open way hop by hop, with the rule that lets it pass", { timeout }, async () => {
    const { code, stdout } = await explained("open", "i-mcp", "8080");
    const lines = stdout.split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "i-mcp, port 8080, from the internet: reachable",
      "",
      "reachable: tcp direct over ipv4, dialled at 198.51.100.10 port 8080, from any internet address",
      "  1. source internet: any internet address can send to it",
    ]);
    expect(lines).toContain("  6. gate sg-a: sg-a allows tcp port 8080 from 0.0.0.0/0");
    expect(lines).toContain("  8. gate rtb-main: rtb-main routes 0.0.0.0/0 to igw-1");
    expect(lines).toContain("  9. workload i-mcp: eni-mcp delivers to i-mcp on tcp/8080");
    expect(stdout).toMatch(/\nblocked: udp direct over ipv4\n {2}SG_NO_MATCH: .*udp\/8080/);
    expect(code).toBe(0);
  });

  test("says which gates close a port, as JSON when asked", { timeout }, async () => {
    const { code, stdout } = await explained("closed", "i-mcp", "8080", "--format", "json");
    const [answer, ...more] = JSON.parse(stdout);
    expect(more).toEqual([]);
    expect(answer).toMatchObject({
      workload: { id: "i-mcp", kind: "instance", provider: "aws" },
      port: 8080,
      from: "internet",
      open: [],
      latent: [],
    });
    const tcp = answer.blocked.filter(({ protocol }: { protocol: string }) => protocol === "tcp");
    expect(tcp).toMatchObject([
      { firstGate: "NO_INTERNET_ROUTE", port: { from: 8080, to: 8080 }, via: "direct" },
    ]);
    expect(code).toBe(0);
  });

  test(
    "asks about private clients with --from, whom no gateway concerns",
    { timeout },
    async () => {
      const { stdout } = await explained("closed", "i-mcp", "8080", "--from", "10.0.0.0/8");
      expect(stdout).toMatch(/^i-mcp, port 8080, from 10\.0\.0\.0\/8: reachable\n/);
      expect(stdout).toContain("from 10.0.0.0/16\n  1. source inside: ");
      expect(stdout).not.toContain("igw-1");
    },
  );

  test("calls a way to a stopped machine latent", { timeout }, async () => {
    const { stdout } = await explained("stopped", "i-mcp", "8080");
    expect(stdout).toMatch(/^i-mcp, port 8080, from the internet: open, but nothing answers now\n/);
    expect(stdout).toContain("\nlatent (INSTANCE_NOT_RUNNING): tcp direct over ipv4");
  });

  test.each([
    { words: ["i-nobody", "8080"], error: /holds no workload i-nobody\.\n {2}\S/ },
    { words: ["i-mcp", "65536"], error: /needs a workload and a port\.\n {2}\S/ },
    { words: ["i-mcp", "80", "--from", "here"], error: /--from here is not a CIDR\.\n {2}\S/ },
  ])("refuses $words with a hint", { timeout }, async ({ words, error }) => {
    const { code, stdout, stderr } = await explained("open", ...words);
    expect(stderr).toMatch(error);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });
});
