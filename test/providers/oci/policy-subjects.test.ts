import { describe, expect, test } from "vitest";
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
