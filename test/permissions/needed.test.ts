import { describe, expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import type { IdentityNeeded } from "../../src/model/needed.ts";
import type { IdentityUse } from "../../src/model/logging.ts";
import { neededOf, type NeededQuestion } from "../../src/permissions/needed.ts";
import { classify } from "../../src/tools/classify.ts";
import { tokenise } from "../../src/tools/tokens.ts";
import { allow, deny, estateOf, type Given } from "../providers/aws-estate.ts";

interface Asked extends Partial<Pick<NeededQuestion, "unlisted" | "others" | "use">> {
  readonly product?: string;
}

function needed(given: Given, tools: readonly string[], asked: Asked = {}): IdentityNeeded {
  const { identity, estate } = estateOf(given);
  const { needs } = awsPolicy;
  if (!needs) throw new Error("no needs");
  const { product, unlisted = [], others = [], use } = asked;
  return neededOf({
    identity,
    report: {
      grants: awsPolicy.grants(identity, estate),
      limits: awsPolicy.limits(identity, estate),
    },
    needs,
    estate,
    tools: tools.map((name) => ({
      tool: classify(
        {
          name,
          description: "",
          parameters: [],
          annotations: {},
          schemaSha256: "0",
        },
        {
          ...(product !== undefined && {
            product: { id: product, name: product, basis: "signals", because: "test" } as const,
          }),
          useProductTables: true,
        },
      ),
      words: tokenise(name),
      ...(product !== undefined && { product }),
    })),
    unlisted,
    others,
    ...(use && { use }),
  });
}

const source = { kind: "rule", id: "test" } as const;
const use = (families: IdentityUse["families"]): IdentityUse => ({
  identity: "x",
  since: "2026-01-01T00:00:00Z",
  ...(families && { families }),
  source,
});
const actionsIn = (one: IdentityNeeded): unknown =>
  one.policies.flatMap(({ document }) =>
    JSON.parse(document).Statement.map((each: { Action: unknown }) => each.Action),
  );

describe("what the listed tools need", () => {
  test("a tool whose name spells an action of its product's service needs that one", () => {
    const found = needed({ identity: [allow("*")] }, ["create_topic", "create_queue"], {
      product: "awslabs-amazon-sns-sqs",
    });
    expect(found.actions).toEqual(["sns:CreateTopic", "sqs:CreateQueue"]);
    expect(actionsIn(found)).toEqual([["sns:CreateTopic", "sqs:CreateQueue"]]);
    expect(found.verdict).toBe("yes");
  });

  test("families that no tool needs are named, each with what it holds", () => {
    const found = needed({ identity: [allow(["sns:*", "ec2:*"])] }, ["create_topic"], {
      product: "awslabs-amazon-sns-sqs",
    });
    const compute = found.unneeded.find(({ family }) => family === "compute");
    expect(compute).toMatchObject({ whole: true, because: "tools", grants: ["ec2:* on *"] });
    expect(found.unneeded.find(({ family }) => family === "messaging")).toMatchObject({
      whole: false,
    });
  });

  test("a tool that passes anything on keeps all, but what the provider says is unused", () => {
    const given = { identity: [allow(["s3:*", "ec2:*"])] };
    const router = { product: "aws-api-mcp" };
    expect(needed(given, ["call_aws"], router).unneeded).toEqual([]);
    expect(needed(given, ["call_aws"], router).policies).toEqual([]);
    const idle = needed(given, ["call_aws"], {
      ...router,
      use: use([{ family: "storage", lastUsed: "2026-11-01T00:00:00Z" }]),
    });
    expect(idle.unneeded.map(({ family }) => family)).not.toContain("storage");
    expect(idle.unneeded).toContainEqual(
      expect.objectContaining({ family: "compute", because: "use", lastUsed: "never" }),
    );
  });

  test("a read-only policy holds only what reads", () => {
    const [policy] = needed({ identity: [allow("s3:*")] }, ["call_aws"], {
      product: "aws-api-mcp",
    }).readOnly;
    expect(JSON.parse(policy?.document ?? "{}").Statement[0].Action).toContain("s3:List*");
    expect(policy?.document).not.toMatch(/Put|Delete|Create/);
  });

  test("what is needed and not granted is missing, and is not proposed", () => {
    const found = needed({ identity: [allow("sqs:*")] }, ["create_topic"], {
      product: "awslabs-amazon-sns-sqs",
    });
    expect(found.missing).toEqual(["sns:CreateTopic"]);
    expect(found.policies).toEqual([]);
  });

  test.each<[string, Given, readonly string[], Asked, RegExp]>([
    ["an endpoint without a list", {}, [], { unlisted: ["http://a"] }, /http:\/\/a did not/],
    ["another workload", {}, [], { others: ["batch"] }, /^batch holds it too/],
    ["a name", {}, ["delete_s3_object"], {}, /read from its name/],
    ["a hidden purpose", {}, ["frobnicate"], {}, /does not show/],
    ["an unread policy", { missing: ["grant"] }, [], {}, /missing-grant/],
  ])("%s is a thing that the proposal rests on", (_, given, tools, asked, sentence) => {
    const found = needed({ identity: [allow("*")], ...given }, tools, asked);
    expect(found.assumptions.join("\n")).toMatch(sentence);
    expect(found.verdict).toBe("maybe");
  });

  test("denies stay with what they limit", () => {
    const found = needed(
      {
        identity: [
          allow("sns:*"),
          deny("sns:CreateTopic", "arn:aws:sns:*:*:prod-*"),
          deny("ec2:*"),
        ],
      },
      ["create_topic"],
      { product: "awslabs-amazon-sns-sqs" },
    );
    expect(found.policies[0]?.document).toContain('"Deny"');
    expect(found.policies[0]?.document).not.toContain("ec2:*");
  });
});
