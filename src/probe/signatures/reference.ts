import type { Signature, ToolSet } from "./signature.ts";

function reference(id: string, name: string, serverName: RegExp, toolSet: ToolSet): Signature {
  return {
    id,
    name,
    kind: "server",
    serverNames: [serverName],
    toolSets: [toolSet],
    source: "https://github.com/modelcontextprotocol/servers",
  };
}

/** The reference servers of the protocol's own project. */
export const referenceServers: readonly Signature[] = [
  reference(
    "everything",
    "Everything reference server",
    /(?:mcp-servers|example-servers)\/everything$/i,
    {
      tools: [
        "get-tiny-image",
        "get-annotated-message",
        "get-structured-content",
        "trigger-long-running-operation",
        "get-sum",
        "get-env",
        "toggle-simulated-logging",
        "printEnv",
        "longRunningOperation",
        "getTinyImage",
        "annotatedMessage",
      ],
    },
  ),
  reference("filesystem", "Filesystem reference server", /^(?:secure-)?filesystem-server$/i, {
    tools: [
      "list_allowed_directories",
      "directory_tree",
      "read_text_file",
      "read_media_file",
      "list_directory_with_sizes",
      "edit_file",
      "read_multiple_files",
    ],
  }),
  reference("memory", "Memory reference server", /^memory-server$/i, {
    tools: [
      "create_entities",
      "create_relations",
      "add_observations",
      "read_graph",
      "open_nodes",
      "delete_observations",
    ],
  }),
  reference(
    "sequential-thinking",
    "Sequential thinking reference server",
    /^sequential-thinking-server$/i,
    {
      tools: ["sequentialthinking"],
      exact: true,
    },
  ),
  reference("fetch", "Fetch reference server", /^mcp-fetch$/i, { tools: ["fetch"], exact: true }),
  reference("git", "Git reference server", /^mcp-git$/i, {
    tools: ["git_status", "git_diff_unstaged", "git_diff_staged", "git_commit", "git_checkout"],
  }),
  reference("github-reference", "GitHub reference server", /^github-mcp-server$/i, {
    tools: [
      "create_or_update_file",
      "push_files",
      "fork_repository",
      "get_pull_request_status",
      "add_issue_comment",
      "update_pull_request_branch",
      "create_pull_request_review",
      "get_issue",
    ],
    needs: 6,
  }),
  reference("slack", "Slack reference server", /^slack(?:[ -]mcp[ -]server)?$/i, {
    tools: [
      "slack_post_message",
      "slack_reply_to_thread",
      "slack_get_channel_history",
      "slack_list_channels",
    ],
  }),
  reference("postgres", "PostgreSQL reference server", /(?:example|mcp)-servers\/postgres$/i, {
    tools: ["query"],
    exact: true,
  }),
];
