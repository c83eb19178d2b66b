import { expect, test } from "vitest";
import { chaosRuns } from "../../bench/soak/chaos.ts";

test("calls that fail at random crash nothing and make nothing certain that was not", async () => {
  expect((await chaosRuns(2, 5)).problems).toEqual([]);
}, 60_000);
