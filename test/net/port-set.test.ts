import { expect, test } from "vitest";
import { portsAmong, portsOf } from "../../src/net/port-set.ts";
import { dice } from "../reach/dice.ts";

test.each([1, 2, 3, 40, 127, 128, 129, 400])(
  "of %i ranges in any order, what is made in place is what is made in general",
  (count) => {
    for (let seed = 0; seed < 40; seed += 1) {
      const d = dice(seed * 1000 + count);
      const ranges = Array.from({ length: count }, () => {
        const from = d.below(count * 20);
        return { from, to: from + d.below(12) };
      });
      const flat = ranges.flatMap(({ from, to }) => [from, to + 1]);
      expect(portsAmong(flat)).toEqual(portsOf(ranges));
    }
  },
);

test("ranges that touch are one, and none is none", () => {
  expect(portsAmong([5, 9, 0, 5]).borders).toEqual([0, 9]);
  expect(portsAmong([0, 9, 2, 3, 8, 12]).borders).toEqual([0, 12]);
  expect(portsAmong([]).borders).toEqual([]);
});
