import { expect, test } from "vitest";
import { gateAgreement } from "./gate-agreement.ts";

test.each(["azure", "gcp", "oci"] as const)(
  "2,000 random packets pass or stop at gates of %s as an evaluator of single packets says",
  (kind) => {
    const { compared, arriving, disagreements } = gateAgreement(kind, 1, 2000);
    expect(disagreements).toEqual([]);
    expect(compared).toBe(2000);
    expect(arriving).toBeGreaterThan(200);
    expect(arriving).toBeLessThan(1800);
  },
  60_000,
);
