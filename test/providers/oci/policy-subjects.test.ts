import { describe, expect, test } from "vitest";
import { parseStatement } from "../../../providers/oci/policy/parser.ts";
import { isSubject } from "../../../providers/oci/policy/subjects.ts";
import type { Actor, OciWorld } from "../../../providers/oci/policy/world.ts";

const world: OciWorld = {
  now: Number.NaN,
  tenancy: "t",
  compartments: new Map(),
  dynamicGroups: [],
  instances: [],
  groups: ["Deployers"],
  networkSources: null,
  subscribedRegions: null,
  denyEnabled: null,
  policies: [],
};
const user = (...groups: readonly string[]): Actor => ({ kind: "user", groups });
const group = { kind: "group", name: "Deployers" } as const;

describe("whether a statement speaks of a user", () => {
  test.each([
    ["any user", { kind: "any-user" }, user(), "yes"],
    ["any group, in one", { kind: "any-group" }, user("Deployers"), "yes"],
    ["any group, in none", { kind: "any-group" }, user(), "no"],
    ["the group by its name", { kind: "refs", refs: [group] }, user("deployers"), "yes"],
    ["the group, in another", { kind: "refs", refs: [group] }, user("Others"), "no"],
    [
      "one of two groups",
      { kind: "refs", refs: [{ kind: "group", name: "Others" }, group] },
      user("Deployers"),
      "yes",
    ],
    [
      "one of the user's two groups",
      { kind: "refs", refs: [group] },
      user("Others", "Deployers"),
      "yes",
    ],
    [
      "the group of the default domain",
      { kind: "refs", refs: [{ ...group, domain: "DEFAULT" }] },
      user("Deployers"),
      "yes",
    ],
    [
      "the group of another domain",
      { kind: "refs", refs: [{ ...group, domain: "Other" }] },
      user("Deployers"),
      "no",
    ],
    [
      "the group by its OCID",
      { kind: "refs", refs: [{ kind: "group", ocid: "ocid1.group.oc1..d" }] },
      user("ocid1.group.oc1..d"),
      "yes",
    ],
    [
      "a dynamic group of the name",
      { kind: "refs", refs: [{ kind: "dynamic-group", name: "Deployers" }] },
      user("Deployers"),
      "no",
    ],
  ] as const)("%s", (_, subject, actor, verdict) => {
    expect(isSubject(subject, actor, world, [])).toBe(verdict);
  });
});

describe("whether a statement speaks of a workload", () => {
  const fn: Actor = {
    kind: "workload",
    principal: { type: "fnfunc", id: "f", compartment: "c", tags: new Map() },
  };
  const groups = [
    { name: "fn-dg", domain: "Default", rule: "resource.type = 'fnfunc'", ocid: "d1" },
    { name: "vm-dg", domain: "Default", rule: "instance.compartment.id = 'c'", ocid: "d2" },
  ];
  const land = { ...world, dynamicGroups: groups };
  const ref = (name: string) =>
    ({ kind: "refs", refs: [{ kind: "dynamic-group", name }] }) as const;
  const alias = (name: string, ocid: string) =>
    ({ kind: "define", what: "dynamic-group", name, ocid }) as const;

  test.each([
    ["its dynamic group", ref("fn-dg"), [], "yes"],
    ["another dynamic group", ref("vm-dg"), [], "no"],
    ["an alias of its dynamic group", ref("mine"), [alias("mine", "d1")], "yes"],
    ["an alias of another", ref("mine"), [alias("mine", "d2")], "no"],
    ["its group, whatever an alias of that name says", ref("fn-dg"), [alias("fn-dg", "d2")], "yes"],
    ["any group", { kind: "any-group" }, [], "yes"],
    [
      "a group of users of the name",
      { kind: "refs", refs: [{ kind: "group", name: "fn-dg" }] },
      [],
      "no",
    ],
  ] as const)("%s", (_, subject, defined, verdict) => {
    expect(isSubject(subject, fn, land, defined)).toBe(verdict);
  });

  test("resources of its type may be it, as nobody says which they are", () => {
    const parsed = parseStatement("Allow resource fnfunc to read buckets in tenancy");
    const other = parseStatement("Allow resource datascience to read buckets in tenancy");
    const subjects = [parsed, other].flatMap((each) =>
      each.ok && each.tree.kind === "allow" ? [each.tree.subject] : [],
    );
    expect(subjects.map((subject) => isSubject(subject, fn, land, []))).toEqual(["maybe", "no"]);
    expect(subjects.map((subject) => isSubject(subject, user("x"), land, []))).toEqual([
      "no",
      "no",
    ]);
  });
});
