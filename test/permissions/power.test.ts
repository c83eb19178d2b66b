import { describe, expect, test } from "vitest";
import type { EstateIndex } from "../../src/model/estate.ts";
import type { Decision, Grant, Identity, LimitState } from "../../src/model/identity.ts";
import { judge } from "../../src/permissions/power.ts";
import type { PolicyEvaluator } from "../../src/permissions/contract.ts";

const source = { kind: "rule", id: "test" } as const;
const place = { kind: "rule", id: "document" } as const;
const identity: Identity = {
  id: "me",
  provider: "aws",
  scope: "1",
  kind: "role",
  name: "me",
  tags: {},
  policies: [],
  source,
};
const estate: EstateIndex = {
  identities: new Map(),
  policies: new Map([["p", { id: "p", name: "p", body: {}, source: place }]]),
  gaps: new Map(),
};

function grant(facts: Partial<Grant>): Grant {
  return {
    plane: "control",
    access: "write",
    family: "compute",
    breadth: "account",
    condition: "none",
    verdict: "yes",
    action: "a:*",
    resource: "*",
    via: ["p"],
    raw: ["p#0"],
    actions: 1,
    wholeFamily: false,
    ...facts,
  };
}

interface Given {
  readonly grants?: readonly Grant[];
  readonly limits?: readonly LimitState[];
  readonly admin?: Partial<Decision>;
  readonly policies?: Identity["policies"];
}

function report({ grants = [], limits = [], admin, policies = [] }: Given) {
  const evaluator: PolicyEvaluator = {
    grants: () => grants,
    limits: () => limits,
    decide: () => ({ verdict: "no", statements: [], because: "", assumptions: [], ...admin }),
    adminProbes: [
      {
        id: "x",
        because: "it can",
        actions: ["grant"],
        resource: "{self}",
        appliesTo: ["role"],
        source: "",
      },
      {
        id: "y",
        because: "it can",
        actions: ["grant"],
        resource: "*",
        appliesTo: ["user"],
        source: "",
      },
    ],
    escalations: [],
  };
  return judge({ ...identity, policies }, ["w2", "w1"], evaluator, estate);
}

const three = [grant({}), grant({ family: "storage" }), grant({ family: "network" })];

describe("power", () => {
  test.each<[string, readonly Grant[], string, string]>([
    ["nothing", [], "none", "resource"],
    ["its own logs", [grant({ plane: "data", family: "logging" })], "none", "resource"],
    ["a list", [grant({ access: "list" })], "reads", "account"],
    ["a write of one resource", [grant({ breadth: "resource" })], "none", "resource"],
    ["a write of a group", [grant({ breadth: "group" })], "manages", "group"],
    [
      "a delete of a group",
      [grant({ breadth: "group", access: "delete", family: "storage" })],
      "manages",
      "group",
    ],
    ["a write of data", [grant({ plane: "data" })], "none", "resource"],
    ["running something", [grant({ access: "execute" })], "none", "resource"],
    [
      "a read of data in a group",
      [grant({ plane: "data", access: "read", family: "storage", breadth: "group" })],
      "reads-sensitive",
      "group",
    ],
    [
      "a read of one object",
      [grant({ plane: "data", access: "read", family: "storage", breadth: "resource" })],
      "reads",
      "resource",
    ],
    [
      "a read of other data",
      [grant({ plane: "data", access: "read", family: "ai" })],
      "reads",
      "account",
    ],
    [
      "a read of the configuration of secrets",
      [grant({ access: "read", family: "secrets" })],
      "reads",
      "account",
    ],
    ["two families", three.slice(0, 2), "manages", "account"],
    ["three families", three, "broad", "account"],
    [
      "three families, one of them in a group",
      [...three.slice(0, 2), grant({ family: "network", breadth: "group" })],
      "manages",
      "account",
    ],
    [
      "three families, one of them a mixture",
      [...three.slice(0, 2), grant({ family: "other" })],
      "manages",
      "account",
    ],
    ["a whole family", [grant({ wholeFamily: true })], "broad", "account"],
    [
      "a whole family in a group",
      [grant({ wholeFamily: true, breadth: "group" })],
      "manages",
      "group",
    ],
    [
      "a delete of keys everywhere",
      [grant({ access: "delete", family: "kms" })],
      "broad",
      "account",
    ],
    ["a delete of machines everywhere", [grant({ access: "delete" })], "manages", "account"],
  ])("%s", (_, grants, power, breadth) => {
    const judged = report({ grants });
    expect([judged.power, judged.breadth, judged.verdict, judged.worst, judged.best]).toEqual([
      power,
      breadth,
      "yes",
      power,
      power,
    ]);
  });

  test("every word that holds is kept, strongest first", () => {
    const grants = [
      grant({ access: "list" }),
      grant({}),
      grant({ plane: "data", access: "read", family: "kms" }),
    ];
    expect(report({ grants }).powers).toEqual(["reads-sensitive", "manages", "reads"]);
  });

  test("an open probe is an administrator", () => {
    const judged = report({ admin: { verdict: "yes", statements: ["p#0"] } });
    expect([judged.power, judged.breadth, judged.verdict]).toEqual(["admin", "account", "yes"]);
    expect(judged.because).toEqual([
      {
        power: "admin",
        permission: "grant on me",
        statement: "p#0",
        because: "it can",
        source: place,
        resource: "me",
      },
    ]);
  });

  test("a grant to itself stays inside its boundary", () => {
    const policies = [{ policy: "b", layer: "boundary", via: "me" }] as const;
    expect(report({ admin: { verdict: "yes", statements: ["p#0"] }, policies }).power).toBe("none");
  });

  const boundary: LimitState = {
    layer: "boundary",
    id: "b",
    state: "unread",
    detail: "the boundary was not read",
  };
  const policy: LimitState = {
    layer: "grant",
    id: "g",
    state: "unread",
    detail: "a policy was not read",
  };

  test("an unread limit keeps the word, as a maybe that may come to nothing", () => {
    const judged = report({ grants: [grant({})], limits: [boundary] });
    expect(judged).toMatchObject({
      power: "manages",
      verdict: "maybe",
      worst: "manages",
      best: "none",
      assumptions: [boundary.detail],
    });
  });

  test("an unread grant makes the power unknown, with what is certain as its best", () => {
    const judged = report({ grants: [grant({})], limits: [policy] });
    expect(judged).toMatchObject({
      power: "unknown",
      verdict: "maybe",
      worst: "admin",
      best: "manages",
      assumptions: [policy.detail],
    });
  });

  test("an unread grant cannot lift an administrator", () => {
    const judged = report({
      limits: [policy],
      admin: { verdict: "maybe", statements: ["p#0"], assumptions: [policy.detail] },
    });
    expect(judged).toMatchObject({
      power: "admin",
      verdict: "maybe",
      worst: "admin",
      best: "admin",
    });
  });

  test("a probe that only an unread grant could open is not held", () => {
    const judged = report({
      limits: [policy],
      admin: { verdict: "maybe", statements: [], assumptions: [policy.detail] },
    });
    expect(judged).toMatchObject({ power: "unknown", worst: "admin", best: "none", powers: [] });
  });

  test("nothing read and only a limit unread is none for certain", () => {
    expect(report({ limits: [boundary] })).toMatchObject({
      power: "none",
      verdict: "yes",
      worst: "none",
      best: "none",
    });
  });

  test("an unknown condition leaves a maybe between both words", () => {
    const grants = [grant({ access: "list" }), grant({ verdict: "maybe" })];
    expect(report({ grants })).toMatchObject({
      power: "manages",
      verdict: "maybe",
      worst: "manages",
      best: "reads",
    });
  });

  test("three families of which one is a maybe are broad, perhaps", () => {
    const grants = [...three.slice(0, 2), grant({ family: "network", verdict: "maybe" })];
    expect(report({ grants })).toMatchObject({ power: "broad", verdict: "maybe", best: "manages" });
  });

  test("evidence is at most five lines, names statements and their source, and workloads are sorted", () => {
    const judged = report({
      grants: Array.from({ length: 20 }, (_, n) => grant({ action: `a:${n}` })),
    });
    expect(judged.because.length).toBe(5);
    expect(judged.because[0]).toEqual({
      power: "manages",
      permission: "a:0 on *",
      statement: "p#0",
      because: "changes resources",
      source: place,
      resource: "*",
    });
    expect(judged.workloads).toEqual(["w1", "w2"]);
  });
});
