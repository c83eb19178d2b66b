import { describe, expect, test } from "vitest";
import type { Gate } from "../../src/model/network.ts";
import { reach } from "../../src/reach/reach.ts";
import { source } from "./neutral.ts";
import { blockedOn, rule, seen, stage, staged, world } from "./one-machine.ts";

describe("stages", () => {
  test("an earlier stage decides before a later one is asked", () => {
    const lists = { org: [rule("org#1", "deny", 22)], vpc: [rule("ssh", "allow", 22)] };
    const found = world(
      lists,
      staged([stage(["org"], { code: "HIERARCHICAL_DENY" }), stage(["vpc"])]),
    );
    expect(seen(found)).toEqual([]);
    expect(blockedOn(found, 22)).toEqual([
      ["HIERARCHICAL_DENY", "org#1", "org#1 denies tcp port 22 from 0.0.0.0/0"],
    ]);
    expect(blockedOn(found, 23)).toEqual([
      ["FW_IMPLICIT_DENY", "firewall", "no rule of firewall matches, which denies it"],
    ]);
  });

  test("an earlier allow makes the denies behind it void", () => {
    const lists = { org: [rule("org#1", "allow", 22)], vpc: [rule("no", "deny", 22)] };
    const found = world(lists, staged([stage(["org"]), stage(["vpc"])]));
    const [exposure] = reach(found).exposures;
    expect(exposure?.hops.map(({ because }) => because)).toContain(
      "org#1 allows tcp port 22 from 0.0.0.0/0",
    );
  });

  test("`next` leaves the stage, past the rest of its list", () => {
    const lists = {
      org: [rule("org#1", "next", 22), rule("org#2", "deny", 22)],
      vpc: [rule("ssh", "allow", 22)],
    };
    expect(seen(world(lists, staged([stage(["org"]), stage(["vpc"])])))).toEqual([
      [22, "reachable", "certain", []],
    ]);
  });

  test("of several lists of one stage each must allow, and any may deny", () => {
    const lists = {
      subnet: [rule("s1", "allow", 22), rule("s2", "allow", 80), rule("s3", "allow", 443)],
      nic: [rule("n1", "allow", 22), rule("n2", "deny", 80)],
    };
    const found = world(lists, staged([stage(["subnet", "nic"], { otherwise: "deny" })]));
    expect(seen(found)).toEqual([[22, "reachable", "certain", []]]);
    expect(blockedOn(found, 80)).toEqual([
      ["FW_DENY_RULE", "n2", "n2 denies tcp port 80 from 0.0.0.0/0"],
    ]);
    expect(blockedOn(found, 443).map(([code, by]) => [code, by])).toEqual([
      ["FW_DENY_RULE", "firewall"],
    ]);
  });

  test("an unread stage leaves what later ones allow with a doubt, and opens what they close perhaps", () => {
    const lists = { vpc: [rule("ssh", "allow", 22)] };
    const unread = stage([], { unread: "the organisation's policies could not be read" });
    expect(seen(world(lists, staged([unread, stage(["vpc"])])))).toEqual([
      [0, "unknown", "maybe", ["the organisation's policies could not be read"]],
      [22, "reachable", "maybe", ["the organisation's policies could not be read"]],
      [23, "unknown", "maybe", ["the organisation's policies could not be read"]],
    ]);
  });

  test("an unread stage cannot open what an earlier one denies", () => {
    const all = { ports: { from: 0, to: 65_535 } };
    const lists = { org: [rule("org#1", "deny", 0, all)] };
    const unread = stage([], { unread: "could not be read" });
    expect(seen(world(lists, staged([stage(["org"]), unread])))).toEqual([]);
  });

  test("a list that cannot be resolved makes the answer conditional, for or against", () => {
    const geo = { peers: [{ kind: "unknown", because: "countries are not resolved" }] } as const;
    const against = { org: [rule("org#1", "deny", 22, geo), rule("org#2", "allow", 22)] };
    expect(seen(world(against, staged([stage(["org"])])))).toEqual([
      [22, "reachable", "maybe", ["countries are not resolved"]],
    ]);
    const inFavour = { org: [rule("org#1", "allow", 22, geo)] };
    expect(seen(world(inFavour, staged([stage(["org"])])))).toEqual([
      [22, "unknown", "maybe", ["countries are not resolved"]],
    ]);
    const jump = {
      org: [rule("org#1", "next", 22, geo), rule("org#2", "deny", 22)],
      vpc: [rule("ssh", "allow", 22)],
    };
    expect(seen(world(jump, staged([stage(["org"]), stage(["vpc"])])))).toEqual([
      [22, "unknown", "maybe", ["countries are not resolved"]],
    ]);
  });

  test("a gate about the other family says nothing", () => {
    const found = world({}, staged([], { families: ["ipv6"] }));
    expect(seen(found)).toEqual([[0, "reachable", "certain", []]]);
  });
});

describe("ports of the sender", () => {
  const far = { sourcePorts: { from: 53, to: 53 } };

  test("a deny of some of them leaves clients the others", () => {
    const lists = { vpc: [rule("no", "deny", 22, far), rule("ssh", "allow", 22)] };
    const [exposure] = reach(world(lists, staged([stage(["vpc"])]))).exposures;
    expect(exposure?.sources).toBe("internet");
    expect(exposure?.sourcePorts).toBeUndefined();
  });

  test("an allow of some of them is an exposure that names them", () => {
    const lists = { vpc: [rule("dns", "allow", 22, far)] };
    const [exposure] = reach(world(lists, staged([stage(["vpc"])]))).exposures;
    expect(exposure?.sourcePorts).toEqual({ from: 53, to: 53 });
  });

  test("two gates must admit the same ones", () => {
    const lists = {
      one: [rule("a", "allow", 22, far)],
      two: [rule("b", "allow", 22, { sourcePorts: { from: 54, to: 54 } })],
    };
    const found = world(
      lists,
      staged([stage(["one"])]),
      staged([stage(["two"])], { id: "second" }),
    );
    expect(seen(found)).toEqual([]);
    expect(blockedOn(found, 22)).not.toEqual([]);
  });
});

describe("stateless rules", () => {
  const gates = (requests: readonly string[], replies: readonly string[]): Gate[] => [
    {
      kind: "rules",
      match: "union",
      code: "FW_IMPLICIT_DENY",
      id: "lists",
      ruleSets: requests,
      peer: "from",
      port: "dialled",
      source,
    },
    { kind: "stateless", code: "STATELESS_RETURN", id: "lists", requests, replies, source },
  ];
  const loose = { stateless: true } as const;
  const answer = rule("out", "allow", 0, {
    ports: { from: 1024, to: 65_535 },
    sourcePorts: { from: 22, to: 22 },
  });

  test("need a rule for the answer, also beside a stateful one for the same packets", () => {
    const lists = { in: [rule("in#1", "allow", 22, loose), rule("in#2", "allow", 22)], out: [] };
    const found = world(lists, ...gates(["in"], ["out"]));
    expect(seen(found)).toEqual([]);
    expect(blockedOn(found, 22).map(([code, by]) => [code, by])).toEqual([
      ["STATELESS_RETURN", "in#1"],
    ]);
  });

  test("are fine with one from the dialled port to the client's", () => {
    const lists = {
      in: [rule("in#1", "allow", 22, loose), rule("in#2", "allow", 80, loose)],
      out: [answer],
    };
    const found = world(lists, ...gates(["in"], ["out"]));
    expect(seen(found)).toEqual([[22, "reachable", "certain", []]]);
    expect(reach(found).exposures[0]?.hops.map(({ rule: by }) => by)).toContain("out");
  });
});
