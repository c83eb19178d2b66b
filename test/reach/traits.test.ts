import { describe, expect, test } from "vitest";
import type { Approach, Gate, Leg, StateGate } from "../../src/model/network.ts";
import { isUsual, mayArrive, traitsOf } from "../../src/reach/traits.ts";
import { direct, directLeg, source } from "./neutral.ts";

const gate = (open: boolean, more: Partial<StateGate> = {}): StateGate => ({
  kind: "state",
  code: "NO_PUBLIC_ADDRESS",
  id: "nic",
  open,
  because: "it is so",
  source,
  ...more,
});

const leg: Leg = { ...directLeg, own: [gate(true), gate(true)] };
const approach: Approach = { ...direct, legs: [leg] };

const withLeg = (more: Partial<Leg>): Approach => ({ ...approach, legs: [{ ...leg, ...more }] });
const behind = (...own: readonly Gate[]): Approach => withLeg({ own });
const { chain: _, ...unchained } = leg;
const rules: Gate = {
  kind: "rules",
  match: "union",
  code: "SG_NO_MATCH",
  id: "sg",
  ruleSets: ["sg"],
  peer: "from",
  port: "dialled",
  source,
};

describe("two approaches that are told alike by their numbers", () => {
  test.each<readonly [string, Approach]>([
    ["protocol", { ...approach, protocol: ["udp"] }],
    ["several protocols", { ...approach, protocol: ["tcp", "udp"] }],
    ["first port", { ...approach, entryPorts: { from: 1, to: 65_535 } }],
    ["last port", { ...approach, entryPorts: { from: 0, to: 65_534 } }],
    ["family", { ...withLeg({ family: "ipv6" }), family: "ipv6" }],
    ["family of the leg alone", withLeg({ family: "ipv6" })],
    ["sign-in", { ...approach, authGate: "iam" }],
    ["protocol behind", { ...approach, backendTls: "https" }],
    ["protocol in front", { ...approach, entry: { ...approach.entry, tls: "https" } }],
    ["assumptions", { ...approach, assumptions: ["it is so"] }],
    ["front door", { ...approach, via: ["lb"] }],
    ["near miss", { ...approach, nearMiss: true }],
    ["another port behind", withLeg({ port: 80 })],
    ["groups of the sender", withLeg({ from: { addresses: "client", groups: ["g"] } })],
    ["no chain", { ...approach, legs: [unchained] }],
    ["a second leg", { ...approach, legs: [leg, unchained] }],
    ["one gate fewer", behind(gate(true))],
    ["no gate", behind()],
    ["first gate closed", behind(gate(false), gate(true))],
    ["second gate closed", behind(gate(true), gate(false))],
    ["a gate of another family", behind(gate(true), gate(true, { families: ["ipv6"] }))],
    ["a latent gate", behind(gate(true), gate(false, { latent: true }))],
    ["a gate of rules", behind(gate(true), rules)],
  ])("do not differ in: %s", (_what, other) => {
    const [own, others] = [traitsOf(approach), traitsOf(other)];
    expect(isUsual(own)).toBe(true);
    expect(isUsual(others) && others === own).toBe(false);
  });

  test("nor in which of their gates is closed, nor for whom", () => {
    const ways = [
      behind(gate(false), gate(true)),
      behind(gate(true), gate(false)),
      behind(gate(false), gate(false)),
      behind(gate(false, { families: ["ipv6"] }), gate(false)),
      behind(gate(false), gate(false, { families: ["ipv6"] })),
    ];
    expect(new Set(ways.map(traitsOf)).size).toBe(ways.length);
  });

  test("may differ in names and addresses", () => {
    const entry = { ...approach.entry, address: "192.0.2.2" };
    const named = { ...withLeg({ own: [gate(true, { id: "a" }), gate(true)] }), entry };
    expect(traitsOf({ ...named, workload: "other" })).toBe(traitsOf(approach));
  });

  test("have no more gates than there are bits for", () => {
    const many = (count: number, shut: number): number =>
      traitsOf(behind(...Array.from({ length: count }, (_gate, i) => gate(i !== shut))));
    expect(new Set(Array.from({ length: 7 }, (_gate, i) => many(7, i))).size).toBe(7);
    expect(isUsual(many(7, 0))).toBe(true);
    expect(isUsual(many(8, 0))).toBe(false);
  });
});

test.each([
  ["all gates open", behind(gate(true)), true],
  ["one closed", behind(gate(true), gate(false)), false],
  ["one closed for another family", behind(gate(false, { families: ["ipv6"] })), true],
  ["one closed for a while", behind(gate(false, { latent: true })), false],
] as const)("where clients may arrive: %s", (_what, way, expected) => {
  expect(mayArrive(traitsOf(way))).toBe(expected);
});

test("what is not plain has no traits at all", () => {
  expect(traitsOf({ ...approach, via: ["lb"] })).toBe(0);
  expect(traitsOf(behind(rules))).toBe(0);
});
