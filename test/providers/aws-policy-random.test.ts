import { expect, test } from "vitest";
import { agreement } from "./aws-policy-agreement.ts";

test("2,000 random decisions agree with an evaluator that was written to be obvious", () => {
  const { seen, disagreements } = agreement(20_261_122, 2_000);
  expect(disagreements).toEqual([]);
  // The comparison means nothing if one answer hardly occurs.
  expect(Math.min(seen.yes, seen.maybe, seen.no)).toBeGreaterThan(50);
});
