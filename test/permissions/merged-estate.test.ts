import { expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import { account, allow, estateOf, inventoryOf, statement } from "../providers/aws-estate.ts";

const condition = { StringEquals: { "aws:PrincipalOrgID": "o-own" } };
const controlled = statement({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
});

/** Two accounts in one estate, as an audit holds them: their facts are merged. */
function merged(document: ReturnType<typeof allow>, denies: readonly string[] = []) {
  const { identity, estate } = estateOf({ identity: [document] });
  const control = { id: "rcp", name: "rcp", body: controlled, source: identity.source };
  const own = {
    ...inventoryOf([identity], [...estate.policies.values(), control]),
    paths: { request: { "aws:PrincipalOrgID": "o-own" }, resourceDenies: denies },
  };
  const other = {
    ...inventoryOf([], []),
    scope: "444455556666",
    paths: { request: { "aws:PrincipalOrgID": "o-other" } },
  };
  return { identity, estate: buildEstate([own, other], estate.startedAt) };
}

test.each([
  ["on every resource", allow("iam:PutRolePolicy"), "iam:PutRolePolicy", "*", "yes"],
  ["on a named one", allow("s3:*"), "s3:GetObject", "arn:aws:s3:::data/x", "yes"],
  [
    "of its organisation",
    allow("s3:*", "*", condition),
    "s3:GetObject",
    "arn:aws:s3:::data/x",
    "yes",
  ],
  [
    "of another account",
    allow("sqs:*"),
    "sqs:SendMessage",
    "arn:aws:sqs:eu-west-1:444455556666:q",
    "no",
  ],
] as const)(
  "an estate of several accounts answers as the identity's own: %s",
  (_, document, action, resource, verdict) => {
    const { identity, estate } = merged(document);
    expect(awsPolicy.decide(identity, action, resource, estate).verdict).toBe(verdict);
  },
);

test("a resource control of the own account denies in an estate of several accounts", () => {
  const { identity, estate } = merged(allow("s3:*"), ["rcp"]);
  const resource = `arn:aws:s3:eu-west-1:${account}:accesspoint/a`;
  expect(awsPolicy.decide(identity, "s3:GetObject", resource, estate).verdict).toBe("no");
});
