import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { account, allow, deny, estateOf, statement, type Given } from "./aws-estate.ts";

const bucket = "arn:aws:s3:::data";
const self = `arn:aws:iam::${account}:role/mcp-server`;

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
      boundary: statement({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
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

const own = `arn:aws:s3:::home/\${aws:PrincipalTag/team}`;
const variables: readonly Case[] = [
  [
    "a tag is filled in",
    { identity: [allow("s3:*", own)], tags: { team: "red" } },
    "s3:GetObject",
    "arn:aws:s3:::home/red",
    "yes",
  ],
  [
    "another value does not match",
    { identity: [allow("s3:*", own)], tags: { team: "red" } },
    "s3:GetObject",
    "arn:aws:s3:::home/blue",
    "no",
  ],
  [
    "a missing tag matches nothing",
    { identity: [allow("s3:*", own)] },
    "s3:GetObject",
    "arn:aws:s3:::home/",
    "no",
  ],
  [
    "a star in a value is a star",
    { identity: [allow("s3:*", own)], tags: { team: "*" } },
    "s3:GetObject",
    "arn:aws:s3:::home/red",
    "no",
  ],
  [
    "a default is used",
    { identity: [allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/x, 'def'}")] },
    "s3:GetObject",
    "arn:aws:s3:::def",
    "yes",
  ],
  [
    "an unknown value leaves it open",
    { identity: [allow("s3:*", "arn:aws:s3:::${aws:userid}")] },
    "s3:GetObject",
    bucket,
    "maybe",
  ],
  [
    "the old version has no variables",
    {
      identity: [statement({ Effect: "Allow", Action: "s3:*", Resource: own }, "2008-10-17")],
      tags: { team: "red" },
    },
    "s3:GetObject",
    "arn:aws:s3:::home/red",
    "no",
  ],
  [
    "the old version takes them as text",
    { identity: [statement({ Effect: "Allow", Action: "s3:*", Resource: own }, "2008-10-17")] },
    "s3:GetObject",
    own,
    "yes",
  ],
  [
    "${*} is a star",
    { identity: [allow("s3:*", "arn:aws:s3:::a${*}")] },
    "s3:GetObject",
    "arn:aws:s3:::ab",
    "no",
  ],
];

type Held = readonly [what: string, condition: JsonObject, onAllow: string, onDeny: string];

/** What a condition makes of an allow, and of a deny beside an unconditional allow. */
const conditions: readonly Held[] = [
  ["a known value that fits", { StringEquals: { "aws:PrincipalAccount": account } }, "yes", "no"],
  [
    "a known value that does not",
    { StringEquals: { "aws:PrincipalAccount": "999988887777" } },
    "no",
    "yes",
  ],
  [
    "a key compares without case",
    { StringEquals: { "AWS:principalACCOUNT": account } },
    "yes",
    "no",
  ],
  [
    "a value the caller can choose",
    { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    "yes",
    "yes",
  ],
  [
    "two values of one key that exclude each other",
    {
      StringEquals: { "aws:RequestedRegion": "eu" },
      StringNotEquals: { "aws:RequestedRegion": "eu" },
    },
    "no",
    "yes",
  ],
  ["a range the caller can be in", { NumericLessThan: { "s3:max-keys": "10" } }, "yes", "yes"],
  [
    "an empty range",
    { NumericLessThan: { "s3:max-keys": "10" }, NumericGreaterThan: { "s3:max-keys": "10" } },
    "no",
    "yes",
  ],
  ["a pattern the caller can fit", { StringLike: { "s3:prefix": "a/*/?" } }, "yes", "yes"],
  ["a key that nobody can read", { StringEquals: { "aws:ResourceTag/a": "b" } }, "maybe", "maybe"],
  [
    "an operator that does not exist",
    { StringResembles: { "aws:PrincipalAccount": account } },
    "maybe",
    "maybe",
  ],
  ["MFA demanded", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, "no", "yes"],
  [
    "no MFA, key perhaps absent",
    { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    "maybe",
    "maybe",
  ],
  [
    "no MFA, if the key exists",
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    "yes",
    "no",
  ],
  ["TLS", { Bool: { "aws:SecureTransport": "true" } }, "yes", "no"],
  [
    "before a date that has passed",
    { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
    "no",
    "yes",
  ],
  [
    "after a date that has passed",
    { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
    "yes",
    "no",
  ],
  ["epoch seconds", { DateGreaterThanEquals: { "aws:EpochTime": "1577836800" } }, "yes", "no"],
  [
    "a token of an old session",
    { DateLessThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
    "no",
    "yes",
  ],
  [
    "the caller's ARN",
    { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/mcp-*` } },
    "yes",
    "no",
  ],
  ["not the caller's ARN", { ArnNotLike: { "aws:PrincipalArn": self } }, "no", "yes"],
  [
    "an absent key with a positive operator",
    { StringEquals: { "aws:CalledVia": "x" } },
    "no",
    "yes",
  ],
  [
    "an absent key with a negated operator",
    { StringNotEquals: { "aws:CalledVia": "x" } },
    "yes",
    "no",
  ],
  ["an absent key if it exists", { StringEqualsIfExists: { "aws:CalledVia": "x" } }, "yes", "no"],
  [
    "all values of an absent key",
    { "ForAllValues:StringEquals": { "aws:CalledVia": "x" } },
    "yes",
    "no",
  ],
  [
    "any value of an absent key",
    { "ForAnyValue:StringEquals": { "aws:CalledVia": "x" } },
    "no",
    "yes",
  ],
  ["a key that has to be absent and is", { Null: { "aws:CalledVia": "true" } }, "yes", "no"],
  ["a key that has to be there and is not", { Null: { "aws:CalledVia": "false" } }, "no", "yes"],
  [
    "all tag keys from a list",
    { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    "yes",
    "yes",
  ],
  [
    "any value of a list",
    { StringEquals: { "aws:PrincipalAccount": ["1", account] } },
    "yes",
    "no",
  ],
  ["none of a list", { StringNotEquals: { "aws:PrincipalAccount": ["1", account] } }, "no", "yes"],
  ["no case", { StringEqualsIgnoreCase: { "aws:PrincipalType": "ASSUMEDROLE" } }, "yes", "no"],
  [
    "an address nobody can read",
    { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    "maybe",
    "maybe",
  ],
  [
    "all of several keys",
    { StringEquals: { "aws:PrincipalAccount": account, "aws:PrincipalType": "User" } },
    "no",
    "yes",
  ],
];

describe("deciding one action", () => {
  test.each(layers)("%s", (...line) => check(line));
  test.each(variables)("in a variable, %s", (...line) => check(line));

  test.each(conditions)("%s", (_, condition, onAllow, onDeny) => {
    check(["", { identity: [allow("s3:*", "*", condition)] }, "s3:GetObject", bucket, onAllow]);
    check([
      "",
      { identity: [allow("s3:*"), deny("s3:*", "*", condition)] },
      "s3:GetObject",
      bucket,
      onDeny,
    ]);
  });

  test("a region that is allowed and denied leaves nothing to choose", () => {
    const region = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
    const given = { identity: [allow("s3:*", "*", region), deny("s3:*", "*", region)] };
    check(["", given, "s3:GetObject", bucket, "no"]);
  });

  test.each([
    ["203.0.113.9", "203.0.113.0/24", "yes"],
    ["203.0.114.9", "203.0.113.0/24", "no"],
    ["203.0.113.9", "0.0.0.0/0", "yes"],
    ["203.0.113.9", "203.0.113.9", "yes"],
    ["2001:db8::9", "2001:db8::/32", "yes"],
    ["2001:db9::9", "2001:db8::/32", "no"],
    ["203.0.113.9", "::/0", "no"],
    ["203.0.113.9", "203.0.113.0/33", "maybe"],
    ["203.0.113.9", "nonsense", "maybe"],
  ])("address %s in %s: %s", (address, prefix, verdict) => {
    const { identity, estate } = estateOf({
      identity: [allow("s3:*", "*", { IpAddress: { "aws:SourceIp": prefix } })],
    });
    const facts = { "aws:SourceIp": address };
    expect(awsPolicy.decide(identity, "s3:GetObject", bucket, estate, facts).verdict).toBe(verdict);
  });

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
});
