import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { beforeAll, describe, expect, test } from "vitest";
import { reportJsonSchema } from "../../src/index.ts";
import type { Report } from "../../src/model/report.ts";
import { runCli, type CliResult } from "./run-cli.ts";

let cwd: string;
let demo: CliResult;
let report: Report;
let directory: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "postern-demo-"));
  demo = await runCli(["demo", "-f", "json=report.json"], { cwd });
  report = JSON.parse(await readFile(join(cwd, "report.json"), "utf8"));
  directory = join("postern-runs", (await readdir(join(cwd, "postern-runs")))[0]!);
}, 120_000);

describe("postern demo", () => {
  test("ends with 0 and shows critical back doors, direct and behind a load balancer", () => {
    const backdoors = report.findings.filter(({ rule }) => rule === "backdoor");

    expect(demo.code).toBe(0);
    expect(demo.stdout).toMatch(/CRITICAL/);
    expect(backdoors.map(({ severity }) => severity)).toEqual(["critical", "critical"]);
    const balanced = backdoors.filter(({ evidence }) =>
      evidence.some(({ kind }) => kind === "balancer"),
    );
    expect(balanced).toHaveLength(1);
  });

  test("the JSON report is valid against the published schema", () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(reportJsonSchema());

    validate(report);

    expect(validate.errors ?? []).toEqual([]);
  });

  test("every step of every chain says what, why and where it was seen; each chain begins at a source", () => {
    for (const { rule, evidence } of report.findings) {
      expect(evidence[0]?.kind, rule).toBe("source");
      for (const { id, because, source } of evidence) {
        expect(id, rule).not.toBe("");
        expect(because, rule).toMatch(/\w{3}/);
        expect(source.kind, rule).toMatch(/^(api|wire|rule)$/);
      }
    }
  });

  test("a chain about a workload that holds an identity ends at a permission of it", () => {
    const withIdentity = new Set(report.identities.flatMap(({ workloads }) => workloads));
    const servers = new Map(report.servers.map(({ id, workload }) => [id, workload.id]));
    const concerned = report.findings.filter(({ subject }) =>
      withIdentity.has(servers.get(subject.id) ?? subject.id),
    );

    expect(concerned.length).toBeGreaterThan(10);
    for (const { rule, evidence } of concerned)
      expect(
        evidence.map(({ kind }) => kind),
        rule,
      ).toContain("permission");
  });

  test("finds each real server, and takes neither the website nor the closed one for one", () => {
    expect(report.servers.map(({ workload }) => workload.name).toSorted()).toEqual([
      "agent-gateway",
      "cloud-tools",
      "deploy-bot",
      "file-share",
      "inventory-reader",
      "modern-mcp",
      "team-notes",
    ]);
    expect(report.exposures.map(({ workload }) => workload.name)).not.toContain("internal-mcp");
  });

  test("no planted secret is in any file of the run, nor in what was printed", async () => {
    const texts = [demo.stdout, demo.stderr, ...(await textsBelow(join(cwd, directory)))];

    expect(texts.join("\n")).toMatch(/\[secret:[\w-]+:[0-9a-f]{16}\]/);
    for (const text of texts) expect(text).not.toMatch(/Pl4nted-0nly-4-Demo|Pl4nted0nly4Demo/);
  });
});

describe("a recorded run", () => {
  test("decides the same offline: replay reproduces every finding", async () => {
    const { code, stderr } = await runCli(["replay", directory, "-f", "json=again.json"], { cwd });
    const again: Report = JSON.parse(await readFile(join(cwd, "again.json"), "utf8"));

    expect(stderr).not.toMatch(/otherwise/);
    expect(code).toBe(0);
    expect(again.findings).toEqual(report.findings);
    expect({ ...again, run: 0 }).toEqual({ ...report, run: 0 });
  }, 60_000);

  test("from its snapshot alone nothing is contacted, and no server is claimed", async () => {
    const { code } = await runCli(
      ["audit", "--from-snapshot", directory, "-f", "json=cold.json", "--out", "cold-runs"],
      { cwd },
    );
    const cold: Report = JSON.parse(await readFile(join(cwd, "cold.json"), "utf8"));

    expect(code).toBe(0);
    expect(cold.servers).toEqual([]);
    expect(cold.exposures).toEqual(report.exposures);
    expect(cold.coverage.probe.skipped.length).toBeGreaterThan(5);
  }, 60_000);

  test("is written again in another format from its report", async () => {
    const { code, stdout } = await runCli(["report", directory, "--fail-on", "critical"], { cwd });

    expect(stdout).toMatch(/CRITICAL/);
    expect(code).toBe(2);
  }, 60_000);
});

async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const bytes = await readFile(join(entry.parentPath, entry.name));
        return (entry.name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
      }),
  );
}
