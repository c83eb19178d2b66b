import { describe, expect, test } from "vitest";
import { judged, summary, type Measurement } from "../bench/harness/row.ts";

const measurement = { name: "m", n: 1, spread: 0 } as const;

describe("a row of a bench", () => {
  test.each<[Pick<Measurement, "value" | "unit" | "limit" | "better">, number, number, boolean]>([
    [{ value: 30, unit: "CPU ms", limit: 30, better: "lower" }, 1, 30, true],
    [{ value: 31, unit: "CPU ms", limit: 30, better: "lower" }, 1, 30, false],
    [{ value: 59, unit: "CPU ms", limit: 30, better: "lower" }, 2, 60, true],
    [{ value: 16, unit: "CPU s", limit: 30, better: "lower" }, 0.5, 15, false],
    [{ value: 51, unit: "items/CPU s", limit: 100, better: "higher" }, 2, 50, true],
    [{ value: 99, unit: "items/CPU s", limit: 100, better: "higher" }, 1, 100, false],
    [{ value: 2, unit: "calls", limit: 1, better: "lower" }, 3, 1, false],
  ])("%j on a machine %d times as slow has the limit %d", (row, calibration, limit, ok) => {
    expect(judged({ ...measurement, ...row }, calibration)).toMatchObject({ limit, ok });
  });

  test("that was skipped does not miss", () => {
    const row = { ...measurement, value: 9, unit: "calls", limit: 1, better: "lower" } as const;
    expect(judged({ ...row, skipped: "not built" }, 1).ok).toBe(true);
  });

  test("is the median of its samples, and never a pass without any", () => {
    expect(summary([9, 1, 5, 3, 7])).toEqual({ value: 5, n: 5, spread: 4 });
    const row = {
      ...measurement,
      ...summary([]),
      unit: "calls",
      limit: 1,
      better: "lower",
    } as const;
    expect(judged(row, 1).ok).toBe(false);
  });
});
