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
    "an unknown value opens no other service",
    { identity: [allow("s3:*", "arn:aws:s3:::${aws:userid}")] },
    "s3:GetObject",
    "arn:aws:ec2:eu-west-1:1:instance/i-1",
    "no",
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

describe("conditions and variables", () => {
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
});
