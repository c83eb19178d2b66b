import type { Signature } from "./signature.ts";

interface Service {
  readonly id: string;
  readonly name: string;
  readonly serverNames: readonly RegExp[];
  readonly tools: readonly string[];
  readonly needs?: number;
  readonly banners?: readonly RegExp[];
  readonly source: string;
}

/** Databases, project management, source control and automation. */
const services: readonly Service[] = [
  {
    id: "mongodb-mcp-server",
    name: "MongoDB MCP Server",
    serverNames: [/^MongoDB(?: MCP Server)?$/i, /^mongodb-mcp-server$/i],
    tools: [
      "aggregate",
      "collection-schema",
      "collection-indexes",
      "insert-many",
      "delete-many",
      "mongodb-logs",
      "drop-database",
      "db-stats",
    ],
    needs: 4,
    source: "https://github.com/mongodb-js/mongodb-mcp-server",
  },
  {
    id: "neon",
    name: "Neon MCP server",
    serverNames: [/^mcp-server-neon$/i],
    tools: [
      "run_sql",
      "run_sql_transaction",
      "prepare_database_migration",
      "complete_database_migration",
      "provision_neon_auth",
      "describe_branch",
    ],
    source: "https://github.com/neondatabase/mcp-server-neon",
  },
  {
    id: "notion",
    name: "Notion MCP server",
    serverNames: [/^Notion API$/i, /^notion-mcp-server$/i],
    tools: [
      "API-post-search",
      "API-retrieve-a-page",
      "API-patch-page",
      "API-post-page",
      "API-get-block-children",
      "API-delete-a-block",
    ],
    source: "https://github.com/makenotion/notion-mcp-server",
  },
  {
    id: "figma-developer-mcp",
    name: "Figma developer MCP (Framelink)",
    serverNames: [/^Figma MCP Server$/i, /^figma-developer-mcp$/i],
    tools: ["get_figma_data", "download_figma_images"],
    source: "https://github.com/GLips/Figma-Context-MCP",
  },
  {
    id: "n8n-mcp",
    name: "n8n-MCP",
    serverNames: [/^n8n-(?:documentation-)?mcp$/i, /^n8n-mcp-server$/i],
    tools: [
      "n8n_create_workflow",
      "n8n_list_workflows",
      "n8n_update_partial_workflow",
      "n8n_delete_workflow",
      "tools_documentation",
      "validate_workflow",
      "n8n_health_check",
    ],
    banners: [/"name"\s*:\s*"n8n[^"]*MCP[^"]*"/i],
    source: "https://github.com/czlonkowski/n8n-mcp",
  },
  {
    id: "github-mcp-server",
    name: "GitHub MCP server",
    serverNames: [/^github-mcp-server$/i],
    tools: [
      "get_me",
      "pull_request_read",
      "issue_read",
      "issue_write",
      "list_secret_scanning_alerts",
      "list_workflow_runs",
      "add_comment_to_pending_review",
      "get_code_scanning_alert",
    ],
    source: "https://github.com/github/github-mcp-server",
  },
  {
    id: "gitlab-mcp",
    name: "GitLab MCP server",
    serverNames: [/gitlab[-_]mcp/i, /^(?:better-)?gitlab(?:-mcp-server)?$/i],
    tools: [
      "create_merge_request",
      "list_merge_requests",
      "get_merge_request",
      "get_merge_request_diffs",
      "mr_discussions",
      "list_pipelines",
      "get_project",
    ],
    source: "https://github.com/zereight/gitlab-mcp",
  },
  {
    id: "sentry-mcp",
    name: "Sentry MCP server",
    serverNames: [/^Sentry(?: MCP)?$/i],
    tools: [
      "find_organizations",
      "find_dsns",
      "create_dsn",
      "search_issue_events",
      "analyze_issue_with_seer",
      "get_issue_tag_values",
      "get_issue_details",
    ],
    source: "https://github.com/getsentry/sentry-mcp",
  },
  {
    id: "circleci-mcp",
    name: "CircleCI MCP server",
    serverNames: [/^mcp-server-circleci$/i],
    tools: [
      "get_build_failure_logs",
      "find_flaky_tests",
      "get_latest_pipeline_status",
      "rerun_workflow",
      "run_rollback_pipeline",
    ],
    source: "https://github.com/CircleCI-Public/mcp-server-circleci",
  },
  {
    id: "terraform-mcp-server",
    name: "Terraform MCP server",
    serverNames: [/^terraform-mcp-server$/i],
    tools: [
      "search_providers",
      "get_provider_details",
      "search_modules",
      "get_module_details",
      "get_latest_module_version",
      "search_policies",
    ],
    source: "https://github.com/hashicorp/terraform-mcp-server",
  },
  {
    id: "jira-mcp",
    name: "Jira MCP server (aashari)",
    serverNames: [/mcp-server-atlassian-jira$/i],
    tools: ["jira_get", "jira_post", "jira_put", "jira_patch", "jira_delete"],
    banners: [/Jira MCP Server v[\d.]+ is running/i],
    source: "https://github.com/aashari/mcp-server-atlassian-jira",
  },
];

function signatureOf(service: Service): Signature {
  const { tools, needs, ...rest } = service;
  return {
    ...rest,
    kind: "server",
    toolSets: [needs === undefined ? { tools } : { tools, needs }],
  };
}

export const serviceServers: readonly Signature[] = services.map((service) => signatureOf(service));
