import type { ServiceRule } from "./escalations.ts";

const published = (id: string): string => `https://pathfinding.cloud/paths/${id}`;

/**
 * Code that a compute service runs as a role that is passed to it.
 * Actions are facts from DataDog/pathfinding.cloud (Apache-2.0); lines with another source are additions.
 */
export const passedRules: readonly ServiceRule[] = [
  {
    id: "apprunner-001",
    title: "creates an App Runner service as the role",
    actions: ["iam:PassRole", "apprunner:CreateService"],
    passedTo: "tasks.apprunner.amazonaws.com",
    creates: "apprunner:service/{name}/x",
    steps: [{ action: "apprunner:CreateService", on: "new" }],
    source: published("apprunner-001"),
  },
  {
    id: "ec2-001",
    title: "launches an instance as the role",
    actions: ["iam:PassRole", "ec2:RunInstances"],
    passedTo: "ec2.amazonaws.com",
    creates: "ec2:instance/{name}",
    steps: [
      { action: "ec2:RunInstances", on: "new" },
      { action: "ec2:RunInstances", on: "launch" },
    ],
    source: published("ec2-001"),
  },
  {
    id: "ec2-003",
    title: "requests a spot instance as the role",
    actions: ["iam:PassRole", "ec2:RequestSpotInstances"],
    passedTo: "ec2.amazonaws.com",
    creates: "ec2:spot-instances-request/{name}",
    steps: [{ action: "ec2:RequestSpotInstances", on: "new" }],
    source: published("ec2-003"),
  },
  {
    id: "ecs-001",
    title: "starts a service in a new cluster as the role",
    actions: [
      "iam:PassRole",
      "ecs:CreateCluster",
      "ecs:RegisterTaskDefinition",
      "ecs:CreateService",
    ],
    passedTo: "ecs-tasks.amazonaws.com",
    creates: "ecs:service/{name}/x",
    steps: [
      { action: "ecs:CreateCluster", on: "any" },
      { action: "ecs:RegisterTaskDefinition", on: "any" },
      { action: "ecs:CreateService", on: "new" },
    ],
    source: published("ecs-001"),
  },
  {
    id: "ecs-002",
    title: "runs a task in a new cluster as the role",
    actions: ["iam:PassRole", "ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    passedTo: "ecs-tasks.amazonaws.com",
    creates: "ecs:task-definition/{name}:1",
    steps: [
      { action: "ecs:CreateCluster", on: "any" },
      { action: "ecs:RegisterTaskDefinition", on: "new" },
      { action: "ecs:RunTask", on: "new" },
    ],
    source: published("ecs-002"),
  },
  {
    id: "ecs-003",
    title: "starts a service in a cluster as the role",
    actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
    passedTo: "ecs-tasks.amazonaws.com",
    kind: "ecsCluster",
    creates: "ecs:service/{name}/x",
    steps: [
      { action: "ecs:RegisterTaskDefinition", on: "any" },
      { action: "ecs:CreateService", on: "new" },
    ],
    source: published("ecs-003"),
  },
  {
    id: "ecs-004",
    title: "runs a task in a cluster as the role",
    actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    passedTo: "ecs-tasks.amazonaws.com",
    kind: "ecsCluster",
    creates: "ecs:task-definition/{name}:1",
    steps: [
      { action: "ecs:RegisterTaskDefinition", on: "new" },
      { action: "ecs:RunTask", on: "new" },
    ],
    source: published("ecs-004"),
  },
  {
    id: "ecs-005",
    title: "starts a task on a container instance as the role",
    actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:StartTask"],
    passedTo: "ecs-tasks.amazonaws.com",
    kind: "ecsContainerInstance",
    creates: "ecs:task-definition/{name}:1",
    steps: [
      { action: "ecs:RegisterTaskDefinition", on: "new" },
      { action: "ecs:StartTask", on: "new" },
    ],
    source: published("ecs-005"),
  },
  {
    id: "lambda-001",
    title: "runs a function as the role",
    actions: ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
    passedTo: "lambda.amazonaws.com",
    creates: "lambda:function:{name}",
    steps: [
      { action: "lambda:CreateFunction", on: "new" },
      { action: "lambda:InvokeFunction", on: "new" },
    ],
    source: published("lambda-001"),
  },
  {
    id: "lambda-002",
    title: "runs a function as the role, on an event",
    actions: ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    passedTo: "lambda.amazonaws.com",
    creates: "lambda:function:{name}",
    steps: [
      { action: "lambda:CreateFunction", on: "new" },
      { action: "lambda:CreateEventSourceMapping", on: "any" },
    ],
    source: published("lambda-002"),
  },
  {
    id: "lambda-006",
    title: "creates a function as the role that others may run",
    actions: ["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
    passedTo: "lambda.amazonaws.com",
    creates: "lambda:function:{name}",
    steps: [
      { action: "lambda:CreateFunction", on: "new" },
      { action: "lambda:AddPermission", on: "new" },
    ],
    source: published("lambda-006"),
  },
  {
    id: "ssm-automation",
    title: "runs an automation as the role",
    actions: ["iam:PassRole", "ssm:StartAutomationExecution"],
    passedTo: "ssm.amazonaws.com",
    creates: "ssm:automation-definition/{name}:1",
    steps: [{ action: "ssm:StartAutomationExecution", on: "new" }],
    source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup.html",
  },
  {
    id: "lambda-role",
    title: "gives a function the role, and its own code",
    actions: ["iam:PassRole", "lambda:UpdateFunctionConfiguration", "lambda:UpdateFunctionCode"],
    passedTo: "lambda.amazonaws.com",
    kind: "lambda",
    steps: [
      { action: "lambda:UpdateFunctionConfiguration", on: "holder" },
      { action: "lambda:UpdateFunctionCode", on: "holder" },
    ],
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
  },
  {
    id: "ec2-associate-profile",
    title: "takes the profile off its own machine and gives it the role",
    actions: [
      "iam:PassRole",
      "ec2:DisassociateIamInstanceProfile",
      "ec2:AssociateIamInstanceProfile",
    ],
    passedTo: "ec2.amazonaws.com",
    kind: "host",
    // A machine has one profile, and the caller's own comes from it.
    steps: [
      { action: "ec2:DisassociateIamInstanceProfile", on: "holder" },
      { action: "ec2:AssociateIamInstanceProfile", on: "holder" },
    ],
    source:
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html",
  },
  {
    id: "ec2-replace-profile",
    title: "gives its own machine the role instead of the old one",
    actions: ["iam:PassRole", "ec2:ReplaceIamInstanceProfileAssociation"],
    passedTo: "ec2.amazonaws.com",
    kind: "host",
    steps: [{ action: "ec2:ReplaceIamInstanceProfileAssociation", on: "holder" }],
    source:
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html",
  },
  {
    id: "instance-profile-role",
    title: "puts the role into the profile of its own machine",
    actions: ["iam:PassRole", "iam:RemoveRoleFromInstanceProfile", "iam:AddRoleToInstanceProfile"],
    passedTo: "ec2.amazonaws.com",
    kind: "host",
    steps: [
      { action: "iam:RemoveRoleFromInstanceProfile", on: "own-profile" },
      { action: "iam:AddRoleToInstanceProfile", on: "own-profile" },
    ],
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html",
  },
];
