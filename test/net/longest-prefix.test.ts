import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { flatten, longestFor } from "../../src/net/longest-prefix.ts";

const table = fc.array(
  fc.record({
    prefix: fc
      .tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 32 }),
      )
      .map(([a, b, length]) => parsePrefix(`10.${a}.0.${b}/${length}`)!),
    rank: fc.integer({ min: 0, max: 2 }),
    value: fc.string({ minLength: 1, maxLength: 2 }),
  }),
  { maxLength: 12 },
);
const address = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }))
  .map(([a, b]) => parseAddress(`10.${a}.0.${b}`)!.value);

test("a flattened table answers like a search for the longest prefix, the lowest rank among equals", () => {
  fc.assert(
    fc.property(table, address, (routes, at) => {
      const [best] = routes
        .filter(({ prefix }) => prefix.from <= at && at < prefix.end)
        .toSorted((a, b) => b.prefix.length - a.prefix.length || a.rank - b.rank);
      const segment = flatten("ipv4", routes).find(({ from, end }) => from <= at && at < end);
      expect(segment?.value).toBe(best?.value);
    }),
    { numRuns: 1000 },
  );
});

test("segments are disjoint and in order", () => {
  fc.assert(
    fc.property(table, (routes) => {
      const segments = flatten("ipv4", routes);
      for (const [i, { from, end }] of segments.entries()) {
        expect(from < end).toBe(true);
        if (i > 0) expect(segments[i - 1]!.end <= from).toBe(true);
      }
    }),
  );
});

test("a hundred thousand prefixes flatten in well under a second", () => {
  const routes = Array.from({ length: 100_000 }, (_, i) => ({
    prefix: parsePrefix(`${i % 223}.${(i >> 8) % 256}.${i % 256}.0/${16 + (i % 9)}`)!,
    rank: 0,
    value: i,
  }));
  const start = performance.now();
  flatten("ipv4", routes);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("a whole prefix is looked up as an address is, by entries that hold all of it", () => {
  const entries = [
    { rank: 0 },
    { prefix: "a name", rank: 0 },
    { prefix: "0.0.0.0/0", rank: 0 },
    { prefix: "10.0.0.0/16", rank: 2 },
    { prefix: "10.0.0.0/16", rank: 1 },
    { prefix: "10.0.1.0/24", rank: 3 },
  ];
  const found = (text: string): number | undefined => longestFor(entries, text)?.rank;
  expect([found("10.0.1.7"), found("10.0.1.0/24"), found("10.0.0.0/23")]).toEqual([3, 3, 1]);
  expect([found("10.1.0.0"), found("::1"), found("a name")]).toEqual([0, undefined, undefined]);
});
