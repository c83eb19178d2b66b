import { describe, expect, test } from "vitest";
import { actionsMatching, catalogue } from "../../providers/aws/policy/actions.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { covers, glob, overlaps } from "../../providers/aws/policy/match.ts";
import { breadthOf } from "../../providers/aws/policy/neutral.ts";
import { complement, intersection, minus } from "../../providers/aws/policy/ranges.ts";
import { allow, deny, estateOf, statement, type Given } from "./aws-estate.ts";

function lines(given: Given): string[] {
  const { identity, estate } = estateOf(given);
  return awsPolicy
    .grants(identity, estate)
    .map(
      (g) =>
        `${g.action} on ${g.resource}: ${g.plane} ${g.access} ${g.family} ${g.breadth} ${g.condition} ${g.verdict}`,
    )
    .toSorted();
}

const stop = "compute group none yes";

describe("grants", () => {
  test("a wildcard stays one pattern, split only by what it does", () => {
    const { identity, estate } = estateOf({ identity: [allow("sqs:*")] });
    const grants = awsPolicy.grants(identity, estate);
    expect(new Set(grants.map(({ action, resource }) => `${action} on ${resource}`))).toEqual(
      new Set(["sqs:* on *"]),
    );
    expect(grants.length).toBeLessThan(12);
    expect(
      grants
        .filter(({ access, plane }) => access === "write" && plane === "control")
        .map(({ wholeFamily }) => wholeFamily),
    ).toEqual([true]);
  });

  test.each<[string, Given, readonly string[]]>([
    ["an action that does not exist gives nothing", { identity: [allow("s3:Fly")] }, []],
    [
      "a secret is data",
      { identity: [allow("secretsmanager:GetSecretValue")] },
      ["secretsmanager:GetSecretValue on *: data read secrets account none yes"],
    ],
    [
      "terminating is deleting",
      { identity: [allow("ec2:TerminateInstances", "arn:aws:ec2:*:*:instance/i-1")] },
      [
        "ec2:TerminateInstances on arn:aws:ec2:*:*:instance/i-1: control delete compute resource none yes",
      ],
    ],
    ["a deny takes away", { identity: [allow("ec2:StopInstances"), deny("ec2:Stop*")] }, []],
    [
      "a deny on a part leaves the rest",
      {
        identity: [
          allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/i-*"),
          deny("ec2:*", "arn:aws:ec2:*:*:instance/i-1"),
        ],
      },
      [`ec2:StopInstances on arn:aws:ec2:*:*:instance/i-*: control write ${stop}`],
    ],
    [
      "a deny whose condition is unknown leaves a maybe",
      {
        identity: [
          allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/i-*"),
          deny("ec2:*", "*", { StringEquals: { "aws:ResourceTag/a": "b" } }),
        ],
      },
      ["ec2:StopInstances on arn:aws:ec2:*:*:instance/i-*: control write compute group none maybe"],
    ],
    [
      "a deny the caller can avoid leaves all",
      {
        identity: [
          allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/i-*"),
          deny("ec2:*", "*", { StringEquals: { "aws:RequestedRegion": "eu" } }),
        ],
      },
      [`ec2:StopInstances on arn:aws:ec2:*:*:instance/i-*: control write ${stop}`],
    ],
    [
      "two denies without a way out between them leave a maybe",
      {
        identity: [
          allow("ec2:StopInstances"),
          deny("ec2:*", "*", { StringEquals: { "aws:RequestedRegion": "eu" } }),
          deny("ec2:*", "*", { StringNotEquals: { "aws:RequestedRegion": "eu" } }),
        ],
      },
      ["ec2:StopInstances on *: control write compute account none maybe"],
    ],
    [
      "Deny NotAction takes the rest",
      {
        identity: [
          allow(["ec2:StopInstances", "s3:CreateBucket"]),
          statement({ Effect: "Deny", NotAction: "ec2:*", Resource: "*" }),
        ],
      },
      ["ec2:StopInstances on *: control write compute account none yes"],
    ],
    [
      "a boundary narrows actions",
      { identity: [allow(["ec2:StopInstances", "s3:CreateBucket"])], boundary: allow("ec2:*") },
      ["ec2:StopInstances on *: control write compute account none yes"],
    ],
    [
      "a boundary narrows resources",
      {
        identity: [allow("ec2:StopInstances")],
        boundary: allow("ec2:*", "arn:aws:ec2:*:*:instance/i-1"),
      },
      [
        "ec2:StopInstances on arn:aws:ec2:*:*:instance/i-1: control write compute resource none yes",
      ],
    ],
    [
      "a boundary for other resources leaves nothing",
      {
        identity: [allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/i-1")],
        boundary: allow("ec2:*", "arn:aws:ec2:*:*:instance/i-2"),
      },
      [],
    ],
    [
      "an unread boundary leaves the grant, and a limit says so",
      { identity: [allow("ec2:StopInstances")], missing: ["boundary"] },
      ["ec2:StopInstances on *: control write compute account none yes"],
    ],
    [
      "a condition the caller can meet",
      {
        identity: [
          allow("ec2:StopInstances", "*", { StringEquals: { "aws:RequestedRegion": "eu" } }),
        ],
      },
      ["ec2:StopInstances on *: control write compute account caller-satisfiable yes"],
    ],
    [
      "a condition on a tag narrows to a group",
      {
        identity: [allow("ec2:StopInstances", "*", { StringEquals: { "aws:ResourceTag/a": "b" } })],
      },
      ["ec2:StopInstances on *: control write compute group unknown maybe"],
    ],
    [
      "a condition on the network",
      {
        identity: [
          allow("ec2:StopInstances", "*", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
        ],
      },
      ["ec2:StopInstances on *: control write compute account workload-bound maybe"],
    ],
    [
      "a condition that never holds",
      { identity: [allow("ec2:StopInstances", "*", { Bool: { "aws:SecureTransport": "false" } })] },
      [],
    ],
    [
      "Deny NotResource spares what its variables name",
      {
        identity: [allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/red")],
        tags: { team: "red" },
        boundary: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Action: "*",
              NotResource: "arn:aws:ec2:*:*:instance/${aws:PrincipalTag/team}",
            },
          ],
        },
      },
      [
        "ec2:StopInstances on arn:aws:ec2:*:*:instance/red: control write compute resource none yes",
      ],
    ],
    [
      "a variable without a value",
      { identity: [allow("ec2:StopInstances", "arn:aws:ec2:*:*:instance/${aws:PrincipalTag/x}")] },
      [],
    ],
  ])("%s", (_, given, expected) => {
    expect(lines(given)).toEqual(expected);
  });

  test("NotAction keeps its text and leaves out what it names", () => {
    const { identity, estate } = estateOf({
      identity: [statement({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" })],
    });
    const grants = awsPolicy.grants(identity, estate);
    expect(grants[0]!.action).toBe("not iam:*, sts:*");
    const counted = grants.reduce((sum, { actions }) => sum + actions, 0);
    const left = (pattern: string): number => {
      const [from = 0, to = 0] = actionsMatching(pattern);
      return to - from;
    };
    expect(counted).toBe(catalogue().names.length - left("iam:*") - left("sts:*"));
  });

  test.each([
    ["*", "account"],
    ["arn:aws:s3:::*", "account"],
    ["arn:aws:s3:::*/*", "account"],
    ["arn:aws:s3:::data/*", "group"],
    ["arn:aws:s3:::data", "resource"],
    ["arn:aws:iam::*:role/*", "account"],
    ["arn:aws:iam::*:role/app-*", "group"],
    ["arn:aws:lambda:eu-west-1:1:function:*", "account"],
    ["arn:aws:dynamodb:*:*:table/*/index/*", "account"],
    ["arn:aws:logs:*:*:log-group:/aws/*", "group"],
    ["arn:aws:ec2:*:*:instance/i-1", "resource"],
  ])("%s is as wide as %s", (pattern, breadth) => {
    expect(breadthOf(pattern)).toBe(breadth);
  });

  test.each([
    "*",
    "s3:*",
    "s3:get*",
    "s3:*object",
    "*:get*",
    "iam:pass?ole",
    "ec2:runinstances",
    "zzz:*",
    "s3:getobject?",
  ])("the actions of %s are those that match one by one", (pattern) => {
    const { names } = catalogue();
    const found = actionsMatching(pattern);
    const slow = names.flatMap((name, index) => (glob(pattern, name) ? [index] : []));
    const fast = slow.filter((index) => intersection(found, [index, index + 1]).length > 0);
    expect(fast).toEqual(slow);
    expect(
      minus(found, slow.flatMap((index) => [index, index + 1]).length > 0 ? found : []),
    ).toEqual([]);
    expect(complement(complement(found, names.length), names.length)).toEqual(found);
  });

  test.each([
    ["*", "arn:aws:s3:::a", true, true],
    ["arn:aws:s3:::a*", "arn:aws:s3:::ab*", true, true],
    ["arn:aws:s3:::ab*", "arn:aws:s3:::a*", false, true],
    ["arn:aws:s3:::a*x", "arn:aws:s3:::*b", false, false],
    ["arn:aws:s3:::a*", "arn:aws:s3:::*b", false, true],
    ["arn:aws:s3:::?", "arn:aws:s3:::*", false, true],
    ["arn:aws:s3:::", "arn:aws:s3:::*", false, true],
    ["arn:aws:s3:::a", "arn:aws:s3:::b", false, false],
  ])("%s and %s: covers %s, overlaps %s", (outer, inner, covering, overlapping) => {
    expect([covers(outer, inner), overlaps(outer, inner), overlaps(inner, outer)]).toEqual([
      covering,
      overlapping,
      overlapping,
    ]);
  });
});
