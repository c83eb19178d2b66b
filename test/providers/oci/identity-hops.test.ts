import { describe, expect, test } from "vitest";
import { ociScenario, ociTenancy } from "../../../src/conformance/scenario-oci.ts";
import { configFor, instanceOf, powersIn, reportsOf } from "./identity.ts";

const strong = "Allow dynamic-group ops-dg to manage all-resources in tenancy";
const weak = "Allow dynamic-group ops-dg to read buckets in tenancy";
const command = "Allow dynamic-group web-dg to manage instance-agent-command-family in tenancy";
const launch = ["manage instance-family in tenancy", "use virtual-network-family in tenancy"].map(
  (grant) => `Allow dynamic-group web-dg to ${grant}`,
);
const users = ["users", "groups"].map(
  (type) => `Allow dynamic-group web-dg to manage ${type} in tenancy`,
);
const administrators = "Allow group Administrators to manage all-resources in tenancy";
const functions = [
  "manage functions-family in tenancy",
  "use virtual-network-family in tenancy",
].map((grant) => `Allow dynamic-group web-dg to ${grant}`);
const forFunctions = {
  dynamicGroups: [
    {
      name: "web-dg",
      id: "ocid1.dynamicgroup.oc1..web",
      matchingRule: "instance.compartment.id = 'ocid1.compartment.oc1..web'",
    },
    {
      name: "fn-dg",
      id: "ocid1.dynamicgroup.oc1..fn",
      matchingRule:
        "ALL {resource.type = 'fnfunc', resource.compartment.id = 'ocid1.compartment.oc1..ops'}",
    },
  ],
};

const off = {
  ops: {
    agentConfig: {
      pluginsConfig: [{ name: "Compute Instance Run Command", desiredState: "DISABLED" }],
    },
  },
};

describe("a way to a stronger identity that exists", () => {
  test.each([
    ["command", "runs a command on an administrator's instance", { statements: [strong, command] }],
    [
      "dynamic-group",
      "rewrites the rule of a stronger dynamic group",
      {
        statements: [strong, "Allow dynamic-group web-dg to use dynamic-groups in tenancy"],
      },
    ],
    ["launch", "launches an instance among administrators", { statements: [strong, ...launch] }],
    [
      "group",
      "adds a user to a group of administrators",
      {
        statements: [administrators, ...users],
      },
    ],
    [
      "function",
      "creates a function where functions are administrators",
      {
        statements: [...functions, "Allow dynamic-group fn-dg to manage all-resources in tenancy"],
        identity: forFunctions,
      },
    ],
  ])("%s: %s", (_, __, tenancy) => {
    expect(powersIn(tenancy)["web"]).toBe("escalates yes account");
  });

  test.each([
    ["a command on an instance that may do less", { statements: [weak, command] }],
    [
      "a command where the agent is off",
      {
        statements: [strong, command],
        instances: off,
      },
    ],
    [
      "a command to an agent that may not fetch it",
      {
        statements: [command, "Allow dynamic-group ops-dg to manage policies in tenancy"],
      },
    ],
    [
      "commands of one other instance",
      {
        statements: [strong, `${command} where target.instance.id = '${instanceOf("web")}'`],
      },
    ],
    [
      "rules of weaker dynamic groups",
      {
        statements: [weak, "Allow dynamic-group web-dg to manage dynamic-groups in tenancy"],
      },
    ],
    [
      "the rule of another dynamic group",
      {
        statements: [
          strong,
          "Allow dynamic-group web-dg to use dynamic-groups in tenancy where target.dynamicgroup.name = 'web-dg'",
        ],
      },
    ],
    [
      "a launch elsewhere",
      {
        statements: [strong, ...launch.map((each) => each.replace(/tenancy$/, "compartment web"))],
        identity: {
          compartments: [
            { id: "ocid1.compartment.oc1..web", name: "web", compartmentId: ociTenancy },
          ],
        },
      },
    ],
    ["users without groups", { statements: [administrators, users[0]!] }],
    ["functions where no group takes them in", { statements: [strong, ...functions] }],
  ])("is not %s", (_, tenancy) => {
    expect(powersIn(tenancy)["web"]).not.toMatch(/^(?:escalates|admin)/);
  });

  test("is told hop by hop", () => {
    const { escalations, because } = reportsOf(
      ociScenario({ config: configFor({ statements: [strong, command] }) }),
    ).get(instanceOf("web"))!;
    expect(escalations).toEqual([
      `runs a command on an instance through its agent (oci-run-command): becomes ${instanceOf("ops")}, which is admin (account)`,
    ]);
    expect(because[0]).toMatchObject({
      statement: "ocid1.policy.oc1..all#1",
      source: { call: "identity:ListPolicies" },
    });
  });
});
