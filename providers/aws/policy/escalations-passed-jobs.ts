import type { ServiceRule } from "./escalations.ts";

const published = (id: string): string => `https://pathfinding.cloud/paths/${id}`;

/**
 * Jobs, builds and stacks that a service runs as a role that is passed to it.
 * Actions are facts from DataDog/pathfinding.cloud (Apache-2.0); lines with another source are additions.
 */
export const passedJobRules: readonly ServiceRule[] = [
  {
    id: "bedrock-001",
    title: "runs code in a new code interpreter as the role",
    actions: [
      "iam:PassRole",
      "bedrock-agentcore:CreateCodeInterpreter",
      "bedrock-agentcore:StartCodeInterpreterSession",
      "bedrock-agentcore:InvokeCodeInterpreter",
    ],
    passedTo: "bedrock-agentcore.amazonaws.com",
    creates: "bedrock-agentcore:code-interpreter-custom/{name}",
    steps: [
      { action: "bedrock-agentcore:CreateCodeInterpreter", on: "new" },
      { action: "bedrock-agentcore:StartCodeInterpreterSession", on: "new" },
      { action: "bedrock-agentcore:InvokeCodeInterpreter", on: "new" },
    ],
    source: published("bedrock-001"),
  },
  {
    id: "cloudformation-001",
    title: "creates a stack as the role",
    actions: ["iam:PassRole", "cloudformation:CreateStack"],
    passedTo: "cloudformation.amazonaws.com",
    creates: "cloudformation:stack/{name}/x",
    steps: [{ action: "cloudformation:CreateStack", on: "new" }],
    source: published("cloudformation-001"),
  },
  {
    id: "cloudformation-003",
    title: "creates a stack set as the role",
    actions: [
      "iam:PassRole",
      "cloudformation:CreateStackSet",
      "cloudformation:CreateStackInstances",
    ],
    passedTo: "cloudformation.amazonaws.com",
    creates: "cloudformation:stackset/{name}:x",
    steps: [
      { action: "cloudformation:CreateStackSet", on: "new" },
      { action: "cloudformation:CreateStackInstances", on: "new" },
    ],
    source: published("cloudformation-003"),
  },
  {
    id: "cloudformation-004",
    title: "changes a stack set, with its role",
    actions: ["iam:PassRole", "cloudformation:UpdateStackSet"],
    passedTo: "cloudformation.amazonaws.com",
    kind: "cfnset",
    steps: [{ action: "cloudformation:UpdateStackSet", on: "holder" }],
    source: published("cloudformation-004"),
  },
  {
    id: "codebuild-001",
    title: "runs a build as the role",
    actions: ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
    passedTo: "codebuild.amazonaws.com",
    creates: "codebuild:project/{name}",
    steps: [
      { action: "codebuild:CreateProject", on: "new" },
      { action: "codebuild:StartBuild", on: "new" },
    ],
    source: published("codebuild-001"),
  },
  {
    id: "codebuild-004",
    title: "runs a batch build as the role",
    actions: ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuildBatch"],
    passedTo: "codebuild.amazonaws.com",
    creates: "codebuild:project/{name}",
    steps: [
      { action: "codebuild:CreateProject", on: "new" },
      { action: "codebuild:StartBuildBatch", on: "new" },
    ],
    source: published("codebuild-004"),
  },
  {
    id: "datapipeline-001",
    title: "runs a pipeline as the role",
    actions: [
      "iam:PassRole",
      "datapipeline:CreatePipeline",
      "datapipeline:PutPipelineDefinition",
      "datapipeline:ActivatePipeline",
    ],
    passedTo: "datapipeline.amazonaws.com",
    steps: [
      { action: "datapipeline:CreatePipeline", on: "any" },
      { action: "datapipeline:PutPipelineDefinition", on: "any" },
      { action: "datapipeline:ActivatePipeline", on: "any" },
    ],
    source: published("datapipeline-001"),
  },
  {
    id: "glue-001",
    title: "opens a development endpoint as the role",
    actions: ["iam:PassRole", "glue:CreateDevEndpoint"],
    passedTo: "glue.amazonaws.com",
    creates: "glue:devEndpoint/{name}",
    steps: [{ action: "glue:CreateDevEndpoint", on: "new" }],
    source: published("glue-001"),
  },
  {
    id: "glue-003",
    title: "runs a job as the role",
    actions: ["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"],
    passedTo: "glue.amazonaws.com",
    creates: "glue:job/{name}",
    steps: [
      { action: "glue:CreateJob", on: "new" },
      { action: "glue:StartJobRun", on: "new" },
    ],
    source: published("glue-003"),
  },
  {
    id: "glue-004",
    title: "runs a job as the role, on a schedule",
    actions: ["iam:PassRole", "glue:CreateJob", "glue:CreateTrigger"],
    passedTo: "glue.amazonaws.com",
    creates: "glue:job/{name}",
    steps: [
      { action: "glue:CreateJob", on: "new" },
      { action: "glue:CreateTrigger", on: "any" },
    ],
    source: published("glue-004"),
  },
  {
    id: "glue-005",
    title: "changes a job and its role, and runs it",
    actions: ["iam:PassRole", "glue:UpdateJob", "glue:StartJobRun"],
    passedTo: "glue.amazonaws.com",
    kind: "glueJob",
    steps: [
      { action: "glue:UpdateJob", on: "holder" },
      { action: "glue:StartJobRun", on: "holder" },
    ],
    source: published("glue-005"),
  },
  {
    id: "glue-006",
    title: "changes a job and its role, on a schedule",
    actions: ["iam:PassRole", "glue:UpdateJob", "glue:CreateTrigger"],
    passedTo: "glue.amazonaws.com",
    kind: "glueJob",
    steps: [
      { action: "glue:UpdateJob", on: "holder" },
      { action: "glue:CreateTrigger", on: "any" },
    ],
    source: published("glue-006"),
  },
  {
    id: "sagemaker-001",
    title: "opens a notebook as the role",
    actions: [
      "iam:PassRole",
      "sagemaker:CreateNotebookInstance",
      "sagemaker:CreatePresignedNotebookInstanceUrl",
    ],
    passedTo: "sagemaker.amazonaws.com",
    creates: "sagemaker:notebook-instance/{name}",
    steps: [
      { action: "sagemaker:CreateNotebookInstance", on: "new" },
      { action: "sagemaker:CreatePresignedNotebookInstanceUrl", on: "new" },
    ],
    source: published("sagemaker-001"),
  },
  {
    id: "sagemaker-002",
    title: "runs a training job as the role",
    actions: ["iam:PassRole", "sagemaker:CreateTrainingJob"],
    passedTo: "sagemaker.amazonaws.com",
    creates: "sagemaker:training-job/{name}",
    steps: [{ action: "sagemaker:CreateTrainingJob", on: "new" }],
    source: published("sagemaker-002"),
  },
  {
    id: "sagemaker-003",
    title: "runs a processing job as the role",
    actions: ["iam:PassRole", "sagemaker:CreateProcessingJob"],
    passedTo: "sagemaker.amazonaws.com",
    creates: "sagemaker:processing-job/{name}",
    steps: [{ action: "sagemaker:CreateProcessingJob", on: "new" }],
    source: published("sagemaker-003"),
  },
];
