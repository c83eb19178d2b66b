import { describe, expect, test } from "vitest";
import { decide } from "../../providers/aws/policy/decide.ts";
import { noSide } from "../../providers/aws/policy/resource-side.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { allow, deny, estateOf, statement, type Given } from "./aws-estate.ts";

const bucket = "arn:aws:s3:::data";

type Case = readonly [
  what: string,
  given: Given,
  action: string,
  resource: string,
  verdict: string,
];

function check([, given, action, resource, verdict]: Case): void {
  const { identity, estate } = estateOf(given);
  expect(awsPolicy.decide(identity, action, resource, estate).verdict).toBe(verdict);
}

const fence = {
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "s3:*", Resource: "*" },
  ],
};

const layers: readonly Case[] = [
  ["an allow is enough", { identity: [allow("s3:*")] }, "s3:GetObject", bucket, "yes"],
  ["nothing allows", { identity: [allow("s3:*")] }, "ec2:RunInstances", "*", "no"],
  [
    "actions compare without case",
    { identity: [allow("S3:getobject")] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "resources compare with case",
    { identity: [allow("s3:*", "arn:aws:s3:::DATA")] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "? is one character",
    { identity: [allow("s3:*", "arn:aws:s3:::dat?")] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "? is not none",
    { identity: [allow("s3:*", "arn:aws:s3:::data?")] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "a wildcard stays in its segment",
    { identity: [allow("ec2:*", "arn:aws:ec2:*:x:instance/i")] },
    "ec2:StopInstances",
    "arn:aws:ec2:eu:y:x:instance/i",
    "no",
  ],
  [
    "a deny in another document wins",
    { identity: [allow("s3:*"), deny("s3:GetObject")] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "a deny on another resource does not",
    { identity: [allow("s3:*"), deny("s3:*", "arn:aws:s3:::other")] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "the boundary admits",
    { identity: [allow("*")], boundary: allow("s3:*") },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "the boundary does not admit",
    { identity: [allow("*")], boundary: allow("s3:*") },
    "iam:CreateUser",
    "*",
    "no",
  ],
  [
    "a boundary grants nothing",
    { identity: [allow("ec2:*")], boundary: allow("*") },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "the session does not admit",
    { identity: [allow("*")], session: allow("ec2:*") },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "the boundary denies",
    {
      identity: [allow("*")],
      boundary: fence,
    },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "one level of the organisation is closed",
    { identity: [allow("*")], scps: [allow("*"), allow("ec2:*")] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "every level is open",
    { identity: [allow("*")], scps: [allow("*"), allow("s3:*")] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "NotAction allows the rest",
    { identity: [statement({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "NotAction leaves out",
    { identity: [statement({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })] },
    "iam:CreateUser",
    "*",
    "no",
  ],
  [
    "Deny NotAction denies the rest",
    { identity: [allow("*"), statement({ Effect: "Deny", NotAction: "s3:*", Resource: "*" })] },
    "iam:CreateUser",
    "*",
    "no",
  ],
  [
    "Deny NotAction spares",
    { identity: [allow("*"), statement({ Effect: "Deny", NotAction: "s3:*", Resource: "*" })] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "NotResource leaves out",
    { identity: [statement({ Effect: "Allow", Action: "s3:*", NotResource: bucket })] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "Deny NotResource spares",
    { identity: [allow("*"), statement({ Effect: "Deny", Action: "s3:*", NotResource: bucket })] },
    "s3:GetObject",
    bucket,
    "yes",
  ],
  [
    "an unread boundary leaves it open",
    { identity: [allow("*")], missing: ["boundary"] },
    "s3:GetObject",
    bucket,
    "maybe",
  ],
  [
    "an unread grant may allow",
    { identity: [allow("ec2:*")], missing: ["grant"] },
    "s3:GetObject",
    bucket,
    "maybe",
  ],
  [
    "an explicit deny stands whatever is unread",
    { identity: [deny("s3:*")], missing: ["grant"] },
    "s3:GetObject",
    bucket,
    "no",
  ],
  [
    "a malformed statement may allow",
    { identity: [{ Statement: [{ Effect: "Allow", Action: 7, Resource: {} }] }] },
    "s3:GetObject",
    bucket,
    "maybe",
  ],
  [
    "every resource of an IAM kind",
    { identity: [allow("iam:PutRolePolicy", "arn:aws:iam::*:role/*")] },
    "iam:PutRolePolicy",
    "*",
    "yes",
  ],
  [
    "some resources of an IAM kind",
    { identity: [allow("iam:PutRolePolicy", "arn:aws:iam::*:role/app-*")] },
    "iam:PutRolePolicy",
    "*",
    "no",
  ],
];

describe("deciding one action", () => {
  test.each(layers)("%s", (...line) => check(line));
  test("a decision names its statements and what it assumes", () => {
    const { identity, estate } = estateOf({ identity: [allow("s3:*")], missing: ["boundary"] });
    const decision = awsPolicy.decide(identity, "s3:GetObject", bucket, estate);
    expect(decision.statements).toEqual(["grant-0#0"]);
    expect(decision.assumptions).toEqual(["missing-boundary (through boundary) was not read"]);
  });

  test("a pattern made to stall matching does not", () => {
    const pattern = `arn:aws:s3:::${"*a".repeat(900)}b`;
    const given = { identity: [allow("s3:*", pattern)] };
    check(["", given, "s3:GetObject", `arn:aws:s3:::${"a".repeat(2_000)}`, "no"]);
  });

  test("a choice that a deny hits does not hide one that is not decided", () => {
    const identity = [
      allow("s3:*", "*", { StringEquals: { "example:key": "x" } }),
      deny("s3:*", "*", { StringEquals: { "aws:RequestTag/a": "1" } }),
    ];
    check(["", { identity }, "s3:GetObject", bucket, "maybe"]);
  });

  test.each<readonly [string, Given]>([
    [
      "one level of the organisation",
      { boundary: allow("*"), scps: [allow("*"), allow("ec2:*")], missing: ["grant"] },
    ],
    ["the boundary of a role", { boundary: allow("ec2:*"), missing: ["grant"] }],
    ["the boundary of a user", { kind: "user", boundary: allow("ec2:*"), missing: ["grant"] }],
    ["the session policy", { session: allow("ec2:*"), missing: ["grant"] }],
  ])("what %s does not admit, no policy that was not read can allow", (_, given) => {
    check(["", given, "s3:GetObject", bucket, "no"]);
  });

  test.each<readonly [string, Given, string]>([
    ["may name the session of a role past its boundary", { boundary: allow("ec2:*") }, "maybe"],
    ["names no session past the organisation", { scps: [allow("ec2:*")] }, "no"],
  ])("a resource's policy that was not read %s", (_, given, verdict) => {
    const { identity, estate } = estateOf({ identity: [allow("s3:*")], ...given });
    const side = { ...noSide, unread: "the policy was not read" };
    expect(decide(identity, "s3:GetObject", bucket, estate, {}, side).verdict).toBe(verdict);
  });

  test.each<readonly [string, Given, string]>([
    ["an allow that nothing limits", { identity: [allow("s3:*")] }, "allowed and not limited"],
    ["no allow", { identity: [allow("s3:*", "arn:aws:s3:::x")] }, "speaks about"],
    ["a deny", { identity: [allow("s3:*"), deny("s3:Get*")] }, "explicit deny"],
    ["a limit", { identity: [allow("s3:*")], boundary: allow("ec2:*") }, "does not admit it"],
    [
      "a condition that is not known",
      { identity: [allow("s3:*", "*", { StringEquals: { "example:key": "x" } })] },
      "not known",
    ],
  ])("a decision says that it rests on %s", (_, given, words) => {
    const { identity, estate } = estateOf(given);
    expect(awsPolicy.decide(identity, "s3:GetObject", bucket, estate).because).toContain(words);
  });
});
