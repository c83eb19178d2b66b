import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { page } from "./calls-away.ts";
import { heldRules } from "../../providers/aws/policy/escalations-held.ts";
import { allPassedRules } from "../../providers/aws/policy/escalations-passed-flows.ts";

const account = "111122223333";
const region = "eu-west-1";
const arn = (service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

function roleOf(
  name: string,
  actions: readonly string[],
  service: string,
  more: JsonObject = {},
): Json {
  const trust = {
    Effect: "Allow",
    Principal: { Service: service, AWS: role("by-runner") },
    Action: "sts:AssumeRole",
  };
  const grant = { Effect: "Allow", Action: [...actions], Resource: "*", ...more };
  return {
    RoleName: name,
    Arn: role(name),
    AssumeRolePolicyDocument: { Statement: [trust] },
    RolePolicyList: [{ PolicyName: "own", PolicyDocument: { Statement: [grant] } }],
    InstanceProfileList: [{ Arn: `arn:aws:iam::${account}:instance-profile/${name}` }],
  };
}

const services = {
  ec2: "ec2.amazonaws.com",
  lambda: "lambda.amazonaws.com",
  task: "ecs-tasks.amazonaws.com",
  apprunner: "tasks.apprunner.amazonaws.com",
};
const onTag = { Condition: { StringEquals: { "aws:ResourceTag/team": "web" } } };
const onOne = { Resource: [arn("ec2", "instance/i-1"), arn("lambda", "function:strong")] };

const awsRoles: readonly Json[] = [
  ...Object.entries(services).map(([name, service]) => roleOf(`strong-${name}`, ["*"], service)),
  roleOf("reader", ["ec2:Describe*"], services.ec2),
  ...[...heldRules, ...allPassedRules]
    .filter(({ kind }) => kind !== undefined)
    .map(({ id, actions }) => roleOf(`by-${id}`, actions, services.ec2)),
  roleOf("on-tag", ["ssm:StartSession", "lambda:UpdateFunctionCode"], services.ec2, onTag),
  roleOf(
    "on-one",
    ["ec2-instance-connect:SendSSHPublicKey", "lambda:UpdateFunctionCode"],
    services.ec2,
    onOne,
  ),
  roleOf("runner", ["s3:*"], services.ec2),
  roleOf("by-runner", [], services.lambda, {
    Action: "sts:AssumeRole",
    Resource: role("by-ssm-001"),
  }),
];

const cluster = arn("ecs", "cluster/one");
const task = arn("ecs", "task/one/t1");
const family = arn("ecs", "task-definition/web:1");
const service = arn("apprunner", "service/strong/s1");

/** Each kind of thing that a list shows runs as an administrator, beside one caller for each way to it. */
export const awsHolders: Snapshot = {
  provider: "aws",
  scope: { provider: "aws", id: account, name: account, regions: [region] },
  gaps: [],
  pages: Object.entries<JsonObject>({
    "organizations:DescribeOrganization": {},
    "iam:GetAccountAuthorizationDetails": {
      RoleDetailList: awsRoles,
      UserDetailList: [],
      GroupDetailList: [],
      Policies: [],
    },
    "ec2:DescribeInstances": {
      Reservations: [
        {
          Instances: [
            {
              InstanceId: "i-1",
              State: { Name: "running" },
              Tags: [{ Key: "team", Value: "web" }],
              IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/strong-ec2` },
            },
            {
              InstanceId: "i-2",
              State: { Name: "running" },
              IamInstanceProfile: {
                Arn: `arn:aws:iam::${account}:instance-profile/by-ec2-associate-profile`,
              },
            },
          ],
        },
      ],
    },
    "lambda:ListFunctions": {
      Functions: [
        {
          FunctionArn: arn("lambda", "function:strong"),
          FunctionName: "strong",
          Role: role("strong-lambda"),
        },
      ],
    },
    "ecs:ListClusters": { clusterArns: [cluster] },
    "ecs:ListTasks": { taskArns: [task] },
    "ecs:DescribeTasks": {
      tasks: [
        { taskArn: task, taskDefinitionArn: family, lastStatus: "RUNNING", clusterArn: cluster },
      ],
    },
    "ecs:DescribeTaskDefinition": {
      taskDefinition: {
        taskDefinitionArn: family,
        family: "web",
        taskRoleArn: role("strong-task"),
      },
    },
    "ecs:ListContainerInstances": {
      containerInstanceArns: [arn("ecs", "container-instance/one/c1")],
    },
    "apprunner:DescribeService": {
      Service: {
        ServiceArn: service,
        ServiceName: "strong",
        Status: "RUNNING",
        InstanceConfiguration: { InstanceRoleArn: role("strong-apprunner") },
      },
    },
  }).map(([call, body]) =>
    page(call, body, /^(?:iam|organizations):/.test(call) ? "global" : region),
  ),
};
