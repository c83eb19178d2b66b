import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { earlierRuns } from "../../src/audit/earlier-runs.ts";
import { saveRun } from "../../src/audit/run-files.ts";
import { withFirstSeen } from "../../src/history/first-seen.ts";
import { aReport } from "../fixtures/report.ts";

const report = aReport();
const [first, second] = report.findings;
const known = (day: string, ...ids: string[]) => ({
  startedAt: `2026-11-${day}T00:00:00.000Z`,
  findings: new Set(ids),
});

test("a finding is dated by the earliest run that holds it, and a new one is not dated", () => {
  const { findings } = withFirstSeen(report, [
    known("20", first!.id),
    known("10", first!.id),
    known("05", "other"),
  ]);
  expect(findings[0]).toEqual({ ...first, firstSeen: "2026-11-10T00:00:00.000Z" });
  expect(findings[1]).toEqual(second);
});

test("a later run dates nothing", () => {
  expect(withFirstSeen(report, [known("30", first!.id)])).toEqual(report);
});

test("runs are read from their directory, whatever else lies there", async () => {
  const out = mkdtempSync(join(tmpdir(), "postern-seen-"));
  const run = { ...report.run, id: "old", startedAt: "2026-11-01T00:00:00.000Z" };
  await saveRun(out, { collected: [], decided: { report: { ...report, run }, links: [] } });
  const runs = await earlierRuns(out);
  expect(runs.map(({ startedAt, findings }) => [startedAt, findings.size])).toEqual([
    [run.startedAt, report.findings.length],
  ]);
  expect(await earlierRuns(join(out, "none"))).toEqual([]);
  rmSync(out, { recursive: true });
});
