import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../providers/oci/policy/evaluate.ts";
import { readWorld } from "../../providers/oci/policy/read-world.ts";
import { includesResource, rightsOf } from "../../providers/oci/policy/verbs.ts";
import type { JsonObject } from "../../src/model/json.ts";

const file: { now: string; world: JsonObject & { policies: JsonObject[]; principal: JsonObject } } =
  JSON.parse(
    readFileSync(new URL("../conformance/iam/oci-capability.json", import.meta.url), "utf8"),
  );
const root = "ocid1.tenancy.oc1..t";
const compartment = (name: string) => `ocid1.compartment.oc1..${name}`;

/** The capability that statements give the instance of the labelled world. */
function capability(statements: readonly string[], over: JsonObject = {}, attachedTo = root) {
  const policies = statements.map((statement) => ({ attachedTo, statement }));
  return evaluate(
    readWorld({
      ...file.world,
      now: file.now,
      ...over,
      policies: [...file.world.policies, ...policies],
    }),
  );
}

const may = (rest: string) => `Allow dynamic-group mcp-dg to ${rest}`;
const four = (rest: string) =>
  ["inspect", "read", "use", "manage"].map(
    (verb) => `Deny dynamic-group mcp-dg to ${verb} ${rest}`,
  );
const deny = { denyEnabled: true };

describe("a condition", () => {
  const admin = (where: string) => may(`manage all-resources in tenancy where ${where}`);
  test.each([
    ["request.principal.type = 'INSTANCE'", "admin"],
    ["request.principal.type != 'instance'", "none"],
    ["request.principal.id = 'ocid1.instance.oc1.eu-frankfurt-1.mcp1'", "admin"],
    ["request.principal.id = /*.mcp2/", "none"],
    ["request.principal.compartment.id = 'ocid1.compartment.oc1..mcp'", "admin"],
    ["request.principal.tag.ops.role = 'mcp'", "admin"],
    ["request.principal.tag.ops.role = 'web'", "none"],
    ["all {request.principal.type = 'instance', request.region = 'fra'}", "admin"],
    ["request.region = 'phx'", "none"],
    ["request.region != 'fra'", "none"],
    ["any {request.region = 'phx', any {request.region = /f*/}}", "admin"],
    ["request.utc-timestamp before '2026-11-22T00:00:01Z'", "admin"],
    ["request.utc-timestamp before '2026-11-22T00:00:00Z'", "none"],
    ["request.utc-timestamp after '2026-11-21T23:59:59Z'", "admin"],
    ["request.utc-timestamp.day-of-week = 'sunday'", "admin"],
    ["request.utc-timestamp.day-of-week = 'monday'", "none"],
    ["request.networkSource.name != 'corp'", "admin"],
    ["target.compartment.name = 'Prod'", "admin"],
    ["request.operation = 'GetInstance'", "read"],
    ["any {request.operation = 'ListUsers', request.operation = /Get*/}", "read"],
    ["request.operation = 'LaunchInstance'", "privesc"],
    ["request.operation = 'CreatePolicy'", "privesc"],
    ["request.operation = 'CreateBucket'", "manage"],
    ["request.operation != 'DeletePolicy'", "privesc"],
    ["request.permission = 'BUCKET_READ'", "read"],
    ["request.permission = 'BUCKET_UPDATE'", "write"],
    ["request.permission != 'BUCKET_DELETE'", "privesc"],
    ["request.user.name = 'x'", "maybe"],
    ["request.principal.type in ('instance')", "maybe"],
    ["request.principal.type ~ 'instance'", "maybe"],
    ["request.utc-timestamp between 'a' and 'b'", "maybe"],
    ["request.principal.compartment.tag.a.b = 'c'", "maybe"],
    ["all {request.user.name = 'x', request.region = 'phx'}", "none"],
    ["any {request.user.name = 'x', request.region = 'fra'}", "admin"],
  ])("%s gives %s", (where, expected) => {
    expect(capability([admin(where)]).capability.class).toBe(expected);
  });

  test("an unknown condition keeps what is certain and shows what may be", () => {
    const { capability: found, flaws } = capability([
      may("read buckets in tenancy"),
      admin("request.x ~ 'y'"),
    ]);
    expect(found).toEqual({ class: "maybe", scope: "tenancy", atLeast: "read", atMost: "admin" });
    expect(flaws).toMatchObject([{ problem: { line: 1, column: 79 } }]);
  });
});

describe("a way to more rights", () => {
  test.each([
    ["users without groups", ["manage users in tenancy"], "manage"],
    [
      "groups spared by the condition",
      [
        "manage users in tenancy",
        "use groups in tenancy where target.group.name != 'Administrators'",
      ],
      "manage",
    ],
    [
      "groups named by the condition",
      [
        "manage users in tenancy",
        "use groups in tenancy where target.group.name = 'Administrators'",
      ],
      "privesc",
    ],
    [
      "groups of a compartment",
      ["manage users in tenancy", "use groups in compartment Prod"],
      "manage",
    ],
    [
      "a weak dynamic group",
      ["use dynamic-groups in tenancy where target.dynamic-group.name = 'other-dg'"],
      "write",
    ],
    [
      "the strong dynamic group",
      ["use dynamic-groups in tenancy where target.dynamic-group.name = 'core-dg'"],
      "privesc",
    ],
    ["dynamic groups of a compartment", ["use dynamic-groups in compartment Prod"], "write"],
    [
      "commands on a strong instance",
      ["use instance-agent-command-family in compartment Secure"],
      "privesc",
    ],
    [
      "commands on a weak instance",
      ["manage instance-agent-command-family in compartment Prod"],
      "manage",
    ],
    ["a launch without network", ["manage instance-family in compartment Secure"], "manage"],
    [
      "a launch with network",
      [
        "manage instance-family in compartment Secure",
        "use virtual-network-family in compartment Prod",
      ],
      "privesc",
    ],
    ["deleting policies", ["{POLICY_DELETE} in tenancy"], "manage"],
    ["updating policies", ["{policy_update} in compartment Prod"], "privesc"],
    ["using policies", ["use policies in tenancy"], "read"],
    [
      "everything where strong instances run",
      ["manage all-resources in compartment Secure"],
      "privesc",
    ],
    [
      "policies where it has everything",
      ["manage all-resources in compartment Prod", "manage policies in compartment Prod"],
      "compartment-admin",
    ],
    ["using everything", ["use all-resources in compartment Prod"], "write"],
    ["reading everything", ["read all-resources in compartment Prod"], "broad-read"],
  ])("%s", (_, statements, expected) => {
    expect(capability(statements.map(may)).capability.class).toBe(expected);
  });
});

describe("a denial", () => {
  const all = may("manage all-resources in tenancy");
  test.each([
    ["not enabled", four("policies in tenancy"), { denyEnabled: false }, "admin"],
    ["of policies", four("policies in tenancy"), deny, "privesc"],
    ["of everything", four("all-resources in tenancy"), deny, "none"],
    ["below the grant", four("all-resources in compartment Prod"), deny, "admin"],
    [
      "for some targets only",
      four("all-resources in tenancy where target.compartment.name = 'x'"),
      deny,
      "admin",
    ],
    [
      "in the only region",
      four("all-resources in tenancy where request.region = 'fra'"),
      deny,
      "none",
    ],
    ["of permissions", [`Deny any-user to {BUCKET_DELETE} in tenancy`], deny, "privesc"],
    [
      "of one verb, whose effect is not documented",
      ["Deny any-user to inspect all-resources in tenancy"],
      deny,
      "maybe",
    ],
    [
      "by a group of unknown members",
      four("all-resources in tenancy").map((text) => text.replace("mcp-dg", "sec-dg")),
      {
        ...deny,
        dynamicGroups: {
          "mcp-dg": { rule: "instance.compartment.id = 'ocid1.compartment.oc1..mcp'" },
          "sec-dg": { rule: null },
        },
      },
      "maybe",
    ],
  ])("%s", (_, statements, over, expected) => {
    expect(capability([all, ...statements], over).capability.class).toBe(expected);
  });

  test("whose state is unknown leaves both readings", () => {
    expect(
      capability([all, ...four("all-resources in tenancy")], { denyEnabled: null }).capability,
    ).toEqual({ class: "maybe", scope: "tenancy", atLeast: "none", atMost: "admin" });
  });
});

describe("a location", () => {
  test.each([
    ["compartment Apps", root, compartment("apps")],
    ["compartment apps:mcp", root, compartment("mcp")],
    ["compartment Mcp", compartment("apps"), compartment("mcp")],
    ["compartment Apps", compartment("apps"), compartment("apps")],
    ["compartment Apps:Mcp", compartment("apps"), compartment("mcp")],
    ["compartment Mcp", root, undefined],
    ["compartment Apps:Prod", root, undefined],
    [`compartment id ${compartment("prod")}`, compartment("apps"), undefined],
    ["tenancy", root, "tenancy"],
  ])("%s of a policy in %s is %s", (location, attachedTo, scope) => {
    const statement = may(`read buckets in ${location}`);
    expect(capability([statement], {}, attachedTo).capability.scope).toBe(scope);
  });

  test("the widest of equal statements is the scope, and several name no type", () => {
    expect(
      capability([
        may("manage buckets in compartment Prod"),
        may("manage dns in compartment Apps"),
        may("manage queues in tenancy"),
      ]).capability,
    ).toEqual({ class: "manage", scope: "tenancy" });
  });
});

describe("a tag that could not be read", () => {
  test.each([
    ["decides", "tagval-dg", "maybe"],
    ["cannot change a rule that fails anyway", "other-dg", "none"],
    ["cannot change a rule that holds anyway", "mcp-dg", "admin"],
  ])("%s", (_, group, expected) => {
    const principal = { ...file.world.principal, tags: null };
    const statement = `Allow dynamic-group ${group} to manage all-resources in tenancy`;
    expect(capability([statement], { principal }).capability.class).toBe(expected);
  });
});

test("a denied endorsement reaches no other tenancy", () => {
  const endorse = "Endorse any-group to read buckets in tenancy X";
  const denied = ["inspect", "read", "use", "manage"].map(
    (verb) => `Deny endorse any-user to ${verb} object-family in any-tenancy`,
  );
  expect(capability([endorse], deny).capability).toMatchObject({
    class: "cross-tenancy",
    scope: "X",
  });
  expect(capability([endorse, ...denied], deny).capability).toEqual({ class: "none" });
});

const facts = new URL("../../../shared/groundtruth/iam/oci-verb-permissions.json", import.meta.url);

test.skipIf(!existsSync(facts))(
  "the table of verbs grants what the reference lists (skipped when the reference file is missing)",
  () => {
    const reference: {
      types: Record<string, Record<string, string[]>>;
      families: Record<string, string[]>;
    } = JSON.parse(readFileSync(facts, "utf8"));
    for (const [type, added] of Object.entries(reference.types)) {
      const listed = Object.values(added).flat();
      if (listed.length === 0) continue;
      const granted = rightsOf("manage", type).map(({ permission }) => permission);
      expect(new Set(granted), type).toEqual(new Set(listed));
      const reads = [...(added["inspect"] ?? []), ...(added["read"] ?? [])];
      if (reads.length === 0) continue;
      expect(
        rightsOf("read", type).map(({ permission }) => permission),
        type,
      ).toEqual(reads);
    }
    for (const [family, types] of Object.entries(reference.families)) {
      expect(
        types.every((type) => includesResource(family, type)),
        family,
      ).toBe(true);
    }
  },
);
