import { describe, expect, test } from "vitest";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Gate, NextHop, Route } from "../../src/model/network.ts";
import { reach } from "../../src/reach/reach.ts";
import { source } from "./neutral.ts";
import { rule, seen, stage, staged, world } from "./one-machine.ts";

test("a group that was not read leaves what its neighbours admit, and may admit the rest", () => {
  const lists = { "sg-1": [rule("sg-1", "allow", 22)] };
  const gate: Gate = {
    kind: "rules",
    match: "union",
    code: "SG_NO_MATCH",
    id: "sg-1,sg-2",
    ruleSets: ["sg-1"],
    unread: "sg-2 was not read",
    peer: "from",
    port: "dialled",
    source,
  };
  expect(seen(world(lists, gate))).toEqual([
    [0, "unknown", "maybe", ["sg-2 was not read"]],
    [22, "reachable", "certain", []],
    [23, "unknown", "maybe", ["sg-2 was not read"]],
  ]);
});

describe("clients inside the network", () => {
  const table = (next: "elsewhere" | "local", prefix: string) =>
    ({ prefix, next, rank: 0, because: "a route", source, target: "peer-1" }) as const;
  const found = (): Inventory => {
    const lists = {
      vpc: [rule("ssh", "allow", 22, { peers: [{ kind: "prefix", cidr: "10.0.0.0/8" }] })],
    };
    const gates: Gate[] = [
      {
        kind: "state",
        code: "NO_INTERNET_GATEWAY",
        id: "vpc",
        open: false,
        because: "none",
        source,
      },
      staged([stage(["vpc"])]),
      { kind: "routes", code: "NO_INTERNET_ROUTE", id: "rtb", table: "rtb", source },
    ];
    const routes = [table("local", "10.0.0.0/16"), table("elsewhere", "10.1.0.0/16")];
    return {
      ...world(lists, ...gates),
      routeTables: new Map([["rtb", { id: "rtb", routes, source }]]),
    };
  };
  const from = (...cidrs: string[]) =>
    reach(found(), undefined, { from: cidrs }).exposures.map(({ verdict, sources }) => [
      verdict,
      sources,
    ]);

  test("need no way in from the internet, only its filters", () => {
    expect(reach(found()).exposures).toEqual([]);
    expect(from("10.0.3.0/24")).toEqual([["reachable", ["10.0.3.0/24"]]]);
    expect(from("192.168.0.0/24")).toEqual([]);
  });

  test("that come by another network are unknown, since that way is not followed", () => {
    expect(
      from("10.0.3.0/24", "10.1.0.0/24").toSorted(([a], [b]) => String(a).localeCompare(String(b))),
    ).toEqual([
      ["reachable", ["10.0.3.0/24"]],
      ["unknown", ["10.1.0.0/24"]],
    ]);
  });

  const answered = (...routes: Route[]) => {
    const routed: Gate = {
      kind: "routes",
      code: "NO_INTERNET_ROUTE",
      id: "rtb",
      table: "rtb",
      source,
    };
    const lists = { vpc: [rule("in", "allow", 22)] };
    const tables = new Map([["rtb", { id: "rtb", routes, source }]]);
    const routedWorld = { ...world(lists, staged([stage(["vpc"])]), routed), routeTables: tables };
    return reach(routedWorld, undefined, { from: ["10.0.0.0/16"] })
      .exposures.map(({ verdict, sources }) => [[verdict], sources].flat())
      .toSorted(([a = ""], [b = ""]) => a.localeCompare(b));
  };
  const route = (next: NextHop, prefix?: string): Route => ({
    ...(prefix !== undefined && { prefix }),
    next,
    rank: 0,
    because: "a route",
    source,
    target: "hop",
  });
  const own = route("local", "10.0.0.0/16");

  test.each<readonly [string, NextHop, readonly string[][]]>([
    ["nowhere are not answered", "dropped", []],
    ["elsewhere are unknown", "elsewhere", [["unknown", "10.0.128.0/17"]]],
    [
      "to a machine are unknown, since they may come by it",
      "asymmetric",
      [["unknown", "10.0.128.0/17"]],
    ],
  ])("of their own network whom a longer route leads %s", (_, next, rest) => {
    const routes = [own, route(next, "10.0.128.0/17")];
    expect(answered(...routes)).toEqual([["reachable", "10.0.0.0/17"], ...rest]);
  });

  test("may be anywhere where a way elsewhere was not read", () => {
    const half = route("local", "10.0.0.0/17");
    const [sure, open] = [
      ["reachable", "10.0.0.0/17"],
      ["unknown", "10.0.128.0/17"],
    ];
    expect(answered(half, route("elsewhere"))).toEqual([sure, open]);
    expect(answered(half, route("internet"))).toEqual([sure]);
  });

  test("with public addresses come as any internet client does", () => {
    expect(from("203.0.113.0/24")).toEqual([]);
  });

  test("with public addresses pass no closed door to the internet, even where no route is asked", () => {
    const closed: Gate = {
      kind: "state",
      code: "NO_PUBLIC_ADDRESS",
      id: "nic",
      open: false,
      because: "nic has no public address",
      source,
    };
    const lists = { vpc: [rule("in", "allow", 8000)] };
    const alone = world(lists, closed, staged([stage(["vpc"])]));
    expect(reach(alone, undefined, { from: ["203.0.113.0/24"] }).exposures).toEqual([]);
    expect(reach(alone, undefined, { from: ["10.9.0.0/24"] }).exposures).toHaveLength(1);
  });

  const closed = (code: "LB_INTERNAL_SCHEME" | "LB_NO_TARGET"): Gate => ({
    kind: "state",
    code,
    id: "lb",
    open: false,
    because: "closed",
    source,
  });
  const behind = (...gates: Gate[]): Inventory => {
    const lists = { vpc: [rule("in", "allow", 8000)] };
    const plain = world(lists, staged([stage(["vpc"])]));
    const approaches = (plain.approaches ?? []).map((approach) =>
      Object.assign({}, approach, {
        via: ["lb"],
        nearMiss: true,
        legs: approach.legs.map((leg) => Object.assign({}, leg, { own: gates })),
      }),
    );
    return { ...plain, approaches };
  };

  test.each([
    ["reach an internal balancer", [closed("LB_INTERNAL_SCHEME")], 1],
    [
      "reach none that is closed for another reason too",
      [closed("LB_INTERNAL_SCHEME"), closed("LB_NO_TARGET")],
      0,
    ],
    ["nor what is told only as a near miss", [closed("LB_NO_TARGET")], 0],
    ["even where no gate of its own says why", [], 0],
  ] as const)("%s", (_what, gates, count) => {
    const options = { from: ["10.9.0.0/24"] };
    expect(reach(behind(...gates)).exposures).toEqual([]);
    expect(reach(behind(...gates), undefined, options).exposures).toHaveLength(count);
  });
});
