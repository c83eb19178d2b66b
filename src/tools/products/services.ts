import type { ProductTable } from "../product-table.ts";

export const n8n: ProductTable = {
  product: "n8n-mcp",
  source: "https://github.com/czlonkowski/n8n-mcp",
  access: {
    write: ["n8n_autofix_workflow", "n8n_deploy_template"],
    destructive: [
      "n8n_executions",
      "n8n_evaluations",
      "n8n_workflow_versions",
      "n8n_manage_agents",
      "n8n_manage_folders",
    ],
    exec: ["n8n_test_workflow"],
  },
  categories: {
    docs: [
      "tools_documentation",
      "search_nodes",
      "get_node",
      "validate_node",
      "get_template",
      "search_templates",
      "validate_workflow",
    ],
    secrets: ["n8n_manage_credentials"],
  },
};

export const notion: ProductTable = {
  product: "notion",
  source: "https://github.com/makenotion/notion-mcp-server",
  access: {
    read: [
      "API-post-search",
      "API-query-data-source",
      "API-post-database-query",
      "API-retrieve-a-comment",
    ],
  },
};

export const context7: ProductTable = {
  product: "context7",
  source: "https://github.com/upstash/context7",
  access: { read: ["resolve-library-id", "query-docs", "get-library-docs"] },
  categoriesComplete: true,
  hostComplete: true,
};

export const tavily: ProductTable = {
  product: "tavily",
  source:
    "https://github.com/tavily-ai/tavily-mcp (pages are fetched by the service, not by the host)",
  access: {
    read: ["tavily_search", "tavily_extract", "tavily_crawl", "tavily_map", "tavily_research"],
  },
  categoriesComplete: true,
  hostComplete: true,
};

export const exa: ProductTable = {
  product: "exa",
  source:
    "https://github.com/exa-labs/exa-mcp-server (pages are fetched by the service, not by the host)",
  access: {
    read: [
      "web_search_exa",
      "web_fetch_exa",
      "crawling_exa",
      "get_code_context_exa",
      "company_research_exa",
    ],
  },
  categoriesComplete: true,
  hostComplete: true,
};

export const firecrawl: ProductTable = {
  product: "firecrawl",
  source:
    "https://github.com/firecrawl/firecrawl-mcp-server (pages are fetched by the service, not by the host)",
  categories: {
    browser: ["firecrawl_interact", "firecrawl_browser_execute", "firecrawl_browser_create"],
  },
  categoriesComplete: true,
  access: {
    read: [
      "firecrawl_agent",
      "firecrawl_agent_status",
      "firecrawl_crawl",
      "firecrawl_check_crawl_status",
      "firecrawl_scrape",
      "firecrawl_map",
      "firecrawl_search",
      "firecrawl_extract",
    ],
    exec: ["firecrawl_browser_execute"],
  },
  hostComplete: true,
};

export const everything: ProductTable = {
  product: "everything",
  source: "https://github.com/modelcontextprotocol/servers/tree/main/src/everything",
  access: {
    read: [
      "trigger-long-running-operation",
      "echo",
      "get-annotated-message",
      "get-env",
      "get-resource-links",
      "get-resource-reference",
      "get-structured-content",
      "get-sum",
      "get-tiny-image",
      "printEnv",
      "add",
      "longRunningOperation",
      "getTinyImage",
      "annotatedMessage",
      "gzip-file-as-resource",
      "simulate-research-query",
    ],
    write: ["toggle-simulated-logging", "toggle-subscriber-updates"],
  },
  categories: { secrets: ["get-env", "printEnv"], web: ["gzip-file-as-resource"] },
  categoriesComplete: true,
  discloses: ["get-env", "printEnv"],
  host: { "fetches-urls": ["gzip-file-as-resource"] },
  hostComplete: true,
};

export const memory: ProductTable = {
  product: "memory",
  source: "https://github.com/modelcontextprotocol/servers/tree/main/src/memory",
  access: {
    read: ["read_graph", "search_nodes", "open_nodes"],
    write: ["create_entities", "create_relations", "add_observations"],
    destructive: ["delete_entities", "delete_relations", "delete_observations"],
  },
  categoriesComplete: true,
};

export const sequentialThinking: ProductTable = {
  product: "sequential-thinking",
  source: "https://github.com/modelcontextprotocol/servers/tree/main/src/sequentialthinking",
  access: { read: ["sequentialthinking"] },
  categories: { meta: ["sequentialthinking"] },
  categoriesComplete: true,
};

export const figma: ProductTable = {
  product: "figma-developer-mcp",
  source: "https://github.com/GLips/Figma-Context-MCP",
  access: { read: ["get_figma_data"], write: ["download_figma_images"] },
  host: { "writes-files": ["download_figma_images"] },
};

export const mongodb: ProductTable = {
  product: "mongodb-mcp-server",
  source: "https://github.com/mongodb-js/mongodb-mcp-server",
  access: { write: ["export"] },
  categories: {
    docs: ["search-knowledge", "list-knowledge-sources"],
    filesystem: ["export"],
  },
};

export const postgresReference: ProductTable = {
  product: "postgres",
  source: "https://github.com/modelcontextprotocol/servers-archived/tree/main/src/postgres",
  access: { read: ["query"] },
};

const publicTables: readonly [string, readonly string[]][] = [
  [
    "awslabs-aws-documentation",
    [
      "read_documentation",
      "read_sections",
      "search_table",
      "search_documentation",
      "recommend",
      "get_available_services",
    ],
  ],
  ["oracle-oracle-db-doc", ["search_oracle_database_documentation"]],
  ["oracle-oci-pricing", ["pricing_get_sku", "pricing_search_name", "ping"]],
];

/** Servers of public documentation and prices: they touch no account. */
export const publicDocs: readonly ProductTable[] = publicTables.map(([product, read]) => ({
  product,
  source: "https://github.com/awslabs/mcp and https://github.com/oracle/mcp",
  access: { read },
  categoriesComplete: true,
  hostComplete: true,
}));
