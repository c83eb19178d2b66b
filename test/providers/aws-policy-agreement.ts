import * as fc from "fast-check";
import type { Json } from "../../src/model/json.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { account, estateOf, now } from "./aws-estate.ts";
import { naive, type World } from "./aws-policy-naive.ts";

const actions = ["s3:GetObject", "s3:PutObject", "iam:PassRole", "ec2:RunInstances"];
const resources = [
  "arn:aws:s3:::data/red",
  "arn:aws:s3:::data/blue/x",
  `arn:aws:iam::${account}:role/app-1`,
  `arn:aws:ec2:eu-west-1:${account}:instance/i-1`,
];

const actionPattern = fc.constantFrom(
  ...actions,
  "*",
  "s3:*",
  "S3:get*",
  "iam:Pass?ole",
  "ec2:*Instances",
  "s3:?etObject",
  "*:*",
);
const resourcePattern = fc.constantFrom(
  ...resources,
  "*",
  "arn:aws:s3:::data/*",
  "arn:aws:s3:::data/r?d",
  "arn:aws:*:*:*:*",
  "arn:aws:iam::*:role/app-*",
  "arn:aws:s3:::data/${aws:PrincipalTag/team}",
  "arn:aws:s3:::data/${aws:PrincipalTag/none}",
  "arn:aws:s3:::${aws:userid}",
  "arn:aws:ec2:*:instance/i-1",
);
const region = fc.constantFrom("eu-west-1", "us-*", "eu-?est-1", "ap-south-1");
const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 1, maxLength: 3 });
const on = (
  names: readonly string[],
  key: string,
  values: fc.Arbitrary<string>,
): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom(...names), list(values))
    .map(([name, texts]) => ({ [name]: { [key]: texts } }));
const texts = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "StringEqualsIfExists",
  "ForAllValues:StringLike",
  "ForAnyValue:StringEquals",
  "ForAnyValue:StringNotEquals",
  "ForAllValues:StringNotEquals",
];
const condition = fc.oneof(
  on(texts, "aws:RequestedRegion", region),
  on(
    texts,
    "aws:RequestTag/env",
    fc.constantFrom("prod", "test", "*", "PROD", "${aws:PrincipalTag/team}"),
  ),
  on(texts, "aws:PrincipalTag/team", fc.constantFrom("red", "blue", "r*", "RED")),
  on(texts, "aws:PrincipalTag/none", fc.constantFrom("red", "*")),
  on(texts, "aws:ResourceTag/env", fc.constantFrom("prod")),
  on(
    ["ArnLike", "ArnNotLike", "ArnEquals"],
    "aws:PrincipalArn",
    fc.constantFrom(`arn:aws:iam::${account}:role/mcp-*`, "arn:aws:iam::*:role/x", "arn:*"),
  ),
  on(["Bool", "BoolIfExists"], "aws:SecureTransport", fc.constantFrom("true", "false")),
  on(["Null"], "aws:RequestTag/env", fc.constantFrom("true", "false")),
  on(["Null"], "aws:CalledVia", fc.constantFrom("true", "false")),
  on(
    ["DateLessThan", "DateGreaterThan"],
    "aws:CurrentTime",
    fc.constantFrom("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
  ),
  on(["NumericLessThan", "NumericGreaterThanEquals"], "s3:max-keys", fc.constantFrom("1", "10")),
);
const statement = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
    action: fc.constantFrom("Action", "Action", "Action", "NotAction"),
    actions: list(actionPattern),
    resource: fc.constantFrom("Resource", "Resource", "Resource", "NotResource"),
    resources: list(resourcePattern),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map((s): Json =>
    Object.assign(
      { Effect: s.effect, [s.action]: s.actions, [s.resource]: s.resources },
      s.conditions.length > 0 && { Condition: Object.assign({}, ...s.conditions) },
    ),
  );
const document = fc
  .record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
    Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
  })
  .map((body): Json => body);
const limit = fc.option(document, { nil: undefined, freq: 2 });

const world: World = {
  known: {
    "aws:principaltag/team": "red",
    "aws:principaltag/none": null,
    "aws:principalarn": `arn:aws:iam::${account}:role/mcp-server`,
    "aws:securetransport": "true",
    "aws:calledvia": null,
    "aws:currenttime": now,
  },
  chosen: {
    "aws:requestedregion": [
      "eu-west-1",
      "ap-south-1",
      "us-east-1",
      "us-*",
      "us-",
      "eu-?est-1",
      "mars",
    ],
    "aws:requesttag/env": [
      "prod",
      "test",
      "PROD",
      "red",
      "${aws:PrincipalTag/team}",
      "*",
      "mars",
      null,
    ],
    "s3:max-keys": ["0", "5", "1", "10", "11", null],
  },
};

export interface Agreement {
  readonly seen: Readonly<Record<"yes" | "maybe" | "no", number>>;
  /** One line per disagreement. */
  readonly disagreements: readonly string[];
}

/** Compares random decisions with the evaluator that was written to be obvious. */
export function agreement(seed: number, count: number): Agreement {
  const seen = { yes: 0, maybe: 0, no: 0 };
  const disagreements: string[] = [];
  fc.assert(
    fc.property(
      fc.array(document, { minLength: 1, maxLength: 2 }),
      limit,
      limit,
      fc.constantFrom(...actions),
      fc.constantFrom(...resources),
      (identity, boundary, scp, action, resource) => {
        const limits = [boundary, scp].filter((body) => body !== undefined);
        const given = estateOf({
          identity,
          tags: { team: "red" },
          ...(boundary !== undefined && { boundary }),
          ...(scp !== undefined && { scps: [scp] }),
        });
        const { verdict } = awsPolicy.decide(given.identity, action, resource, given.estate);
        seen[verdict]++;
        const obvious = naive(identity, limits, action, resource, world);
        if (verdict !== obvious) {
          const about = JSON.stringify({ identity, limits });
          disagreements.push(`${verdict}, not ${obvious}: ${action} on ${resource} by ${about}`);
        }
      },
    ),
    { numRuns: count, seed },
  );
  return { seen, disagreements };
}
