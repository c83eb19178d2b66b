import { excludeCidr, mergeCidr, overlapCidr } from "cidr-tools";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress, parsePrefix, formatAddress } from "../../src/net/address.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import {
  contains,
  covers,
  intersect,
  isEmpty,
  parseSet,
  sizeOf,
  subtract,
  toCidrs,
  union,
} from "../../src/net/prefix-set.ts";

const runs = { numRuns: 500 };

// Few bits, so that prefixes nest, touch and overlap often.
const cidr4 = fc
  .tuple(
    fc.constantFrom(10, 11, 128, 255),
    fc.integer({ min: 0, max: 7 }),
    fc.integer({ min: 0, max: 255 }),
    fc.integer({ min: 0, max: 32 }),
  )
  .map(([a, b, d, length]) => `${a}.${b * 32}.0.${d}/${length}`);
const cidr6 = fc
  .tuple(
    fc.constantFrom("2001", "2600", "fe80"),
    fc.integer({ min: 0, max: 15 }),
    fc.integer({ min: 0, max: 128 }),
  )
  .map(([a, b, length]) => `${a}:${b.toString(16)}::${b.toString(16)}/${length}`);

describe.each([
  ["ipv4", cidr4],
  ["ipv6", cidr6],
] as const)("prefix sets of %s agree with cidr-tools on", (family, cidr) => {
  const list = fc.array(cidr, { maxLength: 8 });
  const set = (cidrs: readonly string[]) => parseSet(family, cidrs)!;

  test("union, canonical and minimal", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(toCidrs(union(set(a), set(b)))).toEqual(mergeCidr([...a, ...b]));
      }),
      runs,
    );
  });

  test("difference", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(toCidrs(subtract(set(a), set(b)))).toEqual(mergeCidr(excludeCidr(a, b)));
      }),
      runs,
    );
  });

  test("intersection, as what is left of one without what is left of it without the other", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const both = intersect(set(a), set(b));
        expect(toCidrs(both)).toEqual(mergeCidr(excludeCidr(a, excludeCidr(a, b))));
        expect(isEmpty(both)).toBe(a.length === 0 || b.length === 0 || !overlapCidr(a, b));
      }),
      runs,
    );
  });

  test("containment", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(contains(set(a), set(b))).toBe(excludeCidr(b, a).length === 0);
      }),
      runs,
    );
  });
});

test.each([
  "010.1.1.1",
  "10.1",
  "1.2.3.256",
  "1.2.3.4/33",
  "1.2.3.4/",
  "1.2.3.4/8/8",
  "1.2.3.4/08",
  "",
  ":::",
  "1::2::3",
  "12345::",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8::",
  "::1/129",
  "fe80::1%eth0",
  " 1.2.3.4",
])("%j is refused as a prefix", (text) => {
  expect(parsePrefix(text)).toBeUndefined();
});

test("host bits are cleared", () => {
  expect(toCidrs(parseSet("ipv4", ["10.1.2.3/8"])!)).toEqual(["10.0.0.0/8"]);
});

test("an IPv4-mapped address is the IPv4 address", () => {
  expect(parseAddress("::ffff:1.2.3.4")).toEqual({ family: "ipv4", value: 16_909_060 });
});

test("addresses are written in the canonical form", () => {
  const address = parseAddress("2001:0DB8:0:0:1:0:0:0")!;
  expect(formatAddress("ipv6", address.value)).toBe("2001:db8:0:0:1::");
});

test("two halves are the whole internet", () => {
  expect(
    contains(parseSet("ipv4", ["0.0.0.0/1", "128.0.0.0/1"])!, clientSpace("aws", "ipv4")),
  ).toBe(true);
});

test("documentation ranges are clients, private, carrier and multicast ranges are not", () => {
  const space = clientSpace("aws", "ipv4");
  const inside = [
    "192.0.2.0/24",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "192.88.99.0/24",
    "223.255.255.255/32",
  ];
  const outside = [
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "198.18.0.0/15",
    "224.0.0.0/3",
    "192.0.0.0/24",
  ];
  for (const cidr of inside) expect(contains(space, parseSet("ipv4", [cidr])!)).toBe(true);
  for (const cidr of outside)
    expect(isEmpty(intersect(space, parseSet("ipv4", [cidr])!))).toBe(true);
});

test("Google's health probes are no clients in Google's cloud only", () => {
  expect(sizeOf(clientSpace("aws", "ipv4")) - sizeOf(clientSpace("gcp", "ipv4"))).toBe(
    65_536 + 1024,
  );
});

test.each([
  [["10.0.0.0/8"], "10.1.0.0/16", true],
  [["10.0.0.0/8"], "10.1.2.3", true],
  [["10.0.0.0/9"], "10.0.0.0/8", false],
  [["10.0.0.0/9", "10.128.0.0/9"], "10.0.0.0/8", true],
  [["a name", "10.0.0.0/8"], "10.1.2.3", true],
  [["10.0.0.0/8"], "a name", false],
  [["0.0.0.0/0"], "2001:db8::1", false],
  [["2001:db8::/32", "10.0.0.0/8"], "2001:db8::1", true],
  [[], "10.1.2.3", false],
])("%s hold %s together: %s", (cidrs, text, held) => {
  expect(covers(cidrs, text)).toBe(held);
});
