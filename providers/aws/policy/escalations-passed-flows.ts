import { passedJobRules } from "./escalations-passed-jobs.ts";
import { passedRules } from "./escalations-passed.ts";
import type { ServiceRule } from "./escalations.ts";

const published = (id: string): string => `https://pathfinding.cloud/paths/${id}`;

/**
 * Code, or calls of the caller's choice, that a service makes as a role that is passed to it: ways published later.
 * Actions are facts from DataDog/pathfinding.cloud (Apache-2.0); lines with another source are additions.
 */
const passedFlowRules: readonly ServiceRule[] = [
  {
    id: "scheduler-001",
    title: "calls any API as the role at a time of its choice",
    actions: ["iam:PassRole", "scheduler:CreateSchedule"],
    passedTo: "scheduler.amazonaws.com",
    creates: "scheduler:schedule/{name}/x",
    steps: [{ action: "scheduler:CreateSchedule", on: "new" }],
    source: published("scheduler-001"),
  },
  {
    id: "stepfunctions-001",
    title: "runs a state machine as the role",
    actions: ["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"],
    passedTo: "states.amazonaws.com",
    creates: "states:stateMachine:{name}",
    steps: [
      { action: "states:CreateStateMachine", on: "new" },
      { action: "states:StartExecution", on: "new" },
    ],
    source: published("stepfunctions-001"),
  },
  {
    id: "glue-007",
    title: "runs statements in a session as the role",
    actions: ["iam:PassRole", "glue:CreateSession", "glue:RunStatement"],
    passedTo: "glue.amazonaws.com",
    creates: "glue:session/{name}",
    steps: [
      { action: "glue:CreateSession", on: "new" },
      { action: "glue:RunStatement", on: "new" },
    ],
    source: published("glue-007"),
  },
  {
    id: "ecs-008",
    title: "runs a task that exists with own command, as the role",
    actions: ["iam:PassRole", "ecs:RunTask"],
    passedTo: "ecs-tasks.amazonaws.com",
    kind: "ecsTask",
    creates: "ecs:task-definition/{name}:1",
    steps: [{ action: "ecs:RunTask", on: "new" }],
    source: published("ecs-008"),
  },
  {
    id: "ecs-009",
    title: "starts a task that exists with own command, as the role",
    actions: ["iam:PassRole", "ecs:StartTask"],
    passedTo: "ecs-tasks.amazonaws.com",
    kind: "ecsContainerInstance",
    creates: "ecs:task-definition/{name}:1",
    steps: [{ action: "ecs:StartTask", on: "new" }],
    source: published("ecs-009"),
  },
  {
    id: "braket-001",
    title: "runs a hybrid job as the role",
    actions: ["iam:PassRole", "braket:CreateJob"],
    passedTo: "braket.amazonaws.com",
    creates: "braket:job/{name}",
    steps: [{ action: "braket:CreateJob", on: "new" }],
    source: published("braket-001"),
  },
  {
    id: "emrserverless-001",
    title: "runs a Spark job as the role",
    actions: ["iam:PassRole", "emr-serverless:CreateApplication", "emr-serverless:StartJobRun"],
    passedTo: "emr-serverless.amazonaws.com",
    creates: "emr-serverless:/applications/{name}",
    steps: [
      { action: "emr-serverless:CreateApplication", on: "any" },
      { action: "emr-serverless:StartJobRun", on: "new" },
    ],
    source: published("emrserverless-001"),
  },
  {
    id: "kinesisanalytics-001",
    title: "runs a stream application as the role",
    actions: [
      "iam:PassRole",
      "kinesisanalytics:CreateApplication",
      "kinesisanalytics:StartApplication",
    ],
    passedTo: "kinesisanalytics.amazonaws.com",
    creates: "kinesisanalytics:application/{name}",
    steps: [
      { action: "kinesisanalytics:CreateApplication", on: "any" },
      { action: "kinesisanalytics:StartApplication", on: "new" },
    ],
    source: published("kinesisanalytics-001"),
  },
  {
    id: "omics-001",
    title: "runs a workflow as the role",
    actions: ["iam:PassRole", "omics:CreateWorkflow", "omics:StartRun"],
    passedTo: "omics.amazonaws.com",
    creates: "omics:workflow/{name}",
    steps: [
      { action: "omics:CreateWorkflow", on: "any" },
      { action: "omics:StartRun", on: "new" },
    ],
    source: published("omics-001"),
  },
  {
    id: "gamelift-001",
    title: "runs a fleet with own code as the role",
    actions: [
      "iam:PassRole",
      "gamelift:CreateBuild",
      "gamelift:RequestUploadCredentials",
      "gamelift:CreateFleet",
    ],
    passedTo: "gamelift.amazonaws.com",
    creates: "gamelift:build/{name}",
    steps: [
      { action: "gamelift:CreateBuild", on: "any" },
      { action: "gamelift:RequestUploadCredentials", on: "new" },
      { action: "gamelift:CreateFleet", on: "new" },
    ],
    source: published("gamelift-001"),
  },
  {
    id: "agent-runtime",
    title: "runs an agent with own code as the role",
    actions: [
      "iam:PassRole",
      "bedrock-agentcore:CreateAgentRuntime",
      "bedrock-agentcore:InvokeAgentRuntime",
    ],
    passedTo: "bedrock-agentcore.amazonaws.com",
    creates: "bedrock-agentcore:runtime/{name}",
    steps: [
      { action: "bedrock-agentcore:CreateAgentRuntime", on: "new" },
      { action: "bedrock-agentcore:InvokeAgentRuntime", on: "new" },
    ],
    source:
      "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
  },
  {
    id: "cloudformation-change-set",
    title: "creates a stack as the role through a change set",
    actions: ["iam:PassRole", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    passedTo: "cloudformation.amazonaws.com",
    creates: "cloudformation:stack/{name}/x",
    steps: [
      { action: "cloudformation:CreateChangeSet", on: "new" },
      { action: "cloudformation:ExecuteChangeSet", on: "new" },
    ],
    source:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html",
  },
  {
    id: "cloudformation-role",
    title: "gives a stack the role and changes it",
    actions: ["iam:PassRole", "cloudformation:UpdateStack"],
    passedTo: "cloudformation.amazonaws.com",
    kind: "cfn",
    steps: [{ action: "cloudformation:UpdateStack", on: "holder" }],
    source:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html",
  },
  {
    id: "codebuild-role",
    title: "gives a build project the role and runs own commands in it",
    actions: ["iam:PassRole", "codebuild:UpdateProject", "codebuild:StartBuild"],
    passedTo: "codebuild.amazonaws.com",
    kind: "codebuild",
    steps: [
      { action: "codebuild:UpdateProject", on: "holder" },
      { action: "codebuild:StartBuild", on: "holder" },
    ],
    source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProject.html",
  },
  {
    id: "autoscaling-launch",
    title: "launches instances as the role in a group",
    actions: [
      "iam:PassRole",
      "autoscaling:CreateLaunchConfiguration",
      "autoscaling:CreateAutoScalingGroup",
    ],
    passedTo: "ec2.amazonaws.com",
    creates: "autoscaling:autoScalingGroup:x:autoScalingGroupName/{name}",
    steps: [
      { action: "autoscaling:CreateLaunchConfiguration", on: "any" },
      { action: "autoscaling:CreateAutoScalingGroup", on: "new" },
    ],
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/us-iam-role.html",
  },
  {
    id: "sagemaker-notebook-script",
    title: "creates a notebook with a start script, as the role",
    actions: [
      "iam:PassRole",
      "sagemaker:CreateNotebookInstanceLifecycleConfig",
      "sagemaker:CreateNotebookInstance",
    ],
    passedTo: "sagemaker.amazonaws.com",
    creates: "sagemaker:notebook-instance/{name}",
    steps: [
      { action: "sagemaker:CreateNotebookInstanceLifecycleConfig", on: "any" },
      { action: "sagemaker:CreateNotebookInstance", on: "new" },
    ],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html",
  },
  {
    id: "sagemaker-tuning",
    title: "runs tuning jobs as the role",
    actions: ["iam:PassRole", "sagemaker:CreateHyperParameterTuningJob"],
    passedTo: "sagemaker.amazonaws.com",
    creates: "sagemaker:hyper-parameter-tuning-job/{name}",
    steps: [{ action: "sagemaker:CreateHyperParameterTuningJob", on: "new" }],
    source: "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
  },
  {
    id: "codepipeline-commands",
    title: "creates a pipeline that runs commands as the role",
    actions: ["iam:PassRole", "codepipeline:CreatePipeline"],
    passedTo: "codepipeline.amazonaws.com",
    creates: "codepipeline:{name}",
    steps: [{ action: "codepipeline:CreatePipeline", on: "new" }],
    source:
      "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html",
  },
];

/** Every way to make a service run something as a role that is passed to it. */
export const allPassedRules: readonly ServiceRule[] = [
  ...passedRules,
  ...passedJobRules,
  ...passedFlowRules,
];
