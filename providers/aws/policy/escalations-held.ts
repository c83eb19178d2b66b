import type { ServiceRule } from "./escalations.ts";

const published = (id: string): string => `https://pathfinding.cloud/paths/${id}`;

/**
 * Code in something that exists and holds a role.
 * Actions are facts from DataDog/pathfinding.cloud (Apache-2.0); lines with another source are additions.
 */
export const heldRules: readonly ServiceRule[] = [
  {
    id: "apprunner-002",
    title: "puts code into an App Runner service",
    actions: ["apprunner:UpdateService"],
    kind: "apprunner",
    steps: [{ action: "apprunner:UpdateService", on: "holder" }],
    source: published("apprunner-002"),
  },
  {
    id: "bedrock-002",
    title: "runs code in a code interpreter",
    actions: [
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ],
    kind: "bedrockCI",
    steps: [
      { action: "bedrock-agentcore:StartCodeInterpreterSession", on: "holder" },
      { action: "bedrock-agentcore:InvokeCodeInterpreter", on: "holder" },
    ],
    source: published("bedrock-002"),
  },
  {
    id: "cloudformation-002",
    title: "changes a stack that has a role",
    actions: ["cloudformation:UpdateStack"],
    kind: "cfn",
    steps: [{ action: "cloudformation:UpdateStack", on: "holder" }],
    source: published("cloudformation-002"),
  },
  {
    id: "cloudformation-005",
    title: "changes a stack that has a role through a change set",
    actions: ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    kind: "cfn",
    steps: [
      { action: "cloudformation:CreateChangeSet", on: "holder" },
      { action: "cloudformation:ExecuteChangeSet", on: "holder" },
    ],
    source: published("cloudformation-005"),
  },
  {
    id: "codebuild-002",
    title: "runs own commands in a build project",
    actions: ["codebuild:StartBuild"],
    kind: "codebuild",
    steps: [{ action: "codebuild:StartBuild", on: "holder" }],
    source: published("codebuild-002"),
  },
  {
    id: "codebuild-003",
    title: "runs own commands in a batch build",
    actions: ["codebuild:StartBuildBatch"],
    kind: "codebuild",
    steps: [{ action: "codebuild:StartBuildBatch", on: "holder" }],
    source: published("codebuild-003"),
  },
  {
    id: "ec2-002",
    title: "puts a start script into an instance",
    actions: ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
    kind: "ec2",
    steps: [
      { action: "ec2:ModifyInstanceAttribute", on: "holder" },
      { action: "ec2:StopInstances", on: "holder" },
      { action: "ec2:StartInstances", on: "holder" },
    ],
    source: published("ec2-002"),
  },
  {
    id: "ec2-004",
    title: "puts a start script into a launch template",
    actions: ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
    kind: "lt",
    steps: [
      { action: "ec2:CreateLaunchTemplateVersion", on: "holder" },
      { action: "ec2:ModifyLaunchTemplate", on: "holder" },
    ],
    source: published("ec2-004"),
  },
  {
    id: "ec2instanceconnect-003",
    title: "logs in to an instance",
    actions: ["ec2-instance-connect:SendSSHPublicKey"],
    kind: "ec2",
    steps: [{ action: "ec2-instance-connect:SendSSHPublicKey", on: "holder" }],
    source: published("ec2instanceconnect-003"),
  },
  {
    id: "glue-002",
    title: "logs in to a development endpoint",
    actions: ["glue:UpdateDevEndpoint"],
    kind: "glueDev",
    steps: [{ action: "glue:UpdateDevEndpoint", on: "holder" }],
    source: published("glue-002"),
  },
  {
    id: "lambda-003",
    title: "changes the code of a function",
    actions: ["lambda:UpdateFunctionCode"],
    kind: "lambda",
    steps: [{ action: "lambda:UpdateFunctionCode", on: "holder" }],
    source: published("lambda-003"),
  },
  {
    id: "lambda-004",
    title: "changes the code of a function and runs it",
    actions: ["lambda:UpdateFunctionCode", "lambda:InvokeFunction"],
    kind: "lambda",
    steps: [
      { action: "lambda:UpdateFunctionCode", on: "holder" },
      { action: "lambda:InvokeFunction", on: "holder" },
    ],
    source: published("lambda-004"),
  },
  {
    id: "lambda-005",
    title: "changes the code of a function and lets others run it",
    actions: ["lambda:UpdateFunctionCode", "lambda:AddPermission"],
    kind: "lambda",
    steps: [
      { action: "lambda:UpdateFunctionCode", on: "holder" },
      { action: "lambda:AddPermission", on: "holder" },
    ],
    source: published("lambda-005"),
  },
  {
    id: "lambda-layer",
    title: "puts a layer with code into a function",
    actions: ["lambda:UpdateFunctionConfiguration", "lambda:GetLayerVersion"],
    kind: "lambda",
    steps: [
      { action: "lambda:UpdateFunctionConfiguration", on: "holder" },
      { action: "lambda:GetLayerVersion", on: "layer" },
    ],
    source: "https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html",
  },
  {
    id: "sagemaker-004",
    title: "opens a notebook",
    actions: ["sagemaker:CreatePresignedNotebookInstanceUrl"],
    kind: "notebook",
    steps: [{ action: "sagemaker:CreatePresignedNotebookInstanceUrl", on: "holder" }],
    source: published("sagemaker-004"),
  },
  {
    id: "sagemaker-005",
    title: "puts a start script into a notebook",
    actions: [
      "sagemaker:CreateNotebookInstanceLifecycleConfig",
      "sagemaker:StopNotebookInstance",
      "sagemaker:UpdateNotebookInstance",
      "sagemaker:StartNotebookInstance",
    ],
    kind: "notebook",
    steps: [
      { action: "sagemaker:CreateNotebookInstanceLifecycleConfig", on: "any" },
      { action: "sagemaker:StopNotebookInstance", on: "holder" },
      { action: "sagemaker:UpdateNotebookInstance", on: "holder" },
      { action: "sagemaker:StartNotebookInstance", on: "holder" },
    ],
    source: published("sagemaker-005"),
  },
  {
    id: "ssm-001",
    title: "opens a shell on an instance",
    actions: ["ssm:StartSession"],
    kind: "ssmManaged",
    steps: [{ action: "ssm:StartSession", on: "holder" }],
    source: published("ssm-001"),
  },
  {
    id: "ssm-session-document",
    title: "opens a shell on an instance with a document it may use",
    actions: ["ssm:StartSession"],
    kind: "ssmManaged",
    steps: [
      { action: "ssm:StartSession", on: "holder" },
      { action: "ssm:StartSession", on: "session-document" },
    ],
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-sessiondocumentaccesscheck.html",
  },
  {
    id: "ssm-002",
    title: "runs a command on an instance",
    actions: ["ssm:SendCommand", "ssm:SendCommand"],
    kind: "ssmManaged",
    steps: [
      { action: "ssm:SendCommand", on: "holder" },
      { action: "ssm:SendCommand", on: "document" },
    ],
    source: published("ssm-002"),
  },
  {
    id: "ssm-association",
    title: "has a command run on an instance by an association",
    actions: ["ssm:CreateAssociation", "ssm:CreateAssociation"],
    kind: "ssmManaged",
    steps: [
      { action: "ssm:CreateAssociation", on: "holder" },
      { action: "ssm:CreateAssociation", on: "document" },
    ],
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-associations-creating.html",
  },
  {
    id: "ecs-execute-command",
    title: "opens a shell in a container",
    actions: ["ecs:ExecuteCommand"],
    kind: "ecsTask",
    steps: [{ action: "ecs:ExecuteCommand", on: "holder" }],
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
  },
  {
    id: "stepfunctions-002",
    title: "changes a state machine that has a role and runs it",
    actions: ["states:UpdateStateMachine", "states:StartExecution"],
    kind: "stateMachine",
    steps: [
      { action: "states:UpdateStateMachine", on: "holder" },
      { action: "states:StartExecution", on: "holder" },
    ],
    source: published("stepfunctions-002"),
  },
];
