import type { ProductTable } from "../product-table.ts";

const anyCommand = (names: readonly string[]): NonNullable<ProductTable["manages"]> => ({
  list: names,
  create: names,
  modify: names,
  delete: names,
});

export const awsApiMcp: ProductTable = {
  product: "aws-api-mcp",
  source: "https://github.com/awslabs/mcp/tree/main/src/aws-api-mcp-server",
  cloud: "aws",
  access: { exec: ["call_aws"], read: ["suggest_aws_commands", "get_execution_plan"] },
  routers: ["call_aws"],
  categories: {
    "cloud-control": ["call_aws"],
    "cloud-data": ["call_aws"],
    identity: ["call_aws"],
    secrets: ["call_aws"],
    docs: ["suggest_aws_commands", "get_execution_plan"],
  },
  categoriesComplete: true,
  discloses: ["call_aws"],
  host: { "reads-files": ["call_aws"], "writes-files": ["call_aws"] },
  hostComplete: true,
  manages: anyCommand(["call_aws"]),
};

export const awsMcpServer: ProductTable = {
  product: "aws-mcp-server",
  source: "https://github.com/alexei-led/aws-mcp-server",
  cloud: "aws",
  access: { exec: ["aws_cli_pipeline"], read: ["aws_cli_help"] },
  routers: ["aws_cli_pipeline"],
  categories: {
    "cloud-control": ["aws_cli_pipeline"],
    "cloud-data": ["aws_cli_pipeline"],
    identity: ["aws_cli_pipeline"],
    secrets: ["aws_cli_pipeline"],
    docs: ["aws_cli_help"],
  },
  categoriesComplete: true,
  discloses: ["aws_cli_pipeline"],
  host: {
    "runs-code": ["aws_cli_pipeline"],
    "reads-files": ["aws_cli_pipeline"],
    "writes-files": ["aws_cli_pipeline"],
  },
  hostComplete: true,
  manages: anyCommand(["aws_cli_pipeline"]),
};

export const ccapi: ProductTable = {
  product: "awslabs-ccapi",
  source: "https://github.com/awslabs/mcp/tree/main/src/ccapi-mcp-server",
  cloud: "aws",
  access: {
    read: [
      "explain",
      "generate_infrastructure_code",
      "create_template",
      "run_checkov",
      "check_environment_variables",
    ],
    write: ["create_resource", "update_resource"],
    destructive: ["delete_resource"],
  },
  categories: {
    iac: ["create_template", "generate_infrastructure_code", "run_checkov", "explain"],
  },
  manages: {
    create: ["create_resource"],
    modify: ["update_resource"],
    delete: ["delete_resource"],
  },
};

export const iam: ProductTable = {
  product: "awslabs-iam",
  source: "https://github.com/awslabs/mcp/tree/main/src/iam-mcp-server",
  cloud: "aws",
  access: { read: ["simulate_principal_policy"], destructive: ["remove_user_from_group"] },
  discloses: ["create_access_key"],
};

export const eks: ProductTable = {
  product: "awslabs-eks",
  source: "https://github.com/awslabs/mcp/tree/main/src/eks-mcp-server",
  cloud: "aws",
  access: {
    read: ["search_eks_troubleshoot_guide", "generate_app_manifest"],
    write: ["apply_yaml", "add_inline_policy"],
    destructive: ["manage_eks_stacks", "manage_k8s_resource"],
  },
  categories: {
    docs: ["search_eks_troubleshoot_guide", "get_eks_metrics_guidance"],
    identity: ["add_inline_policy", "get_policies_for_role"],
    "cloud-control": ["manage_eks_stacks", "get_eks_vpc_config", "get_eks_insights"],
  },
};

export const ecs: ProductTable = {
  product: "awslabs-ecs",
  source: "https://github.com/awslabs/mcp/tree/main/src/ecs-mcp-server",
  cloud: "aws",
  access: {
    read: ["ecs_troubleshooting_tool", "containerize_app", "wait_for_service_ready"],
    destructive: ["ecs_resource_management", "delete_app", "delete_ecs_infrastructure"],
    exec: ["build_and_push_image_to_ecr"],
  },
  host: { "runs-code": ["build_and_push_image_to_ecr"] },
};

export const serverless: ProductTable = {
  product: "awslabs-aws-serverless",
  source: "https://github.com/awslabs/mcp/tree/main/src/aws-serverless-mcp-server",
  cloud: "aws",
  access: {
    read: [
      "deploy_serverless_app_help",
      "webapp_deployment_help",
      "esm_guidance",
      "esm_optimize",
      "esm_kafka_troubleshoot",
      "esm_kafka_diagnosis",
      "esm_kafka_resolution",
      "esm_msk_policy",
      "esm_msk_security_group",
      "esm_deployment_precheck",
      "secure_esm_msk_policy",
      "secure_esm_sqs_policy",
      "secure_esm_kinesis_policy",
      "secure_esm_dynamodb_policy",
    ],
    write: [
      "sam_deploy",
      "deploy_webapp",
      "update_webapp_frontend",
      "configure_domain",
      "sam_init",
    ],
    exec: ["sam_build", "sam_local_invoke"],
  },
  categories: {
    iac: ["sam_init", "sam_build", "sam_deploy"],
    docs: ["esm_guidance", "deploy_serverless_app_help"],
  },
};

export const billing: ProductTable = {
  product: "awslabs-billing-cost-management",
  source: "https://github.com/awslabs/mcp/tree/main/src/billing-cost-management-mcp-server",
  cloud: "aws",
  access: {
    read: [
      "aws-pricing",
      "bcm-pricing-calc",
      "budgets",
      "budget-actions",
      "budget-notifications",
      "cost-anomaly",
      "cost-comparison",
      "cost-explorer",
      "cost-optimization",
      "credits",
      "invoice-units",
      "invoicing",
      "procurement-preferences",
      "rec-details",
      "ri-performance",
      "sp-explorer",
      "sp-performance",
      "sp-purchase-analyzer",
      "sp-recommendation",
      "storage-lens",
      "session-sql",
    ],
  },
};
