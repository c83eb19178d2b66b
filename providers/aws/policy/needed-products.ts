import type { ProductNeeds } from "../../../src/model/needed.ts";

const awslabs = "https://github.com/awslabs/mcp/tree/main/src/";

/** Package of the collection, and the services of servicesWith that its tools work on. */
const collection: readonly (readonly [string, string])[] = [
  ["amazon-bedrock-agentcore", "bedrock-agentcore iam"],
  ["amazon-kendra-index", "kendra"],
  ["amazon-keyspaces", "keyspaces"],
  ["amazon-mq", "mq"],
  ["amazon-neptune", "neptune"],
  ["amazon-qindex", "qbusiness"],
  ["amazon-sns-sqs", "sns sqs"],
  ["amazon-translate", "translate"],
  ["aurora-dsql", "dsql"],
  ["aws-appsync", "appsync"],
  ["aws-dataprocessing", "athena glue elasticmapreduce s3 iam"],
  ["aws-healthomics", "omics logs"],
  ["aws-location", "geo"],
  ["aws-serverless", "cloudformation lambda s3 iam logs cloudwatch"],
  ["aws-support", "support"],
  ["bedrock-kb-retrieval", "bedrock"],
  ["billing-cost-management", "ce"],
  ["cloudtrail", "cloudtrail"],
  ["cloudwatch", "cloudwatch logs"],
  ["cloudwatch-applicationsignals", "application-signals cloudwatch logs"],
  ["ecs", "ecs ecr ec2 elasticloadbalancing cloudformation logs"],
  ["eks", "eks cloudformation ec2 logs cloudwatch"],
  ["elasticache", "elasticache ec2 logs ce"],
  ["healthimaging", "healthimaging"],
  ["iam", "iam"],
  ["lambda-tool", "lambda"],
  ["mysql", "rds secretsmanager"],
  ["postgres", "rds secretsmanager"],
  ["redshift", "redshift"],
  ["s3-tables", "s3tables"],
  ["sagemaker-ai", "sagemaker cloudformation"],
  ["stepfunctions-tool", "states"],
  ["timestream-for-influxdb", "timestream-influxdb"],
];

/** What single tools of these packages do, by the calls in their sources. */
const single: Readonly<Record<string, ProductNeeds["tools"]>> = {
  iam: {
    add_user_to_group: ["iam:AddUserToGroup"],
    remove_user_from_group: ["iam:RemoveUserFromGroup"],
    delete_user: [
      "iam:DeleteAccessKey",
      "iam:DeleteUser",
      "iam:DeleteUserPolicy",
      "iam:DetachUserPolicy",
      "iam:ListAccessKeys",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
      "iam:ListUserPolicies",
      "iam:RemoveUserFromGroup",
    ],
  },
  eks: {
    add_inline_policy: ["iam:GetRole", "iam:GetRolePolicy", "iam:PutRolePolicy"],
    get_policies_for_role: [
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
    ],
    apply_yaml: ["eks:DescribeCluster"],
    manage_k8s_resource: ["eks:DescribeCluster"],
    list_k8s_resources: ["eks:DescribeCluster"],
    search_eks_troubleshoot_guide: [],
    generate_app_manifest: [],
    get_eks_metrics_guidance: [],
  },
  "lambda-tool": { lambda_function: ["lambda:InvokeFunction"] },
  "stepfunctions-tool": {
    state_machine_function: [
      "states:DescribeExecution",
      "states:StartExecution",
      "states:StartSyncExecution",
    ],
  },
  "bedrock-kb-retrieval": {
    ListKnowledgeBases: [
      "bedrock:GetKnowledgeBase",
      "bedrock:ListDataSources",
      "bedrock:ListKnowledgeBases",
      "bedrock:ListTagsForResource",
    ],
    QueryKnowledgeBases: ["bedrock:Rerank", "bedrock:Retrieve"],
  },
};

export const products: Readonly<Record<string, ProductNeeds>> = {
  "aws-api-mcp": {
    source: `${awslabs}aws-api-mcp-server`,
    any: ["call_aws"],
    tools: { suggest_aws_commands: [], get_execution_plan: [] },
  },
  "aws-mcp-server": {
    source: "https://github.com/alexei-led/aws-mcp-server",
    any: ["aws_cli_pipeline"],
    tools: { aws_cli_help: [] },
  },
  "awslabs-ccapi": {
    source: `${awslabs}ccapi-mcp-server (the Cloud Control API asks the caller for the rights of the type's own service)`,
    any: [
      "create_resource",
      "update_resource",
      "delete_resource",
      "get_resource",
      "list_resources",
    ],
    tools: {
      check_environment_variables: [],
      create_template: ["cloudformation:*GeneratedTemplate", "cloudformation:*ResourceScan*"],
      explain: [],
      generate_infrastructure_code: [],
      get_aws_account_info: ["sts:GetCallerIdentity"],
      get_aws_session_info: ["sts:GetCallerIdentity"],
      get_resource_request_status: ["cloudformation:GetResourceRequestStatus"],
      get_resource_schema_information: ["cloudformation:DescribeType"],
      run_checkov: [],
    },
  },
  ...Object.fromEntries(
    collection.map(([name, services]): [string, ProductNeeds] => [
      `awslabs-${name}`,
      {
        source: `${awslabs}${name}-mcp-server`,
        services: services.split(" "),
        ...(single[name] && { tools: single[name] }),
      },
    ]),
  ),
};
