import { describe, expect, test } from "vitest";
import { onlyNew } from "../../src/history/diff.ts";
import type { Report } from "../../src/model/report.ts";
import { aReport } from "../fixtures/report.ts";

const before = aReport();
const [finding] = before.findings;

/** The earlier run, without the finding. */
function without(changes: Partial<Report> = {}): Report {
  return aReport({ findings: before.findings.filter(({ id }) => id !== finding!.id), ...changes });
}

describe("only new", () => {
  test("keeps what the baseline does not hold or holds as less severe", () => {
    const milder = { ...finding!, severity: "info" as const };
    expect(onlyNew(before, before).findings).toEqual([]);
    expect(onlyNew(before, without()).findings).toEqual([finding]);
    const kept = onlyNew(before, without({ findings: [milder, ...before.findings.slice(1)] }));
    expect(kept.findings).toEqual([finding]);
    expect(kept.summary.bySeverity[finding!.severity]).toBe(1);
    expect(kept.servers.flatMap(({ findings }) => findings)).not.toContain("other");
  });

  test("keeps unknowns that the baseline did not have", () => {
    const { subject } = finding!;
    const unknown = { rule: "r", subject, because: "denied", worst: "high", best: "pass" } as const;
    const now = aReport({ unknowns: [unknown] });
    expect(onlyNew(now, aReport({ unknowns: [] })).unknowns).toEqual([unknown]);
    expect(onlyNew(now, now).unknowns).toEqual([]);
  });
});
