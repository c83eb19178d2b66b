import { describe, expect, test } from "vitest";
import type { Grant, IdentityReport } from "../../src/model/identity.ts";
import type { IdentityNeeded } from "../../src/model/needed.ts";
import type { Tool } from "../../src/model/tool.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import {
  aLink,
  anEndpoint,
  anIdentity,
  apiSource,
  aPlainTool,
  aServer,
  aTool,
  roleArn,
} from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

function grant(changes: Partial<Grant>): Grant {
  return {
    plane: "control",
    access: "write",
    family: "compute",
    breadth: "account",
    condition: "none",
    verdict: "yes",
    action: "ec2:RunInstances",
    resource: "*",
    via: ["policy-1"],
    raw: ["policy-1#0"],
    actions: 1,
    wholeFamily: false,
    ...changes,
  };
}
const readsSecrets = grant({
  plane: "data",
  access: "read",
  family: "secrets",
  action: "secretsmanager:GetSecretValue",
});
const changesPolicies = grant({
  access: "permissions",
  family: "identity",
  action: "iam:PutRolePolicy",
});
const given = (
  grants: readonly Grant[],
  tools: readonly Tool[],
  changes: Partial<IdentityReport> = {},
): Partial<RulesInput> => ({
  servers: [aServer({ endpoints: [anEndpoint({ tools })] })],
  identities: new Map([[roleArn, anIdentity({ power: "manages", grants, ...changes })]]),
});
const lists = aTool({
  name: "list_vms",
  access: "read",
  manages: { cloud: "aws", verbs: ["list"] },
});
const router = aTool({ router: true });
const creates = aTool({ manages: { cloud: "aws", verbs: ["create"] } });
const queries = aPlainTool({ access: "write" });

describe("grants-exceed-tools", () => {
  describe("what the tables of the products tell", () => {
    const needed = (changes: Partial<IdentityNeeded>): Partial<IdentityReport> => ({
      needed: {
        status: "proposal",
        verdict: "yes",
        tools: [],
        actions: [],
        unneeded: [
          {
            family: "compute",
            whole: true,
            accesses: ["write"],
            grants: [],
            via: [],
            because: "tools",
          },
        ],
        missing: [],
        policies: [{ name: "mcp-needed", format: "aws-iam", document: "{}" }],
        readOnly: [],
        assumptions: [],
        ...changes,
      },
    });
    const verdicts = (changes: Partial<IdentityNeeded>) =>
      judge("grants-exceed-tools", given([grant({})], [creates], needed(changes)));

    test("a family that no tool of the products needs is more than they need", () => {
      const finding = verdicts({});
      expect(finding).toMatchObject({ severity: "medium" });
      expect(JSON.stringify(finding)).toContain("mcp-needed");
    });

    test.each<[string, Partial<IdentityNeeded>]>([
      ["a name that only seems to tell it", { verdict: "maybe" }],
      [
        "disuse",
        {
          unneeded: [
            {
              family: "compute",
              whole: true,
              accesses: ["write"],
              grants: [],
              via: [],
              because: "use",
            },
          ],
        },
      ],
      [
        "a part",
        {
          unneeded: [
            {
              family: "compute",
              whole: false,
              accesses: ["write"],
              grants: [],
              via: [],
              because: "tools",
            },
          ],
        },
      ],
    ])("%s leaves the judgement to the categories", (_, changes) => {
      expect(verdicts(changes)).toBe("pass");
    });
  });

  test.each([
    ["a write under tools that only list", grant({}), lists],
    [
      "a write under tools of another cloud",
      grant({}),
      aTool({ manages: { cloud: "gcp", verbs: ["create"] } }),
    ],
    ["secrets under a tool that creates machines", readsSecrets, creates],
    ["changing policies under a tool that creates machines", changesPolicies, creates],
    ["machines under a database tool", grant({}), queries],
    [
      "a write of databases under a tool that reads them",
      grant({ family: "database" }),
      aPlainTool(),
    ],
    [
      "any write under a tool that runs code",
      grant({}),
      aPlainTool({ categories: ["code-exec"], access: "exec" }),
    ],
  ])("%s exceeds", (_, excess, tool) => {
    expect(judge("grants-exceed-tools", given([excess], [tool]))).toMatchObject({
      severity: "medium",
      certainty: "certain",
      subject: { kind: "identity", id: roleArn },
      title: expect.stringContaining(`${excess.action} on *`),
    });
  });

  test.each([
    ["a write under a tool that changes the cloud", grant({}), creates],
    ["secrets under a router over the cloud", readsSecrets, router],
    ["changing policies under a router", changesPolicies, router],
    [
      "changing policies under an identity tool",
      changesPolicies,
      aTool({ categories: ["identity"] }),
    ],
    [
      "reading rows under a database tool",
      grant({ plane: "data", access: "read", family: "database" }),
      aPlainTool(),
    ],
    ["a write of databases under a tool that writes them", grant({ family: "database" }), queries],
    ["a read of the control plane", grant({ access: "read" }), lists],
    ["a write of one resource", grant({ breadth: "resource" }), lists],
    ["a write that is denied", grant({ verdict: "no" }), lists],
    [
      "a read of contents that are not sensitive",
      grant({ plane: "data", access: "read", family: "ai" }),
      lists,
    ],
  ])("%s passes", (_, needed, tool) => {
    expect(judge("grants-exceed-tools", given([needed], [tool]))).toBe("pass");
  });

  test("the chain shows the grant that exceeds, from where it was read", () => {
    const because = [
      {
        power: "manages",
        permission: "ec2:RunInstances on *",
        statement: "policy-1#0",
        because: "",
        source: { ...apiSource, call: "iam:GetRolePolicy" },
        resource: "*",
      },
    ] as const;

    expect(
      judge("grants-exceed-tools", given([readsSecrets, grant({})], [creates, lists], { because })),
    ).toMatchObject({
      evidence: expect.arrayContaining([
        expect.objectContaining({ kind: "source" }),
        expect.objectContaining({
          kind: "permission",
          id: "secretsmanager:GetSecretValue on *",
          source: { ...apiSource, call: "iam:GetRolePolicy" },
        }),
      ]),
    });
  });

  test("grants that an unread limit may take away are maybe", () => {
    const assumptions = ["organizations:ListPolicies denied"];

    expect(
      judge(
        "grants-exceed-tools",
        given([grant({ verdict: "maybe" })], [lists], { verdict: "maybe", assumptions }),
      ),
    ).toMatchObject({ certainty: "maybe", assumptions });
  });

  test("a tool that hides its purpose makes it maybe", () => {
    const hiding = aPlainTool({ name: "run_it", categories: ["other"], access: "write" });

    expect(judge("grants-exceed-tools", given([grant({})], [lists, hiding]))).toMatchObject({
      certainty: "maybe",
      assumptions: [expect.stringContaining("run_it")],
    });
  });

  test.each([
    [
      "tools that would not list",
      {
        ...given([grant({})], []),
        servers: [aServer({ endpoints: [anEndpoint({ tools: [], toolsListed: false })] })],
      },
      "tools/list",
    ],
    [
      "grants that were not read",
      given([], [lists], { power: "unknown", assumptions: ["iam:GetRolePolicy denied"] }),
      "iam:GetRolePolicy",
    ],
    [
      "an identity that the server only may hold",
      {
        ...given([grant({})], [lists]),
        servers: [
          aServer({
            endpoints: [anEndpoint({ tools: [lists] })],
            identities: [aLink({ verdict: "maybe", because: "By its pod." })],
          }),
        ],
      },
      "By its pod.",
    ],
  ] satisfies [string, Partial<RulesInput>, string][])("%s: unknown", (_, changes, because) => {
    expect(judge("grants-exceed-tools", changes)).toMatchObject({
      worst: "medium",
      best: "pass",
      because: expect.stringContaining(because),
    });
  });
});
