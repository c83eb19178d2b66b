import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressesAt,
  intersectFlows,
  subtractFlows,
  unionFlows,
  type FlowSet,
} from "../../src/net/flow-set.ts";
import { portsOf, hasPort, rangesOf, subtractPorts } from "../../src/net/port-set.ts";
import { holdsAddress, parseSet } from "../../src/net/prefix-set.ts";

const box = fc
  .tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 4 }),
    fc.constantFrom("10.0.0.0/31", "10.0.0.0/32", "10.0.0.2/31", "10.0.0.0/30"),
  )
  .map(([from, size, cidr]): FlowSet => [
    { ports: { from, to: from + size }, addresses: parseSet("ipv4", [cidr])! },
  ]);
const flows = fc.array(box, { maxLength: 5 }).map((boxes) => boxes.reduce(unionFlows, []));
const has = (set: FlowSet, port: number, address: string) => {
  const found = addressesAt(set, port);
  return found !== undefined && holdsAddress(found, address);
};

test("flow sets are exact for every single pair of address and port", () => {
  const address = fc.integer({ min: 0, max: 4 }).map((d) => `10.0.0.${d}`);
  fc.assert(
    fc.property(flows, flows, fc.integer({ min: 0, max: 17 }), address, (a, b, port, from) => {
      const [inA, inB] = [has(a, port, from), has(b, port, from)];
      expect(has(unionFlows(a, b), port, from)).toBe(inA || inB);
      expect(has(intersectFlows(a, b), port, from)).toBe(inA && inB);
      expect(has(subtractFlows(a, b), port, from)).toBe(inA && !inB);
    }),
    { numRuns: 2000 },
  );
});

test("neighbouring ports with equal addresses are one box", () => {
  const addresses = parseSet("ipv4", ["0.0.0.0/0"])!;
  const low: FlowSet = [{ ports: { from: 1, to: 5 }, addresses }];
  const high: FlowSet = [{ ports: { from: 6, to: 9 }, addresses }];
  expect(unionFlows(low, high)).toEqual([{ ports: { from: 1, to: 9 }, addresses }]);
});

test("both ends of a port range belong to it", () => {
  const ports = portsOf([{ from: 8000, to: 8100 }]);
  expect([7999, 8000, 8100, 8101].map((port) => hasPort(ports, port))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(rangesOf(subtractPorts(portsOf([{ from: 0, to: 65_535 }]), ports))).toEqual([
    { from: 0, to: 7999 },
    { from: 8101, to: 65_535 },
  ]);
});
