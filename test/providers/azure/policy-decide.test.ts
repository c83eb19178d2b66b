import { describe, expect, test } from "vitest";
import { decide } from "../../../providers/azure/policy/decide.ts";
import { grantsOf } from "../../../providers/azure/policy/grants.ts";
import { breadthOf } from "../../../providers/azure/policy/scopes.ts";
import { limitsOf } from "../../../providers/azure/policy/limits.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import {
  sub,
  run,
  vm,
  worldOf,
  definition,
  assignment,
  denial,
  runs,
  type World,
} from "./policy-world.ts";

function asked(world: World, action = run, target = vm) {
  return decide(...argsOf(world, action, target));
}

function argsOf(world: World, action: string, target: string) {
  const [identity, estate] = worldOf(world);
  return [identity, action, target, estate] as const;
}

describe("a decision names what decided it", () => {
  test("the block of the definition, without assumptions when it is sure", () => {
    expect(asked({ bodies: runs, attached: [["a", "grant"]] })).toMatchObject({
      verdict: "yes",
      statements: ["a#0"],
      assumptions: [],
    });
  });

  test("the deny assignment, when that takes it away", () => {
    const bodies = { ...runs, d: denial() };
    expect(
      asked({
        bodies,
        attached: [
          ["a", "grant"],
          ["d", "organization"],
        ],
      }),
    ).toMatchObject({
      verdict: "no",
      statements: ["d#0"],
      assumptions: [],
    });
  });

  test("what a doubt rests on: the groups of a denial, with the statement that allows", () => {
    const bodies = { ...runs, d: denial({ principals: ["g1"], groups: ["g1"] }) };
    const attached = [
      ["a", "grant"],
      ["d", "organization"],
    ] as const;
    const decision = asked({ bodies, attached, groups: null });
    expect(decision).toMatchObject({ verdict: "maybe", statements: ["a#0"] });
    expect(decision.assumptions).toEqual(["groups of me that d names or spares"]);
    expect(asked({ bodies, attached }).verdict).toBe("maybe");
    expect(asked({ bodies, attached, groups: [] }).verdict).toBe("yes");
  });

  test("what a doubt rests on: members of the group that holds the assignment", () => {
    const attached = [["a", "grant", "me through group g1"]] as const;
    const decision = asked({ bodies: runs, attached, groups: null });
    expect(decision.verdict).toBe("maybe");
    expect(decision.assumptions).toEqual([
      "members of the groups that hold assignments could not be read",
    ]);
    expect(asked({ bodies: runs, attached, groups: ["G1"] })).toMatchObject({
      verdict: "yes",
      assumptions: [],
    });
  });
});

describe("a list that was not read", () => {
  const lost = "unread Microsoft.Authorization/roleAssignments/read";

  test("of assignments leaves open what nothing else allows", () => {
    const attached = [
      ["a", "grant"],
      [lost, "grant"],
    ] as const;
    expect(asked({ bodies: runs, attached }).verdict).toBe("yes");
    expect(asked({ bodies: runs, attached }, "Microsoft.Compute/x/write")).toMatchObject({
      verdict: "maybe",
      assumptions: ["Microsoft.Authorization/roleAssignments/read could not be read"],
    });
  });

  test("of denials leaves open what is allowed, and adds nothing", () => {
    const attached = [
      ["a", "grant"],
      ["unread denials", "organization"],
    ] as const;
    expect(asked({ bodies: runs, attached })).toMatchObject({
      verdict: "maybe",
      assumptions: ["denials could not be read"],
    });
    expect(asked({ bodies: runs, attached }, "Microsoft.Compute/x/write").verdict).toBe("no");
  });

  test("of definitions leaves open what the role may be, but only for its members", () => {
    const attached = [["a", "grant", "me through group g1"]] as const;
    const bodies = { a: assignment() };
    expect(asked({ bodies, attached, groups: ["g1"] })).toMatchObject({
      verdict: "maybe",
      assumptions: ["role definition role could not be read"],
    });
    expect(asked({ bodies, attached, groups: [] }).verdict).toBe("no");
  });
});

describe("a denial", () => {
  const attached = [
    ["a", "grant"],
    ["d", "organization"],
  ] as const;
  const condition = "@Environment[UtcNow] DateTimeGreaterThan '2026-06-01T00:00:00Z'";

  test.each([
    ["2026-01-01T00:00:00Z", "yes"],
    ["2026-12-01T00:00:00Z", "no"],
    [undefined, "maybe"],
  ])("with a condition acts where that holds: at %s the answer is %s", (startedAt, verdict) => {
    const time = startedAt === undefined ? {} : { startedAt };
    const whole = { ...runs, d: denial({ condition }) };
    const block = { ...runs, d: denial({ permissions: [{ actions: ["*"], condition }] }) };
    expect(asked({ bodies: whole, attached, ...time }).verdict).toBe(verdict);
    expect(asked({ bodies: block, attached, ...time }).verdict).toBe(verdict);
  });

  test("of data operations leaves control operations alone, and the other way round", () => {
    const data = { ...runs, d: denial({ permissions: [{ dataActions: ["*"] }] }) };
    expect(asked({ bodies: data, attached }).verdict).toBe("yes");
    const secret = "Microsoft.KeyVault/vaults/secrets/getSecret/action";
    const bodies = {
      "definition:role": definition({ dataActions: [secret] }),
      a: assignment(),
      d: denial(),
    };
    expect(asked({ bodies, attached }, `data:${secret}`).verdict).toBe("yes");
    const both = { ...bodies, d: data.d };
    expect(asked({ bodies: both, attached }, `data:${secret}`).verdict).toBe("no");
  });

  test("that stops at its own scope takes no grant that reaches below it", () => {
    const here = { ...runs, d: denial({ doNotApplyToChildScopes: true }) };
    const below = { ...runs, d: denial() };
    const countOf = (bodies: World["bodies"]): number =>
      grantsOf(...worldOf({ bodies, attached })).length;
    expect([countOf(runs), countOf(here), countOf(below)]).toEqual([1, 1, 0]);
    const onVm = {
      ...here,
      a: assignment({ scope: vm }),
      d: denial({ scope: vm, doNotApplyToChildScopes: true }),
    };
    expect(countOf(onVm)).toBe(0);
  });
});

describe("grants", () => {
  const grantsIn = (world: World): string[] =>
    grantsOf(...worldOf(world)).map(({ condition, verdict }) => `${condition} ${verdict}`);
  const attached = [["a", "grant"]] as const;
  const limited = (condition: string): World => ({
    bodies: { ...runs, a: assignment({ condition }) },
    attached,
  });

  test("say whether a condition holds, may be met, or is open", () => {
    expect(grantsIn({ bodies: runs, attached })).toEqual(["none yes"]);
    expect(grantsIn(limited("!(ActionMatches{'x'})"))).toEqual(["caller-satisfiable yes"]);
    expect(grantsIn(limited("@Principal[x] StringEquals 'y'"))).toEqual(["unknown maybe"]);
    expect(grantsIn(limited("ActionMatches{'x'}"))).toEqual([]);
  });

  test("are in doubt where a denial is, and taken by denials of their own plane", () => {
    const both = [...attached, ["d", "organization"] as const];
    const d = (more: JsonObject): World => ({
      bodies: { ...runs, d: denial(more) },
      attached: both,
      groups: null,
    });
    expect(grantsIn(d({ principals: ["g1"], groups: ["g1"] }))).toEqual(["none maybe"]);
    expect(grantsIn(d({ permissions: [{ dataActions: ["*"] }] }))).toEqual(["none yes"]);
    expect(grantsIn(d({}))).toEqual([]);
  });
});

test.each([
  ["/", "organization"],
  ["/providers/Microsoft.Management/managementGroups/root", "organization"],
  [sub, "account"],
  [`${sub}/resourceGroups/g`, "group"],
  [vm, "resource"],
])("%s is as wide as: %s", (scope, breadth) => {
  expect(breadthOf(scope)).toBe(breadth);
});

describe("limits", () => {
  test("name denials, eligible roles, definitions and groups that were not read", () => {
    const bodies = {
      ...runs,
      d: denial(),
      e: assignment({ eligible: true }),
      u: assignment({ roleDefinitionId: "x/unlisted" }),
    };
    const attached = [
      ["a", "grant", "me through group g1"],
      ["d", "organization"],
      ["e", "grant"],
      ["u", "grant"],
      ["unread denials", "organization"],
    ] as const;
    const [identity, estate] = worldOf({ bodies, attached, groups: null });
    expect(
      limitsOf(identity, estate).map(({ layer, state, id }) => `${layer} ${state} ${id}`),
    ).toEqual([
      "deny read d",
      "deny unread unread denials",
      "grant read e",
      "grant unread u",
      "grant unread groups",
      "grant unsupported directory me",
    ]);
    const [sure, known] = worldOf({ bodies: runs, attached: [["a", "grant"]], groups: null });
    expect(limitsOf(sure, known).map(({ id }) => id)).toEqual(["directory me"]);
  });

  test("of denials that other subscriptions wrote are none of the identity's own", () => {
    const [identity, estate] = worldOf({
      bodies: { ...runs, d: denial({ scope: "/subscriptions/s2" }) },
      attached: [["a", "grant"]],
    });
    expect(limitsOf(identity, estate).map(({ layer }) => layer)).toEqual(["grant"]);
    const there = vm.replace("s1", "s2");
    const wide = { "definition:role": runs["definition:role"], a: assignment({ scope: "/" }) };
    const denied = { ...wide, d: denial({ scope: "/subscriptions/s2" }) };
    const attached = [["a", "grant"]] as const;
    expect(asked({ bodies: wide, attached }, run, there).verdict).toBe("yes");
    expect(asked({ bodies: denied, attached }, run, there).verdict).toBe("no");
    expect(asked({ bodies: denied, attached }).verdict).toBe("yes");
  });
});
