import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsDemoServers } from "../../mocks/worlds/aws-demo.ts";
import { azureDemoServers } from "../../mocks/worlds/azure-demo.ts";
import { gcpDemoServers } from "../../mocks/worlds/gcp-demo.ts";
import { ociDemoServers } from "../../mocks/worlds/oci-demo.ts";
import { reportJsonSchema } from "../../src/index.ts";
import type { Report } from "../../src/model/report.ts";
import { describeExplain } from "./demo-explain.ts";
import { demoTwice, type DemoRuns } from "./demo-runs.ts";
import { describeSameness } from "./demo-sameness.ts";
import { runCli, type CliResult } from "./run-cli.ts";

const providers = ["aws", "azure", "gcp", "oci"] as const;

let runs: DemoRuns;
let cwd: string;
let demo: CliResult;
let report: Report;
let directory: string;

beforeAll(async () => {
  runs = await demoTwice();
  ({ cwd, demo, report, first: directory } = runs);
}, 240_000);

afterAll(async () => rm(cwd, { recursive: true, force: true }));

describe("postern demo", () => {
  test("ends with 0 and shows one story a cloud, then a line a cloud", () => {
    expect(demo.code).toBe(0);
    expect(demo.stdout.match(/^CRITICAL  Anyone on the internet can act as/gm)).toHaveLength(4);
    for (const provider of providers)
      expect(demo.stdout).toMatch(new RegExp(`^  ${provider} +\\d+( +\\d+){6}$`, "m"));
    expect(demo.stdout).toMatch(/\d+ more findings: postern report postern-runs\//);
  });

  test.each(providers)(
    "shows critical back doors of %s, direct and behind a load balancer",
    (provider) => {
      const backdoors = report.findings.filter(
        ({ rule, subject }) => rule === "backdoor" && homeOf(subject.id) === provider,
      );
      const balanced = backdoors.filter(({ evidence }) =>
        evidence.some(({ kind }) => kind === "balancer"),
      );

      expect(new Set(backdoors.map(({ severity }) => severity))).toEqual(new Set(["critical"]));
      expect(balanced).toHaveLength(1);
      expect(backdoors.length).toBeGreaterThan(balanced.length);
      expect(
        report.findings.filter(
          ({ rule, subject }) => rule === "mcp-open" && homeOf(subject.id) === provider,
        ).length,
      ).toBeGreaterThan(1);
    },
  );

  test("knows an admin and an escalation in each cloud, and says where it can not be sure", () => {
    const powers = report.identities.map(({ provider, power, verdict }) =>
      [provider, power, verdict].join(" "),
    );

    for (const provider of providers)
      expect(powers).toEqual(
        expect.arrayContaining([`${provider} admin yes`, `${provider} escalates yes`]),
      );
    expect(powers).toEqual(
      expect.arrayContaining(["azure unknown maybe", "gcp unknown maybe", "oci admin maybe"]),
    );
    expect(report.unknowns.length).toBeGreaterThan(0);
    expect(report.coverage.complete).toBe(false);
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

  test("a chain about a workload whose identity may do something ends at a permission of it", () => {
    const able = report.identities.filter(({ grants }) => grants.length > 0);
    const withIdentity = new Set(able.flatMap(({ workloads }) => workloads));
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
    const doors = [...awsDemoServers, ...azureDemoServers, ...gcpDemoServers, ...ociDemoServers];
    const mcp = doors.filter(({ kind }) => kind !== "not-mcp").map(({ workload }) => workload);
    const closed = new Set(["internal-mcp", "vm-intranet", "back-office", "intranet-mcp"]);

    expect(report.servers.map(nameOrId).toSorted()).toEqual([...new Set(mcp)].toSorted());
    expect(report.exposures.filter(({ workload }) => closed.has(workload.name))).toEqual([]);
    expect(report.coverage.probe).toMatchObject({ skipped: [], mismatches: [] });
  });

  test("no planted secret is in any file of the run, nor in what was printed", async () => {
    const texts = [demo.stdout, demo.stderr, ...(await textsBelow(join(cwd, directory)))];

    expect(texts.join("\n")).toMatch(/\[secret:[\w-]+:[0-9a-f]{16}\]/);
    for (const text of texts) expect(text).not.toMatch(/Pl4nted-0nly-4-Demo|Pl4nted0nly4Demo/);
  });
});

describe("a recorded run", () => {
  test("decides the same offline: replay reproduces every finding, byte for byte", async () => {
    const { code, stderr } = await runCli(
      ["replay", directory, "-f", "json=again.json", "--quiet"],
      { cwd },
    );
    const again: Report = JSON.parse(await readFile(join(cwd, "again.json"), "utf8"));
    const lines = again.findings.map((finding) => `${JSON.stringify(finding)}\n`).join("");

    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(again.findings).toEqual(report.findings);
    expect({ ...again, run: 0 }).toEqual({ ...report, run: 0 });
    expect(lines).toBe(await readFile(join(cwd, directory, "findings.jsonl"), "utf8"));
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

describeExplain(() => runs);
describeSameness(() => runs);

function homeOf(id: string): string | undefined {
  return report.servers.find((server) => server.id === id)?.provider;
}

/** The worlds name machines of AWS by their ids. */
function nameOrId({ provider, workload }: Report["servers"][number]): string {
  return provider === "aws" ? workload.id : workload.name;
}

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
