import type { ServiceNeeds } from "../../../src/model/needed.ts";
import type { ManageVerb } from "../../../src/model/tool.ts";

/** Beginnings of action names by what a tool does; those that a service does not have are left out. */
const beginnings: Readonly<Record<ManageVerb, readonly string[]>> = {
  list: ["BatchGet", "Describe", "Get", "List", "Search"],
  create: ["Add", "Create", "Import", "Publish", "Put", "Register", "Run", "Send", "Start", "Tag"],
  modify: [
    "Associate",
    "Attach",
    "Detach",
    "Disable",
    "Disassociate",
    "Enable",
    "Modify",
    "Put",
    "Reboot",
    "Set",
    "Start",
    "Stop",
    "Tag",
    "Untag",
    "Update",
  ],
  delete: ["Delete", "Deregister", "Purge", "Release", "Remove", "Revoke", "Terminate"],
};

interface Row {
  readonly name: string;
  /** Words of tool names, separated by spaces; the first prefix by itself when absent. */
  readonly words?: string;
  /** Action prefixes, separated by spaces; the name when absent. */
  readonly prefixes?: string;
  readonly verbs?: Readonly<Partial<Record<ManageVerb, readonly string[]>>>;
}

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * Where one beginning holds changes of rights as well, the verbs are written out.
 */
const rows: readonly Row[] = [
  { name: "athena" },
  { name: "appsync" },
  { name: "autoscaling" },
  { name: "backup" },
  { name: "bedrock", words: "bedrock knowledge", prefixes: "bedrock" },
  { name: "bedrock-agentcore", words: "agentcore gateway", prefixes: "bedrock-agentcore" },
  { name: "ce", words: "cost billing budgets savings ri sp", prefixes: "ce budgets cur pricing" },
  { name: "cloudformation", words: "cloudformation stack stacks cfn sam" },
  { name: "cloudfront" },
  { name: "cloudtrail", words: "cloudtrail trail", verbs: { list: ["cloudtrail:LookupEvents"] } },
  { name: "cloudwatch", words: "cloudwatch metric metrics alarm alarms dashboards" },
  { name: "application-signals", words: "instrumentation", prefixes: "application-signals" },
  { name: "codebuild" },
  { name: "cognito-idp", words: "cognito" },
  { name: "dsql", words: "dsql" },
  {
    name: "dynamodb",
    words: "dynamodb",
    verbs: {
      list: ["dynamodb:Query", "dynamodb:Scan"],
      create: ["dynamodb:BatchWriteItem"],
      modify: ["dynamodb:BatchWriteItem"],
      delete: ["dynamodb:BatchWriteItem"],
    },
  },
  {
    name: "ec2",
    words: "ec2 instance instances vpc subnet subnets security volume volumes ami amis snapshot",
    verbs: {
      create: ["ec2:AllocateAddress", "ec2:AuthorizeSecurityGroup*", "ec2:CopySnapshot"],
      modify: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*"],
    },
  },
  { name: "ecr", words: "ecr" },
  { name: "ecs", words: "ecs" },
  { name: "eks", words: "eks" },
  { name: "elasticache", words: "elasticache cache" },
  { name: "elasticloadbalancing", words: "elb alb nlb loadbalancer loadbalancers" },
  { name: "elasticmapreduce", words: "emr" },
  { name: "events", words: "eventbridge" },
  { name: "glue" },
  { name: "healthimaging", prefixes: "medical-imaging", words: "imaging image" },
  { name: "iam", words: "iam user users role roles policy policies group groups" },
  { name: "kendra", words: "kendra" },
  { name: "kinesis", words: "kinesis stream streams", verbs: { create: ["kinesis:PutRecord*"] } },
  { name: "kms", words: "kms", verbs: { list: ["kms:Decrypt"], create: ["kms:Encrypt"] } },
  {
    name: "lambda",
    words: "lambda function functions",
    verbs: { modify: ["lambda:InvokeFunction"] },
  },
  { name: "logs", words: "logs log", verbs: { list: ["logs:FilterLogEvents", "logs:StartQuery"] } },
  { name: "mq", words: "mq broker rabbitmq configuration" },
  { name: "neptune", prefixes: "neptune-db", verbs: { list: ["neptune-db:Read*"] } },
  { name: "keyspaces", prefixes: "cassandra", verbs: { list: ["cassandra:Select"] } },
  { name: "omics", words: "aho omics" },
  { name: "organizations", words: "organization organizations" },
  {
    name: "rds",
    words: "rds aurora cluster clusters db",
    prefixes: "rds",
    verbs: { list: ["rds-data:ExecuteStatement", "rds-db:connect"] },
  },
  {
    name: "redshift",
    words: "redshift",
    prefixes: "redshift redshift-data redshift-serverless",
    verbs: { list: ["redshift-data:ExecuteStatement", "redshift:GetClusterCredentials*"] },
  },
  { name: "route53", words: "route53 dns" },
  {
    name: "s3",
    words: "s3 bucket buckets",
    prefixes: "-",
    verbs: {
      list: ["s3:Get*", "s3:List*"],
      create: ["s3:CreateBucket", "s3:PutObject", "s3:PutObjectTagging"],
      modify: ["s3:PutBucketTagging", "s3:PutBucketVersioning", "s3:PutObject*Tagging"],
      delete: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    },
  },
  { name: "s3tables", words: "table tables namespace" },
  { name: "sagemaker", words: "sagemaker hp hyperpod" },
  { name: "secretsmanager", words: "secretsmanager secret secrets" },
  { name: "sns", words: "sns topic topics" },
  { name: "sqs", words: "sqs queue queues", verbs: { list: ["sqs:ReceiveMessage"] } },
  { name: "ssm", words: "ssm parameter parameters", verbs: { create: ["ssm:SendCommand"] } },
  {
    name: "states",
    words: "stepfunctions states machine",
    verbs: { modify: ["states:StartExecution"] },
  },
  { name: "support", words: "support case cases" },
  { name: "timestream-influxdb", words: "influxdb" },
  {
    name: "translate",
    words: "translate terminology translation",
    verbs: { create: ["translate:TranslateText"] },
  },
  { name: "geo", words: "places geocode geofence", prefixes: "geo geo-places geo-routes geo-maps" },
  { name: "qbusiness", words: "qindex qbusiness" },
  { name: "wafv2", words: "waf" },
];

const verbNames = ["list", "create", "modify", "delete"] as const;

/** The services, with the patterns that stand for at least one action. */
export function servicesWith(exists: (pattern: string) => boolean): readonly ServiceNeeds[] {
  return rows.map(({ name, words = name, prefixes = name, verbs = {} }) => {
    const of = (verb: ManageVerb): readonly string[] =>
      [
        ...(prefixes === "-"
          ? []
          : prefixes
              .split(" ")
              .flatMap((prefix) => beginnings[verb].map((start) => `${prefix}:${start}*`))),
        ...(verbs[verb] ?? []),
      ].filter(exists);
    const [list, create, modify, remove] = verbNames.map(of);
    return {
      name,
      words: words.split(" "),
      verbs: { list: list ?? [], create: create ?? [], modify: modify ?? [], delete: remove ?? [] },
    };
  });
}
