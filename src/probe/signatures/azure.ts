import type { Signature } from "./signature.ts";

export const azure: readonly Signature[] = [
  {
    id: "azure-mcp",
    name: "Azure MCP Server",
    kind: "server",
    serverNames: [/^Azure MCP(?: Server)?$/i, /^Azure\.Mcp\.Server$/i],
    toolSets: [
      {
        tools: [
          "subscription_list",
          "group_list",
          "storage_account_get",
          "storage_account_create",
          "keyvault_secret_get",
          "keyvault_secret_create",
          "compute_vm_create",
          "compute_vm_get",
          "role_assignment_list",
          "appconfig_kv_get",
          "aks_cluster_get",
          "sql_db_create",
        ],
      },
      {
        tools: [
          "storage",
          "compute",
          "keyvault",
          "appconfig",
          "cosmos",
          "kusto",
          "monitor",
          "eventgrid",
          "servicebus",
          "subscription_list",
          "group_list",
        ],
        needs: 4,
      },
      { tools: ["azure"], exact: true },
    ],
    manages: "azure",
    source: "https://github.com/microsoft/mcp/tree/main/servers/Azure.Mcp.Server",
  },
  {
    id: "azure-devops-mcp",
    name: "Azure DevOps MCP Server",
    kind: "server",
    serverNames: [/^Azure DevOps MCP(?: Server)?$/i],
    toolSets: [
      {
        tools: [
          "core_list_projects",
          "wit_get_work_item",
          "wit_create_work_item",
          "repo_list_repos_by_project",
          "pipelines_get_builds",
          "wiki_get_page",
        ],
      },
    ],
    source: "https://github.com/microsoft/azure-devops-mcp",
  },
];
