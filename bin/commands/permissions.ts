import process from "node:process";
import { PosternError } from "../../src/index.ts";
import { adaptersOf } from "../session.ts";
import { settingsOf } from "../settings.ts";

/** The least privilege that the auditor needs, straight from the tables of calls. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("permissions", argv);
  const actions = (await adaptersOf({ provider: values.provider ?? ["aws"] }))
    .flatMap(({ calls }) => calls.flatMap(({ permissions }) => permissions))
    .toSorted();
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "PosternReadOnly", Effect: "Allow", Action: [...new Set(actions)], Resource: "*" },
    ],
  };
  const forms: Readonly<Record<string, () => string>> = {
    json: () => JSON.stringify(policy, null, 2),
    cloudformation: () => JSON.stringify(cloudformation(policy), null, 2),
    terraform: () => terraform(policy),
  };
  const form = forms[values.as ?? "json"];
  if (!form) {
    throw new PosternError("OPTION_INVALID", `AWS permissions cannot be written as ${values.as}`, {
      hint: `Use --as with: ${Object.keys(forms).join(", ")}.`,
    });
  }
  process.stdout.write(`${form()}\n`);
}

function cloudformation(policy: unknown): unknown {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: {
      PosternReadOnly: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: { ManagedPolicyName: "PosternReadOnly", PolicyDocument: policy },
      },
    },
  };
}

function terraform(policy: unknown): string {
  return `resource "aws_iam_policy" "postern_read_only" {
  name   = "PosternReadOnly"
  policy = jsonencode(${JSON.stringify(policy, null, 2)})
}`;
}
