import { describe, expect, test } from "vitest";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach, Gate, Rule } from "../../src/model/network.ts";
import { reach } from "../../src/reach/reach.ts";
import { direct, directLeg, inventoryOf, source } from "./neutral.ts";

const nobody = { addresses: [], groups: [] } as const;
const { from: client, stop } = directLeg;

const rule = (
  id: string,
  action: Rule["action"],
  from: number,
  to: number,
  cidr: string,
): Rule => ({
  id,
  action,
  protocol: "tcp",
  ports: { from, to },
  peers: [{ kind: "prefix", cidr }],
  source,
});

const filter: Gate = {
  kind: "rules",
  match: "first",
  code: "FW_DENY_RULE",
  id: "acl",
  ruleSets: ["acl"],
  peer: "from",
  port: "dialled",
  source,
};

function inventory(
  rules: readonly Rule[],
  gates: readonly Gate[],
  approaches: readonly Approach[],
): Inventory {
  return inventoryOf("azure", new Map([["acl", { id: "acl", rules, source }]]), gates, approaches);
}

const rows = (found: Inventory) =>
  reach(found).exposures.map(({ portRange, sources }) => [portRange.from, portRange.to, sources]);

describe("first match", () => {
  test("splits ports where the answer changes, at both ends of the range", () => {
    const rules = [
      rule("a", "deny", 100, 200, "0.0.0.0/0"),
      rule("b", "allow", 50, 250, "0.0.0.0/0"),
    ];
    expect(rows(inventory(rules, [filter], [direct]))).toEqual([
      [50, 99, "internet"],
      [201, 250, "internet"],
    ]);
  });

  test("takes only the denied clients away", () => {
    const rules = [
      rule("a", "deny", 80, 80, "203.0.113.0/25"),
      rule("b", "allow", 80, 80, "203.0.113.0/24"),
    ];
    expect(rows(inventory(rules, [filter], [direct]))).toEqual([[80, 80, ["203.0.113.128/25"]]]);
  });
});

test("two addresses of one workload are two exposures, since each is probed", () => {
  const second = { ...direct, entry: { ...direct.entry, address: "198.51.100.2" } };
  const found = reach(
    inventory([rule("a", "allow", 80, 80, "0.0.0.0/0")], [filter], [direct, second]),
  );
  expect(new Set(found.exposures.map(({ entry }) => entry.address))).toEqual(
    new Set(["192.0.2.1", "198.51.100.2"]),
  );
  expect(new Set(found.exposures.map(({ id }) => id)).size).toBe(2);
});

test("a front door changes port and source, and its own clients are what counts", () => {
  const through: Approach = {
    ...direct,
    via: ["lb"],
    entryPorts: { from: 443, to: 443 },
    clients: ["203.0.113.0/24"],
    legs: [
      {
        family: "ipv4",
        from: client,
        to: nobody,
        port: 443,
        own: [],
        stop: { ...stop, kind: "balancer", id: "lb" },
      },
      {
        family: "ipv4",
        from: { addresses: ["10.0.0.4"], groups: [] },
        to: nobody,
        port: 8000,
        own: [],
        chain: "c",
        stop,
      },
    ],
  };
  const admits = (cidr: string) =>
    reach(inventory([rule("a", "allow", 8000, 8000, cidr)], [filter], [through]));
  expect(admits("10.0.0.0/24").exposures).toMatchObject([
    {
      via: "lb",
      entry: { port: { from: 443, to: 443 } },
      portRange: { from: 8000, to: 8000 },
      sources: ["203.0.113.0/24"],
    },
  ]);
  expect(admits("203.0.113.0/24").exposures).toEqual([]);
  expect(admits("203.0.113.0/24").blocked).toMatchObject([
    { via: "lb", entryPort: 443, port: { from: 8000 }, firstGate: "FW_DENY_RULE" },
  ]);
});

test("an unread gate that may grant gives unknown, one that may only limit gives maybe", () => {
  const unread = (limit: boolean): Gate => ({
    kind: "unread",
    limit,
    code: "FW_IMPLICIT_DENY",
    id: "x",
    because: "X was not read",
    source,
  });
  const rules = [rule("a", "allow", 80, 80, "0.0.0.0/0")];
  const judged = (limit: boolean) =>
    reach(inventory(rules, [filter, unread(limit)], [direct])).exposures;
  expect(judged(true)).toMatchObject([
    { verdict: "reachable", certainty: "maybe", assumptions: ["X was not read"] },
  ]);
  expect(judged(false)).toMatchObject([
    { verdict: "unknown", certainty: "maybe", assumptions: ["X was not read"] },
  ]);
});

test("an unresolved list under a deny never makes a port look closed", () => {
  const deny: Rule = {
    ...rule("a", "deny", 80, 80, "0.0.0.0/0"),
    peers: [{ kind: "unknown", because: "list L was not read" }],
  };
  const rules = [deny, rule("b", "allow", 80, 80, "0.0.0.0/0")];
  const found = reach(inventory(rules, [filter], [direct]));
  expect(found.exposures).toMatchObject([
    { verdict: "unknown", assumptions: ["list L was not read"] },
  ]);
  expect(found.blocked).toEqual([]);
});

test("the answer does not depend on the order of what is judged", () => {
  const second = { ...direct, entry: { ...direct.entry, address: "198.51.100.2" } };
  const rules = [rule("a", "allow", 80, 80, "0.0.0.0/0")];
  const forth = reach(inventory(rules, [filter], [direct, second]));
  expect(reach(inventory(rules, [filter], [second, direct]))).toEqual(forth);
});

test("a way through a front door keeps its id when its addresses change, a direct one does not", () => {
  const idOf = (via: string[], address?: string): string | undefined => {
    const entry = { hosts: [], paths: [], tls: "unknown", name: "lb.example.test" } as const;
    const way = { ...direct, via, entry: { ...entry, ...(address !== undefined && { address }) } };
    const rules = [rule("a", "allow", 80, 80, "0.0.0.0/0")];
    return reach(inventory(rules, [filter], [way])).exposures[0]?.id;
  };
  const [first, second] = ["198.51.100.1", "198.51.100.2"];
  expect(idOf(["lb"], first)).toBeDefined();
  expect(new Set([idOf(["lb"], first), idOf(["lb"], second), idOf(["lb"])]).size).toBe(1);
  expect(idOf([], first)).not.toBe(idOf([], second));
});
