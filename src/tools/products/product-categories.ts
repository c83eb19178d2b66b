import type { ToolCategory } from "../../model/tool.ts";
import { toolCategories } from "../../model/tool.ts";

/** The category of a product as a whole: what its tools are about when their own words do not say. */
const byCategory: Partial<Record<ToolCategory, string>> = {
  "cloud-control": `azure-mcp aws-api-mcp aws-mcp-server gcloud-mcp cloud-run-mcp awslabs-ccapi awslabs-aws-appsync
    awslabs-aws-dataprocessing awslabs-aws-for-sap-management awslabs-aws-healthomics awslabs-aws-serverless awslabs-ecs
    awslabs-elasticache awslabs-lambda-tool awslabs-sagemaker-ai awslabs-stepfunctions-tool
    awslabs-billing-cost-management awslabs-well-architected-security awslabs-security-agent awslabs-healthimaging
    awslabs-finch awslabs-amazon-bedrock-agentcore awslabs-aws-transform oracle-oci-api oracle-oci-cloud-guard
    oracle-oci-cloud oracle-oci-compute-instance-agent oracle-oci-compute oracle-oci-database oracle-oci-faaas
    oracle-oci-full-stack-disaster-recovery oracle-oci-limits oracle-oci-load-balancer oracle-oci-migration
    oracle-oci-network-load-balancer oracle-oci-networking oracle-oci-opensearch oracle-oci-recovery oracle-oci-registry
    oracle-oci-resource-search oracle-oci-usage oracle-oci-iot cloudflare-mcp digitalocean-mcp heroku-mcp netlify-mcp hostinger-mcp`,
  "cloud-data": `
    gcs-mcp awslabs-s3-tables oracle-oci-object-storage awslabs-amazon-kendra-index
    awslabs-amazon-qbusiness-anonymous awslabs-amazon-qindex awslabs-bedrock-kb-retrieval`,
  kubernetes: "mcp-server-kubernetes kubernetes-mcp-server awslabs-eks",
  identity: `awslabs-iam oracle-oci-identity auth0-mcp`,
  database: `mcp-toolbox mongodb-mcp-server neon postgres awslabs-amazon-keyspaces awslabs-amazon-neptune awslabs-aurora-dsql
    awslabs-documentdb awslabs-dynamodb awslabs-memcached awslabs-mssql awslabs-mysql awslabs-oracle awslabs-postgres
    awslabs-redshift awslabs-timestream-for-influxdb awslabs-valkey oracle-dbtools oracle-mysql
    oracle-oci-oracle-db-observability oracle-oracle-data-studio oracle-oracle-goldengate supabase-mcp pinecone-mcp elasticsearch-mcp airtable-mcp-server`,
  filesystem: "filesystem awslabs-document-loader",
  "code-exec": `desktop-commander mcp-inspector mcpjam-inspector`,
  browser: `playwright-mcp chrome-devtools-mcp puppeteer-mcp browserbase-mcp playwright-mcp-server agent-infra-browser browsermcp`,
  web: `fetch firecrawl tavily exa brave-search-mcp perplexity-mcp apify-mcp mcp-searxng fetcher-mcp reddit-mcp-buddy`,
  messaging: `slack awslabs-amazon-mq awslabs-amazon-sns-sqs lark-mcp slack-mcp-server`,
  "source-control": `git github-reference github-mcp-server gitlab-mcp git-mcp-server`,
  "ci-cd": `circleci-mcp currents-mcp argocd-mcp`,
  iac: "terraform-mcp-server awslabs-aws-iac",
  "project-mgmt": `notion jira-mcp azure-devops-mcp awslabs-aws-support oracle-oci-support monday-mcp plane-mcp backlog-mcp asana-mcp-server linear-mcp`,
  "workflow-automation": `n8n-mcp mcp-cron`,
  "saas-control": `figma-developer-mcp hubspot-mcp postman-mcp launchdarkly-mcp ms-365-mcp-server google-calendar-mcp`,
  knowledge: `memory notebooklm-mcp`,
  docs: `context7 awslabs-aws-documentation awslabs-aws-pricing awslabs-roda oracle-oci-pricing oracle-oracle-db-doc shopify-dev-mcp`,
  monitoring: `observability-mcp sentry-mcp awslabs-cloudtrail awslabs-cloudwatch-applicationsignals awslabs-cloudwatch
    awslabs-prometheus oracle-oci-logging oracle-oci-monitoring dynatrace-mcp datadog-mcp-server`,
  ai: "sequential-thinking awslabs-amazon-translate awslabs-aws-location oracle-oci-vision",
  demo: "everything",
  meta: "mcp-proxy supergateway docker-mcp-gateway mcp-hub",
};

/** By the id of the product's signature. A framework says nothing about what is built with it. */
export const productCategories: ReadonlyMap<string, ToolCategory> = new Map(
  listCategories().flatMap(([category, ids]) =>
    ids
      .split(/\s+/)
      .filter(Boolean)
      .map((id): [string, ToolCategory] => [id, category]),
  ),
);

function listCategories(): readonly [ToolCategory, string][] {
  return toolCategories.flatMap((category): [ToolCategory, string][] => {
    const ids = byCategory[category];
    return ids === undefined ? [] : [[category, ids]];
  });
}
