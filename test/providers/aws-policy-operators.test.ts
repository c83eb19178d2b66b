import { describe, expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { estateOf, statement } from "./aws-estate.ts";
import { naive } from "./aws-policy-naive.ts";

const page =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const sets =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html";

/** What the request carries; `null` = the key is absent. */
type Row = readonly [
  operator: string,
  request: string | null,
  policy: readonly string[],
  holds: boolean,
  citation: string,
];

/** What the documentation says of each operator, one example a line. */
const rows: readonly Row[] = [
  ["StringEquals", "home", ["home"], true, `${page}#Conditions_String`],
  ["StringEquals", "Home", ["home"], false, `${page}#Conditions_String`],
  ["StringEquals", "home", ["h*"], false, `${page}#Conditions_String`],
  ["StringEquals", "home", ["other", "home"], true, `${page}#Conditions_String`],
  ["StringEquals", null, ["home"], false, `${page}#Conditions_String`],
  ["StringNotEquals", "home", ["home"], false, `${page}#Conditions_String`],
  ["StringNotEquals", "home", ["a", "b"], true, `${page}#Conditions_String`],
  ["StringNotEquals", "home", ["a", "home"], false, `${page}#Conditions_String`],
  ["StringNotEquals", null, ["home"], true, `${page}#Conditions_String`],
  ["StringEqualsIgnoreCase", "HOME", ["home"], true, `${page}#Conditions_String`],
  ["StringEqualsIgnoreCase", "homes", ["home"], false, `${page}#Conditions_String`],
  ["StringNotEqualsIgnoreCase", "HOME", ["home"], false, `${page}#Conditions_String`],
  ["StringNotEqualsIgnoreCase", null, ["home"], true, `${page}#Conditions_String`],
  ["StringLike", "home/a/b", ["home/*"], true, `${page}#Conditions_String`],
  ["StringLike", "home", ["h?me"], true, `${page}#Conditions_String`],
  ["StringLike", "hoome", ["h?me"], false, `${page}#Conditions_String`],
  ["StringLike", "Home", ["h*"], false, `${page}#Conditions_String`],
  ["StringNotLike", "home/a", ["home/*"], false, `${page}#Conditions_String`],
  ["StringNotLike", "away", ["home/*"], true, `${page}#Conditions_String`],
  ["NumericEquals", "10", ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericEquals", "10.0", ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericNotEquals", "10", ["10"], false, `${page}#Conditions_Numeric`],
  ["NumericNotEquals", null, ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericLessThan", "9", ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericLessThan", "10", ["10"], false, `${page}#Conditions_Numeric`],
  ["NumericLessThanEquals", "10", ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericLessThanEquals", "11", ["10"], false, `${page}#Conditions_Numeric`],
  ["NumericGreaterThan", "10", ["10"], false, `${page}#Conditions_Numeric`],
  ["NumericGreaterThan", "100", ["20"], true, `${page}#Conditions_Numeric`],
  ["NumericGreaterThanEquals", "10", ["10"], true, `${page}#Conditions_Numeric`],
  ["NumericGreaterThanEquals", "9", ["10"], false, `${page}#Conditions_Numeric`],
  ["DateEquals", "2026-11-22T00:00:00Z", ["2026-11-22T00:00:00Z"], true, `${page}#Conditions_Date`],
  [
    "DateEquals",
    "2026-11-22T01:00:00+01:00",
    ["2026-11-22T00:00:00Z"],
    true,
    `${page}#Conditions_Date`,
  ],
  [
    "DateNotEquals",
    "2026-11-22T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    false,
    `${page}#Conditions_Date`,
  ],
  [
    "DateLessThan",
    "2026-11-21T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    true,
    `${page}#Conditions_Date`,
  ],
  [
    "DateLessThan",
    "2026-11-22T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    false,
    `${page}#Conditions_Date`,
  ],
  [
    "DateLessThanEquals",
    "2026-11-22T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    true,
    `${page}#Conditions_Date`,
  ],
  [
    "DateGreaterThan",
    "2026-11-23T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    true,
    `${page}#Conditions_Date`,
  ],
  [
    "DateGreaterThan",
    "2026-11-22T00:00:00Z",
    ["2026-11-22T00:00:00Z"],
    false,
    `${page}#Conditions_Date`,
  ],
  [
    "DateGreaterThanEquals",
    "2026-11-22T00:00:00Z",
    ["1795305600"],
    true,
    `${page}#Conditions_Date`,
  ],
  [
    "DateGreaterThanEquals",
    "2026-11-21T23:59:59Z",
    ["1795305600"],
    false,
    `${page}#Conditions_Date`,
  ],
  ["Bool", "true", ["true"], true, `${page}#Conditions_Boolean`],
  ["Bool", "TRUE", ["true"], true, `${page}#Conditions_Boolean`],
  ["Bool", "false", ["true"], false, `${page}#Conditions_Boolean`],
  ["Bool", null, ["false"], false, `${page}#Conditions_Boolean`],
  ["BinaryEquals", "QmFzZTY0", ["QmFzZTY0"], true, `${page}#Conditions_BinaryEquals`],
  ["BinaryEquals", "QmFzZTY0", ["qmFzZTY0"], false, `${page}#Conditions_BinaryEquals`],
  ["IpAddress", "203.0.113.7", ["203.0.113.0/24"], true, `${page}#Conditions_IPAddress`],
  ["IpAddress", "203.0.114.7", ["203.0.113.0/24"], false, `${page}#Conditions_IPAddress`],
  ["IpAddress", "203.0.113.7", ["203.0.113.7"], true, `${page}#Conditions_IPAddress`],
  ["IpAddress", "203.0.113.8", ["203.0.113.7"], false, `${page}#Conditions_IPAddress`],
  ["IpAddress", "2001:db8::1", ["2001:db8::/32"], true, `${page}#Conditions_IPAddress`],
  ["IpAddress", "203.0.113.7", ["2001:db8::/32"], false, `${page}#Conditions_IPAddress`],
  ["IpAddress", null, ["0.0.0.0/0"], false, `${page}#Conditions_IPAddress`],
  ["NotIpAddress", "203.0.113.7", ["203.0.113.0/24"], false, `${page}#Conditions_IPAddress`],
  ["NotIpAddress", "198.51.100.7", ["203.0.113.0/24"], true, `${page}#Conditions_IPAddress`],
  ["NotIpAddress", null, ["203.0.113.0/24"], true, `${page}#Conditions_IPAddress`],
  [
    "ArnEquals",
    "arn:aws:sns:us-east-1:1:topic",
    ["arn:aws:sns:us-east-1:1:topic"],
    true,
    `${page}#Conditions_ARN`,
  ],
  [
    "ArnEquals",
    "arn:aws:sns:us-east-1:1:topic",
    ["arn:aws:sns:*:1:*"],
    true,
    `${page}#Conditions_ARN`,
  ],
  [
    "ArnLike",
    "arn:aws:sns:us-east-1:1:topic",
    ["arn:aws:sns:*:*:t*"],
    true,
    `${page}#Conditions_ARN`,
  ],
  [
    "ArnLike",
    "arn:aws:sns:us-east-1:1:topic",
    ["arn:aws:sqs:*:*:*"],
    false,
    `${page}#Conditions_ARN`,
  ],
  [
    "ArnNotEquals",
    "arn:aws:sns:us-east-1:1:topic",
    ["arn:aws:sns:us-east-1:1:topic"],
    false,
    `${page}#Conditions_ARN`,
  ],
  [
    "ArnNotLike",
    "arn:aws:sqs:us-east-1:1:queue",
    ["arn:aws:sns:*:*:*"],
    true,
    `${page}#Conditions_ARN`,
  ],
  ["ArnNotLike", null, ["arn:aws:sns:*:*:*"], true, `${page}#Conditions_ARN`],
  ["StringEqualsIfExists", null, ["home"], true, `${page}#Conditions_IfExists`],
  ["StringEqualsIfExists", "away", ["home"], false, `${page}#Conditions_IfExists`],
  ["BoolIfExists", null, ["true"], true, `${page}#Conditions_IfExists`],
  ["IpAddressIfExists", "203.0.114.7", ["203.0.113.0/24"], false, `${page}#Conditions_IfExists`],
  ["Null", null, ["true"], true, `${page}#Conditions_Null`],
  ["Null", "home", ["true"], false, `${page}#Conditions_Null`],
  ["Null", "home", ["false"], true, `${page}#Conditions_Null`],
  ["Null", null, ["false"], false, `${page}#Conditions_Null`],
  ["ForAllValues:StringEquals", null, ["home"], true, sets],
  ["ForAllValues:StringEquals", "home", ["home", "away"], true, sets],
  ["ForAllValues:StringEquals", "other", ["home", "away"], false, sets],
  ["ForAnyValue:StringEquals", null, ["home"], false, sets],
  ["ForAnyValue:StringEquals", "home", ["home", "away"], true, sets],
  ["ForAnyValue:StringEquals", "other", ["home", "away"], false, sets],
  ["ForAnyValue:StringNotEquals", null, ["home"], false, sets],
];

const key = "s3:prefix";

describe("a condition operator means what its documentation says", () => {
  test.each(rows)("%s of %j and %j: %j", (operator, request, policy, holds) => {
    const document = statement({
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: ["*"],
      Condition: { [operator]: { [key]: policy } },
    });
    const { identity, estate } = estateOf({ identity: [document] });
    const facts = { [key]: request };
    const { verdict } = awsPolicy.decide(
      identity,
      "s3:ListBucket",
      "arn:aws:s3:::data",
      estate,
      facts,
    );
    const second = naive([document], [], "s3:ListBucket", "arn:aws:s3:::data", {
      known: facts,
      chosen: {},
    });

    expect([verdict, second]).toEqual(holds ? ["yes", "yes"] : ["no", "no"]);
  });

  test("and every row says where", () => {
    expect(
      rows.filter(([, , , , citation]) => !citation.startsWith("https://docs.aws.amazon.com/")),
    ).toEqual([]);
  });
});
