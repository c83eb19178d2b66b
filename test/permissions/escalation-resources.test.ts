import { expect, test } from "vitest";
import {
  answer,
  account,
  iam,
  self,
  secret,
  statement,
  policy,
  may,
  equals,
  boundary,
  toAlice,
  near,
  trusting,
  all,
  nothing,
  type Row,
} from "./aws-questions.ts";

const rows: readonly Row[] = [
  // Users
  ["changes a user without a credential", "no", { identity: [may("iam:PutUserPolicy")] }],
  [
    "fills a user and sets its password",
    "yes",
    { identity: [may(["iam:PutUserPolicy", "iam:UpdateLoginProfile"], iam("user/bob"))] },
  ],
  ["a third key", "no", { identity: [may("iam:CreateAccessKey", iam("user/carol"))] }],
  ["a key of a powerless user", "no", { identity: [may("iam:CreateAccessKey", iam("user/bob"))] }],
  // Organisation
  [
    "service control policies unread",
    "maybe",
    { identity: [may("iam:PutRolePolicy", self)], scps: null },
  ],
  ["unread policies change nothing", "no", { identity: [may("s3:ListAllMyBuckets")], scps: null }],
  [
    "a level without an allow",
    "no",
    { identity: [may("iam:PutRolePolicy", self)], scps: [[all], [may("s3:*")]] },
  ],
  [
    "a resource control policy denies the secret",
    "no",
    {
      identity: [may("secretsmanager:GetSecretValue", secret)],
      world: toAlice,
      rcps: [
        [policy({ Effect: "Deny", Principal: "*", Action: "secretsmanager:*", Resource: "*" })],
      ],
    },
  ],
  [
    "a resource control policy spares the organisation",
    "yes",
    {
      identity: [may("secretsmanager:GetSecretValue", secret)],
      world: toAlice,
      rcps: [
        [
          policy({
            Effect: "Deny",
            Principal: "*",
            Action: "secretsmanager:*",
            Resource: "*",
            Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg" } },
          }),
        ],
      ],
    },
  ],
  [
    "the management account is not bound",
    "yes",
    {
      identity: [may("secretsmanager:GetSecretValue", secret)],
      world: { ...toAlice, managementAccount: account },
      rcps: [[policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" })]],
    },
  ],
  // Resource policies
  [
    "a secret that names the role",
    "yes",
    {
      identity: [nothing],
      world: toAlice,
      resourcePolicies: [
        {
          arn: secret,
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: self },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          }),
        },
      ],
    },
  ],
  [
    "a secret that names the role, under a boundary without it",
    "no",
    {
      identity: [nothing],
      boundary,
      world: toAlice,
      resourcePolicies: [
        {
          arn: secret,
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: self },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          }),
        },
      ],
    },
  ],
  [
    "a secret that names the user, under a boundary without it",
    "yes",
    {
      principal: "user",
      identity: [nothing],
      boundary,
      world: toAlice,
      resourcePolicies: [
        {
          arn: secret,
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: iam("user/mcp-svc") },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          }),
        },
      ],
    },
  ],
  [
    "the same, which the boundary denies",
    "no",
    {
      principal: "user",
      identity: [nothing],
      boundary: policy(statement("Allow", "s3:*", "*"), statement("Deny", "secretsmanager:*", "*")),
      world: toAlice,
      resourcePolicies: [
        {
          arn: secret,
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: iam("user/mcp-svc") },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
          }),
        },
      ],
    },
  ],
  [
    "a secret without a credential",
    "no",
    { identity: [may("secretsmanager:GetSecretValue")], world: { secrets: [{ arn: secret }] } },
  ],
  [
    "a parameter with a credential",
    "yes",
    {
      identity: [may("ssm:GetParameter")],
      world: {
        secrets: [
          {
            arn: `arn:aws:ssm:eu-west-1:${account}:parameter/key`,
            credentialOf: iam("user/alice"),
          },
        ],
      },
    },
  ],
  // Services
  [
    "creates a stack as a role that a condition excludes",
    "no",
    {
      identity: [
        may("iam:PassRole"),
        may("cloudformation:CreateStack", "*", equals("cloudformation:RoleArn", iam("role/low"))),
      ],
    },
  ],
  [
    "passes a role that trusts another service",
    "no",
    {
      identity: [
        may("iam:PassRole", iam("role/admin-ec2")),
        may(["lambda:CreateFunction", "lambda:InvokeFunction"]),
      ],
    },
  ],
  [
    "creates functions under a prefix",
    "yes",
    {
      identity: [
        may("iam:PassRole"),
        may(
          ["lambda:CreateFunction", "lambda:InvokeFunction"],
          `arn:aws:lambda:*:${account}:function:mcp-*`,
        ),
      ],
    },
  ],
  [
    "creates and invokes different functions",
    "no",
    {
      identity: [
        may("iam:PassRole"),
        may("lambda:CreateFunction", `arn:aws:lambda:*:${account}:function:mcp-*`),
        may("lambda:InvokeFunction", `arn:aws:lambda:*:${account}:function:api-*`),
      ],
    },
  ],
  [
    "a command on another instance",
    "no",
    {
      identity: [
        may("ssm:SendCommand", [
          "arn:aws:ssm:*:*:document/*",
          `arn:aws:ec2:*:${account}:instance/i-0aaaaaaaaaaaaaaa1`,
        ]),
      ],
    },
  ],
  [
    "a command on instances with a tag that is unread",
    "maybe",
    {
      identity: [
        may("ssm:SendCommand", "arn:aws:ssm:*:*:document/*"),
        may("ssm:SendCommand", "arn:aws:ec2:*:*:instance/*", equals("ssm:resourceTag/env", "dev")),
      ],
    },
  ],
  [
    "a shell where the session document alone is allowed",
    "no",
    { identity: [may("ssm:StartSession", "arn:aws:ssm:*:*:document/AWS-StartSSHSession")] },
  ],
  [
    "a function by its tag",
    "no",
    { identity: [may("lambda:UpdateFunctionCode", "*", equals("aws:ResourceTag/env", "dev"))] },
  ],
  [
    "stops but does not start an instance",
    "no",
    { identity: [may(["ec2:ModifyInstanceAttribute", "ec2:StopInstances"])] },
  ],
  [
    "a trust that only admits another source account",
    "no",
    {
      identity: [
        may(["iam:PassRole"], iam("role/near")),
        may(["lambda:CreateFunction", "lambda:InvokeFunction"]),
      ],
      world: near(
        trusting({ Service: "lambda.amazonaws.com" }, equals("aws:SourceAccount", "999999999999")),
      ),
    },
  ],
];

test.each(rows)("%s: %s", (_, expected, entry) => {
  expect(answer(entry)).toBe(expected);
});
