import { ofRow, type Row } from "./row.ts";
import type { Signature } from "./signature.ts";

/** Widely used servers that others than the vendor publish. */
const rows: readonly Row[] = [
  [
    "argocd-mcp",
    "Argo CD MCP server",
    /^argocd-mcp$/i,
    "sync_application run_resource_action get_application_resource_tree get_application_workload_logs get_appproject",
    "argoproj-labs/mcp-for-argocd",
  ],
  [
    "slack-mcp-server",
    "Slack MCP server (korotovsky)",
    /^Slack MCP Server$/,
    "conversations_history conversations_replies conversations_search_messages channels_list usergroups_list",
    "korotovsky/slack-mcp-server",
  ],
  [
    "git-mcp-server",
    "Git MCP server (cyanheads)",
    /^@cyanheads\/git-mcp-server$/i,
    "git_set_working_dir git_clear_working_dir git_wrapup_instructions git_changelog_analyze git_worktree",
    "cyanheads/git-mcp-server",
  ],
  [
    "playwright-mcp-server",
    "Playwright MCP server (ExecuteAutomation)",
    /^playwright-mcp$/,
    "playwright_navigate playwright_click playwright_evaluate playwright_screenshot start_codegen_session",
    "executeautomation/mcp-playwright",
  ],
  [
    "agent-infra-browser",
    "Browser MCP server (Agent TARS)",
    /^Web Browser$/i,
    "browser_get_clickable_elements browser_form_input_fill browser_get_markdown browser_read_links",
    "bytedance/UI-TARS-desktop",
  ],
  [
    "browsermcp",
    "Browser MCP",
    /^Browser MCP$/i,
    "browser_get_console_logs browser_screenshot browser_go_back browser_wait",
    "BrowserMCP/mcp",
  ],
  [
    "ms-365-mcp-server",
    "Microsoft 365 MCP server (Softeria)",
    /^Microsoft365MCP$/i,
    "graph-batch move-rename-onedrive-item list-excel-worksheets upload-file-content verify-login",
    "softeria/ms-365-mcp-server",
  ],
  [
    "google-calendar-mcp",
    "Google Calendar MCP server (cocal)",
    /^google-calendar$/i,
    "list-calendars get-freebusy respond-to-event manage-accounts create-events",
    "nspady/google-calendar-mcp",
  ],
  [
    "airtable-mcp-server",
    "Airtable MCP server",
    /^airtable-mcp-server$/i,
    "list_bases describe_table create_field update_field search_records",
    "domdomegg/airtable-mcp-server",
  ],
  [
    "datadog-mcp-server",
    "Datadog MCP server (winor30)",
    /^Datadog MCP Server$/i,
    "query_metrics get_monitors list_downtimes schedule_downtime mute_host get_rum_events",
    "winor30/mcp-server-datadog",
  ],
  [
    "asana-mcp-server",
    "Asana MCP server (roychri)",
    /^Asana MCP Server$/i,
    "asana_search_tasks asana_create_task asana_list_workspaces asana_create_task_story",
    "roychri/mcp-server-asana",
  ],
  [
    "linear-mcp",
    "Linear MCP server (cline)",
    /^linear-server$/i,
    "linear_create_issue linear_search_issues linear_get_teams linear_bulk_update_issues",
    "cline/linear-mcp",
  ],
  [
    "mcp-searxng",
    "SearXNG MCP server",
    /mcp-searxng$/i,
    "searxng_web_search web_url_read searxng_instance_info",
    "ihor-sokoliuk/mcp-searxng",
  ],
  [
    "fetcher-mcp",
    "Fetcher MCP server",
    /^fetcher-mcp$/i,
    "fetch_url fetch_urls browser_install",
    "jae-jae/fetcher-mcp",
  ],
  [
    "reddit-mcp-buddy",
    "Reddit MCP Buddy",
    /^reddit-mcp-buddy$/i,
    "browse_subreddit search_reddit reddit_explain user_analysis",
    "karanb192/reddit-mcp-buddy",
  ],
  [
    "notebooklm-mcp",
    "NotebookLM MCP server",
    /^notebooklm-mcp$/i,
    "ask_question add_notebook select_notebook setup_auth get_library_stats",
    "PleasePrompto/notebooklm-mcp",
  ],
  [
    "mcp-cron",
    "MCP Cron",
    /^mcp-cron$/i,
    "add_ai_task query_task_result run_task enable_task",
    "jolks/mcp-cron",
  ],
];

export const communityServers: readonly Signature[] = rows.map((row) => ofRow(row));
