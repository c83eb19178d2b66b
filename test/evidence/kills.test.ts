import { expect, test } from "vitest";
import { killRuns } from "../../bench/soak/kills.ts";

test("a killed run leaves old runs whole, itself unfinished or whole, and is resumed to what an unbroken one gives", async () => {
  const { found, saved, problems } = await killRuns(6, 20);
  expect(problems).toEqual([]);
  expect(found.absent + found.unfinished + found.whole).toBe(6);
  expect(saved).toBeGreaterThan(50);
}, 90_000);
