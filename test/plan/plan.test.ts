import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cut } from "../../src/model/plan.ts";
import { exactUpTo, smallestCover } from "../../src/plan/cover.ts";
import { cutsOf } from "../../src/plan/cuts.ts";
import { planOf, type PlanInput } from "../../src/plan/plan.ts";
import { estate, type SmallServer } from "./small-estates.ts";

const one: SmallServer = { ways: [{ gates: [["sg-1"]] }], identities: ["role-a"], stubborn: false };

describe("the plan", () => {
  test("cuts a rule that two servers share once, not each of them", () => {
    const plan = planOf(estate([one, { ...one, identities: ["role-b"] }]));

    expect(plan.changes.map(({ kind, target }) => [kind, target])).toEqual([["rule", "sg-1"]]);
    expect(plan).toMatchObject({ exact: true, atLeast: 1, left: [] });
    expect(plan.changes[0]?.ends).toEqual(["finding-0", "finding-1"]);
    expect(plan.changes[0]?.steps.map(({ kind }) => kind)).toEqual(["cli", "iac"]);
  });

  test("closes both rules of a gate when each admits alone", () => {
    const plan = planOf(
      estate([
        {
          ways: [{ gates: [["sg-1", "sg-2"]], listener: "l" }],
          identities: ["a", "b"],
          stubborn: true,
        },
      ]),
    );
    // The listener alone is one change; both rules would be two.
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["listener"]);
  });

  test("does not take a sign-in for a cure of what it does not cure", () => {
    const plan = planOf(
      estate([
        { ...one, ways: [{ gates: [] }, { gates: [["x"], ["y"]], listener: "l" }], stubborn: true },
      ]),
    );

    expect(plan.changes.map(({ kind }) => kind)).toEqual(["identity"]);
  });

  test("is empty where nothing is critical", () => {
    expect(planOf(estate([{ ...one, identities: [] }]))).toMatchObject({
      changes: [],
      exact: true,
      atLeast: 0,
    });
  });

  test("does not take a finding for removed that a change only makes undecidable", () => {
    const input = estate([{ ...one, identities: [] }]);
    const [server] = input.now.servers;
    const [fixture] = input.now.findings;
    const critical = { ...fixture!, severity: "critical" as const };
    const hidden = {
      rule: critical.rule,
      subject: critical.subject,
      because: "a group was not read",
      worst: "critical" as const,
      best: "pass" as const,
    };
    const plan = planOf({
      ...input,
      now: { ...input.now, servers: [server!], findings: [critical] },
      // The rule alone leaves it open whether another one admits the same; the address settles it.
      after: (cuts) =>
        cuts.some(({ kind }) => kind === "address")
          ? { ...input.now, findings: [], servers: [] }
          : { ...input.now, findings: [], unknowns: cuts.length > 0 ? [hidden] : [] },
    });

    expect(plan.changes.map(({ kind }) => kind)).toEqual(["address"]);
  });

  test("names what no cut removes", () => {
    const input = estate([one]);
    const stuck = { ...input.now, servers: [] };
    const plan = planOf({ ...input, now: stuck, after: () => stuck });

    expect(plan).toMatchObject({ changes: [], left: ["finding-0"] });
  });

  test("says what each single change leaves of a server", () => {
    const { servers } = planOf(estate([one]));

    expect(servers[0]).toMatchObject({ server: "server-0", now: "critical" });
    expect(servers[0]?.cuts.map(({ kind, leaves }) => [kind, leaves])).toEqual([
      ["rule", "gone"],
      ["address", "gone"],
      ["authentication", "medium"],
      ["identity", "medium"],
    ]);
  });
});

const way = fc.record(
  {
    gates: fc.array(
      fc.uniqueArray(fc.constantFrom("r1", "r2", "r3"), { minLength: 1, maxLength: 2 }),
      { maxLength: 2 },
    ),
    listener: fc.constantFrom("l1", "l2"),
  },
  { requiredKeys: ["gates"] },
);
const small = fc.record({
  ways: fc.array(way, { minLength: 1, maxLength: 2 }),
  identities: fc.uniqueArray(fc.constantFrom("a", "b"), { maxLength: 2 }),
  stubborn: fc.boolean(),
});

describe("a cut", () => {
  const [base] = estate([one]).now.servers;
  const [narrow] = estate([one]).now.exposures;
  const wide = {
    ...narrow!,
    portRange: { from: 8000, to: 8100 },
    entry: { ...narrow!.entry, port: { from: 8000, to: 8100 } },
  };
  const [endpoint] = base!.endpoints;
  const server = {
    ...base!,
    endpoints: [8001, 8002].map((port) =>
      Object.assign({}, endpoint, { url: `http://203.0.113.0:${port}/mcp`, exposures: [wide.id] }),
    ),
  };
  const cuts = cutsOf(server, new Map([[wide.id, wide]]), { removable: () => true });

  test("of a rule is about the port that answered, not about the first of its range", () => {
    expect(cuts.flatMap(({ kind, about }) => (kind === "rule" ? [about.port] : []))).toEqual([
      8001, 8002,
    ]);
  });

  test("before a front door is about the port that is dialled, behind it about the machine's", () => {
    const gate = narrow!.hops[0]!;
    const door = {
      ...narrow!,
      via: "lb",
      portRange: { from: 3001, to: 3001 },
      entry: { ...narrow!.entry, port: { from: 80, to: 80 } },
      hops: [
        { ...gate, rule: "front" },
        { ...gate, kind: "listener" as const, id: "l" },
        { ...gate, rule: "back" },
      ],
    };
    const behind = {
      ...base!,
      endpoints: [{ ...endpoint!, url: "http://lb.example.test/mcp", exposures: [door.id] }],
    };
    const found = cutsOf(behind, new Map([[door.id, door]]), { removable: () => true });

    expect(
      found.flatMap(({ kind, target, about }) => (kind === "rule" ? [[target, about.port]] : [])),
    ).toEqual([
      ["front", 80],
      ["back", 3001],
    ]);
  });

  test("of an address is one, whatever answers there", () => {
    expect(cuts.filter(({ kind }) => kind === "address")).toHaveLength(1);
  });
});

test("the plan is as small as the smallest of all choices, on 200 small random estates", () => {
  fc.assert(
    fc.property(fc.array(small, { minLength: 1, maxLength: 3 }), (servers) => {
      const input = estate(servers);
      const plan = planOf(input);

      expect(plan.exact).toBe(true);
      expect(plan.changes.length).toBe(bruteForce(input));
      expect(plan.atLeast).toBe(plan.changes.length);
    }),
    { numRuns: 200, seed: 20_261_125 },
  );
});

/** Tries every set of cuts, small ones first. */
function bruteForce(input: PlanInput): number {
  const exposures = new Map(input.now.exposures.map((each) => [each.id, each]));
  let all = new Map<string, Cut>();
  // Cuts that show only once others are made, such as the second rule of a gate.
  for (let size = -1; size !== all.size;) {
    size = all.size;
    const { servers, exposures: seen } = input.after(
      [...all.values()].filter(({ kind }) => kind === "rule"),
    );
    const known = new Map([...exposures, ...seen.map((each) => [each.id, each] as const)]);
    for (const server of [...input.now.servers, ...servers])
      for (const cut of cutsOf(server, server.id && seen.length > 0 ? known : exposures, input))
        all = all.set(cut.id, cut);
  }
  const cuts = [...all.values()];
  let layer: Cut[][] = [[]];
  for (let size = 0; size <= cuts.length; size++) {
    if (
      layer.some((set) =>
        input.after(set).findings.every(({ severity }) => severity !== "critical"),
      )
    )
      return size;
    layer = layer.flatMap((set) => {
      const last = set.length === 0 ? -1 : cuts.indexOf(set.at(-1)!);
      return cuts.slice(last + 1).map((cut) => [...set, cut]);
    });
  }
  return Number.NaN;
}

describe("covering", () => {
  const flat = () => 0;

  test("above the limit it is greedy, and says how small any choice must be", () => {
    const demands = Array.from({ length: exactUpTo + 1 }, (_, index) => [`a${index}`, "shared"]);
    expect(smallestCover(demands, flat)).toEqual({ chosen: ["shared"], atLeast: 1, exact: true });

    const chain = Array.from({ length: 30 }, (_, index) => [`c${index}`, `c${index + 1}`]);
    const { chosen, atLeast } = smallestCover(chain, flat);
    expect(chain.every((demand) => demand.some((each) => chosen.includes(each)))).toBe(true);
    expect(atLeast).toBeLessThanOrEqual(chosen.length);
    expect(atLeast).toBe(15);
  });

  test("among equally small choices the one that disturbs least wins", () => {
    const rank = (candidate: string) => (candidate === "gentle" ? 0 : 5);
    expect(smallestCover([["harsh", "gentle"]], rank).chosen).toEqual(["gentle"]);
  });
});
