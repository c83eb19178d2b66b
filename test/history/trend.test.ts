import { expect, test } from "vitest";
import { trendOf, trendText } from "../../src/history/trend.ts";
import { aReport } from "../fixtures/report.ts";

const base = aReport();
const [finding] = base.findings;

function run(id: string, startedAt: string, ids: readonly string[]) {
  return {
    ...base,
    run: { ...base.run, id, startedAt },
    findings: ids.map((each) => ({ ...finding!, id: each })),
  };
}

test("runs stand in the order of time, each with what came and went since the one before", () => {
  const rows = trendOf([
    run("second", "2026-02-01T00:00:00Z", ["b", "c", "d"]),
    run("first", "2026-01-01T00:00:00Z", ["a", "b"]),
    run("third", "2026-03-01T00:00:00Z", []),
  ]);

  expect(rows.map(({ run: id, appeared, gone }) => [id, appeared, gone])).toEqual([
    ["first", undefined, undefined],
    ["second", 2, 1],
    ["third", 0, 3],
  ]);
  expect(trendText(rows)).toMatch(/\n2026-02-01 00:00 .* \+2 +-1 .* second\n/);
});
