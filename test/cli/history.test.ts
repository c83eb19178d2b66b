import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { mutesOf } from "../../bin/mutes-file.ts";
import { saveRun } from "../../src/audit/run-files.ts";
import type { Report } from "../../src/model/report.ts";
import { aReport } from "../fixtures/report.ts";
import { runCli } from "./run-cli.ts";

const timeout = 60_000;
const pair = generateKeyPairSync("ed25519");
const report = aReport();
const worst = report.findings.find(({ severity }) => severity === "critical")!;
const milder = report.findings.filter(({ severity }) => severity !== "critical");

let cwd = "";
let old = "";
let now = "";

async function saved(id: string, changes: Partial<Report>): Promise<string> {
  const run = { ...report.run, id };
  const decided = { report: aReport({ run, findings: [worst, ...milder], ...changes }), links: [] };
  return saveRun(join(cwd, "runs"), { collected: [], decided }, { signKey: pair.privateKey });
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "postern-history-"));
  old = await saved("old", { findings: milder });
  now = await saved("now", {});
  writeFileSync(join(cwd, "ours.pem"), pair.publicKey.export({ type: "spki", format: "pem" }));
});

const cli = async (...args: string[]) => runCli(args, { cwd });

/** A mute of the worst finding, written to a file of its own. */
function mutes(name: string, until: string): string {
  const file = `${name}.yaml`;
  const lines = [
    "# Reviewed monthly.",
    `- rule: ${worst.rule}`,
    "  reason: being rebuilt",
    "  owner: platform",
    `  until: ${until}`,
  ];
  writeFileSync(join(cwd, file), `${lines.join("\n")}\n`);
  return file;
}

describe("postern verify", () => {
  test("accepts a signed run under its key", { timeout }, async () => {
    const { code, stdout } = await cli("verify", now, "--key", "ours.pem");
    expect(stdout).toMatch(/Run now is as it was written: \d+ files .* of the given key\.\n$/);
    expect(code).toBe(0);
  });

  test("names the file of a changed byte", { timeout }, async () => {
    const run = await saved("tampered", {});
    const file = join(run, "findings.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace("critical", "kritical"));
    const { code, stdout } = await cli("verify", run);
    expect(stdout).toMatch(/^changed {3}findings\.jsonl: .*\nRun tampered .* 1 difference\.\n$/);
    expect(code).toBe(1);
  });

  test("says of a manifest that was cut off that it was", { timeout }, async () => {
    const run = await saved("cut", {});
    truncateSync(join(run, "manifest.json"), 100);
    const { code, stderr } = await cli("verify", run);
    expect(stderr).toMatch(/^postern: manifest\.json: is cut off or is not JSON\.\n {2}\S/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});

describe("postern diff", () => {
  test("shows what is new, and fails on it", { timeout }, async () => {
    const { code, stdout } = await cli("diff", old, now, "--fail-on", "critical");
    expect(stdout).toContain(`\nNew\n  CRITICAL ${worst.rule} `);
    expect(stdout).toMatch(/\n1 new, 0 changed, 0 fixed, /);
    expect(code).toBe(2);
  });

  test("does not fail on what is fixed, and is JSON when asked", { timeout }, async () => {
    const { code, stdout } = await cli("diff", now, old, "--fail-on", "info", "-f", "json");
    const diff = JSON.parse(stdout);
    expect(diff).toMatchObject({ schemaVersion: "1", before: { id: "now" }, after: { id: "old" } });
    expect(diff.findings.fixed.map(({ id }: { id: string }) => id)).toEqual([worst.id]);
    expect(code).toBe(0);
  });

  test("refuses a report of a version it does not know", { timeout }, async () => {
    const run = await saved("later", {});
    const file = join(run, "report.json");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace('"schemaVersion": "1"', '"schemaVersion": "9"'),
    );
    const { code, stderr } = await cli("diff", run, now);
    expect(stderr).toMatch(/report\.json .*schema version 1/);
    expect(code).toBe(1);
  });
});

describe("--mutes", () => {
  const failing = ["--fail-on", "critical", "--quiet"];

  test("keeps a muted finding from failing the run", { timeout }, async () => {
    const file = mutes("active", "2026-11-25");
    const { code, stderr } = await cli("report", now, "--mutes", file, ...failing);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  test("that ran out counts, and says so with its place", { timeout }, async () => {
    const file = mutes("expired", "2026-11-24");
    const { code, stderr } = await cli("report", now, "--mutes", file, ...failing);
    expect(stderr).toBe(
      `expired.yaml:2: this mute of platform ended on 2026-11-24; ${worst.id} counts again.\n`,
    );
    expect(code).toBe(2);
  });

  test.each([
    ["with a wrong date", "until", "until: soon", /wrong\.yaml:5: \[0\]\.until is not a date/],
    ["that is not YAML", "reason", "reason: {", /wrong\.yaml:\d+: /],
    ["with a misspelt member", "owner", "ovner: platform", /wrong\.yaml:2: \[0\]/],
  ])("%s is refused at its place", async (_, member, line, says) => {
    const file = join(cwd, mutes("wrong", "2026-12-31"));
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace(new RegExp(`${member}: .*`), line));
    await expect(mutesOf(file)).rejects.toThrow(says);
  });

  test("in a file that unfolds without end is refused", async () => {
    const rows = Array.from({ length: 9 }, (_, n) => `${n}: &a${n} [${`*a${n - 1},`.repeat(9)}]`);
    const file = join(cwd, "bomb.yaml");
    writeFileSync(file, `${["-1: &a-1 [x]", ...rows].join("\n")}\n`);
    await expect(mutesOf(file)).rejects.toThrow(/bomb\.yaml: .*alias/);
  });
});

describe("--only-new", () => {
  test("reports and counts what the baseline does not hold", { timeout }, async () => {
    const { code, stdout } = await cli(
      "report",
      now,
      "--only-new",
      old,
      "-f",
      "json",
      "--fail-on",
      "high",
    );
    expect(JSON.parse(stdout).findings.map(({ id }: { id: string }) => id)).toEqual([worst.id]);
    expect(code).toBe(2);
  });
});
