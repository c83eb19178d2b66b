import type { JsonObject } from "../../src/model/json.ts";

export interface MockTool {
  readonly name: string;
  readonly description?: string;
  readonly title?: string;
  readonly inputSchema?: JsonObject;
  readonly annotations?: JsonObject;
}

const read = { readOnlyHint: true } as const;
const change = { readOnlyHint: false, destructiveHint: true } as const;

function tool(
  name: string,
  description: string,
  parameters: readonly string[],
  annotations?: JsonObject,
): MockTool {
  const properties = Object.fromEntries(parameters.map((key) => [key, { type: "string" }]));
  return {
    name,
    description,
    inputSchema: { type: "object", properties },
    ...(annotations && { annotations }),
  };
}

/** Tools as published servers list them: names and annotations are facts, descriptions are ours. */
export const toolSets = {
  "aws-api": [
    tool("call_aws", "Run an AWS CLI command", ["cli_command", "max_results"], change),
    tool("suggest_aws_commands", "Suggest AWS CLI commands for a question", ["query"], read),
  ],
  azure: [
    tool("azmcp_subscription_list", "List subscriptions", ["tenant"], read),
    tool(
      "azmcp_storage_account_create",
      "Create a storage account",
      ["account", "resource-group"],
      change,
    ),
    tool("azmcp_keyvault_secret_get", "Get a secret from a vault", ["vault", "secret"], read),
  ],
  "azure-single": [
    tool("azure", "Route an intent to a command of Azure", [
      "intent",
      "command",
      "parameters",
      "learn",
    ]),
  ],
  gcloud: [tool("run_gcloud_command", "Run a gcloud command", ["args"])],
  oci: [
    tool("run_oci_command", "Run an OCI CLI command", ["command"]),
    tool("get_oci_command_help", "Show help for an OCI CLI command", ["command"]),
  ],
  kubernetes: [
    tool("pods_list", "List pods of the cluster", ["namespace"], read),
    tool("pods_exec", "Run a command in a pod", ["name", "command"], change),
    tool("resources_delete", "Delete a resource", ["kind", "name"], change),
  ],
  files: [
    tool("read_text_file", "Read a file as text", ["path"], read),
    tool("write_file", "Create or overwrite a file", ["path", "content"], change),
    tool("list_directory", "List a directory", ["path"], read),
    tool("move_file", "Move or rename a file", ["source", "destination"], change),
  ],
  database: [
    tool("list_tables", "List tables of the database", ["schema"], read),
    tool("execute_sql", "Run a SQL statement", ["sql"], change),
  ],
  shell: [tool("run_command", "Run a shell command", ["command", "cwd"], change)],
  docs: [tool("search_documentation", "Search public documentation", ["query"], read)],
  demo: [
    tool("echo", "Echo back the input", ["message"], read),
    tool("get-sum", "Add two numbers", ["a", "b"], read),
    tool("get-env", "Show the environment variables", [], read),
  ],
  none: [],
} as const satisfies Readonly<Record<string, readonly MockTool[]>>;

export type ToolSetName = keyof typeof toolSets;
