import { expect, test } from "vitest";
import {
  answer,
  iam,
  self,
  admins,
  power,
  audit,
  may,
  equals,
  far,
  near,
  trusting,
  all,
  nothing,
  issuer,
  type Row,
} from "./aws-questions.ts";

const rows: readonly Row[] = [
  // Own rights
  [
    "attaches SecurityAudit while it writes IAM",
    "no",
    { identity: [may("iam:AttachRolePolicy", self, equals("iam:PolicyARN", audit))] },
  ],
  [
    "attaches PowerUserAccess",
    "yes",
    { identity: [may("iam:AttachRolePolicy", self, equals("iam:PolicyARN", power))] },
  ],
  [
    "attaches AdministratorAccess only",
    "yes",
    { identity: [may("iam:AttachRolePolicy", self, { ArnEquals: { "iam:PolicyARN": admins } })] },
  ],
  [
    "a role cannot use user actions on itself",
    "no",
    { identity: [may(["iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AddUserToGroup"])] },
  ],
  [
    "a user joins the administrators",
    "yes",
    { principal: "user", identity: [may("iam:AddUserToGroup", iam("group/admins"))] },
  ],
  [
    "a user joins its own group",
    "no",
    { principal: "user", identity: [may("iam:AddUserToGroup", iam("group/mcp-svcs"))] },
  ],
  [
    "a user writes a group that it is not in",
    "no",
    { principal: "user", identity: [may("iam:PutGroupPolicy", iam("group/other"))] },
  ],
  [
    "a user writes a group, and its groups are unknown",
    "maybe",
    {
      principal: "user",
      identity: [may("iam:PutGroupPolicy", iam("group/admins"))],
      world: { selfUser: { groups: null } },
    },
  ],
  [
    "goes back to a version that grants everything",
    "yes",
    { identity: [may("iam:SetDefaultPolicyVersion")] },
  ],
  [
    "goes back to a version of a policy that is not its own",
    "no",
    { identity: [may("iam:SetDefaultPolicyVersion", iam("policy/unrelated"))] },
  ],
  // Boundaries
  [
    "rewrites the policy that is its boundary and then itself",
    "yes",
    {
      identity: [may(["iam:CreatePolicyVersion", "iam:PutRolePolicy"], [iam("policy/edge"), self])],
      boundary: may(["iam:CreatePolicyVersion", "iam:PutRolePolicy"]),
      boundaryArn: iam("policy/edge"),
      world: { policies: [{ arn: iam("policy/edge"), attachedTo: [] }] },
    },
  ],
  [
    "replaces its boundary and writes itself",
    "yes",
    {
      identity: [may(["iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"], self)],
      boundary: may("iam:*"),
    },
  ],
  [
    "removes its boundary and has nothing behind it",
    "no",
    { identity: [may("iam:DeleteRolePermissionsBoundary", self)], boundary: may("iam:*") },
  ],
  [
    "removes its boundary, behind which it has everything",
    "yes",
    { identity: [all], boundary: may("iam:DeleteRolePermissionsBoundary") },
  ],
  // Roles of others
  [
    "a role of another account that trusts the account",
    "yes",
    { identity: [may("sts:AssumeRole")], world: far([iam("root")]) },
  ],
  [
    "a role of another account without an own allow",
    "no",
    { identity: [nothing], world: far([self]) },
  ],
  ["a role of its account that names it", "yes", { identity: [nothing], world: near([self]) }],
  [
    "a role that names it, under a session that has no AssumeRole",
    "no",
    { identity: [nothing], session: may("s3:*"), world: near([self]) },
  ],
  [
    "a role that trusts an external id",
    "yes",
    {
      identity: [may("sts:AssumeRole", iam("role/near"))],
      world: near(trusting({ AWS: iam("root") }, equals("sts:ExternalId", "abc"))),
    },
  ],
  [
    "a role that trusts another principal by condition",
    "no",
    {
      identity: [may("sts:AssumeRole", iam("role/near"))],
      world: near(trusting({ AWS: "*" }, equals("aws:PrincipalArn", iam("role/other")))),
    },
  ],
  [
    "a role that trusts its organisation",
    "yes",
    {
      identity: [may("sts:AssumeRole", iam("role/near"))],
      world: near(trusting({ AWS: "*" }, equals("aws:PrincipalOrgID", "o-exampleorg"))),
    },
  ],
  [
    "a role that asks for MFA",
    "no",
    {
      identity: [may("sts:AssumeRole", iam("role/near"))],
      world: near(
        trusting({ AWS: iam("root") }, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      ),
    },
  ],
  [
    "a role whose trust of its account is unread",
    "maybe",
    { identity: [may("sts:AssumeRole", iam("role/near"))], world: near(null) },
  ],
  [
    "a token opens a role",
    "yes",
    {
      identity: [nothing],
      world: {
        ...near(
          trusting(
            { Federated: iam(`oidc-provider/${issuer}`) },
            equals(`${issuer}:sub`, "system:serviceaccount:a:b"),
            "sts:AssumeRoleWithWebIdentity",
          ),
        ),
        selfRole: {
          webIdentity: { issuer, sub: "system:serviceaccount:a:b", aud: "sts.amazonaws.com" },
        },
      },
    },
  ],
  [
    "a token of another subject does not",
    "no",
    {
      identity: [nothing],
      world: {
        ...near(
          trusting(
            { Federated: iam(`oidc-provider/${issuer}`) },
            equals(`${issuer}:sub`, "system:serviceaccount:a:c"),
            "sts:AssumeRoleWithWebIdentity",
          ),
        ),
        selfRole: {
          webIdentity: { issuer, sub: "system:serviceaccount:a:b", aud: "sts.amazonaws.com" },
        },
      },
    },
  ],
  [
    "whoever runs functions of the account is no weaker than a role that manages them",
    "no",
    { identity: [may("lambda:InvokeFunction")], world: near([self], { power: "manages" }) },
  ],
  [
    "whoever runs nothing is weaker than a role that manages",
    "yes",
    { identity: [nothing], world: near([self], { power: "manages" }) },
  ],
];

test.each(rows)("%s: %s", (_, expected, entry) => {
  expect(answer(entry)).toBe(expected);
});
