import { expect, test } from "vitest";
import { agreement } from "./agreement.ts";

test("2,000 random packets pass or stop as an evaluator of single packets says", () => {
  const { compared, open, disagreements } = agreement(1, 2000);
  expect(disagreements.map(({ seed, packet, engine }) => ({ seed, packet, engine }))).toEqual([]);
  expect(compared).toBe(2000);
  const ways = Object.keys(open);
  for (const via of ["direct", "alb", "nlb"])
    expect(ways.filter((way) => way.startsWith(`${via}/`))).not.toEqual([]);
  for (const family of ["ipv4", "ipv6"])
    expect(ways.filter((way) => way.endsWith(family))).not.toEqual([]);
}, 120_000);
