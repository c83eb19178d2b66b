import type { ToolAccess } from "../../model/tool.ts";
import type { ProductTable } from "../product-table.ts";

type Verdicts = Partial<Record<ToolAccess, readonly string[]>>;

/** Tools of the clouds' own servers whose names do not say what they do. */
const awsTools: readonly (readonly [product: string, folder: string, access: Verdicts])[] = [
  [
    "awslabs-amazon-bedrock-agentcore",
    "amazon-bedrock-agentcore-mcp-server",
    {
      read: ["browser_console_messages", "browser_network_requests"],
      write: ["browser_mouse_wheel", "start_code_interpreter_session"],
      exec: ["browser_evaluate"],
    },
  ],
  [
    "awslabs-dynamodb",
    "dynamodb-mcp-server",
    {
      read: ["dynamodb_data_modeling", "dynamodb_data_model_validation"],
      write: ["generate_resources", "generate_data_access_layer"],
    },
  ],
  ["awslabs-aurora-dsql", "aurora-dsql-mcp-server", { destructive: ["transact"] }],
  ["awslabs-memcached", "memcached-mcp-server", { read: ["cache_quit", "cache_version"] }],
  [
    "awslabs-valkey",
    "valkey-mcp-server",
    { write: ["json_arrappend"], destructive: ["json_arrpop", "json_arrtrim"] },
  ],
  ["awslabs-aws-location", "aws-location-mcp-server", { read: ["optimize_waypoints"] }],
  ["awslabs-roda", "roda-mcp-server", { read: ["sample_dataset"] }],
  [
    "awslabs-elasticache",
    "elasticache-mcp-server",
    {
      write: [
        "connect-jump-host-cache-cluster",
        "connect-jump-host-replication-group",
        "connect-jump-host-serverless-cache",
      ],
    },
  ],
];

const ociTools: readonly (readonly [product: string, folder: string, access: Verdicts])[] = [
  ["oracle-oci-database", "oci-database-mcp-server", { read: ["resource_pool_shapes"] }],
  [
    "oracle-oci-oracle-db-observability",
    "oci-oracle-db-observability-mcp-server",
    { read: ["addm_tasks"], write: ["generate_awr_snapshot"] },
  ],
  [
    "oracle-oracle-data-studio",
    "oracle-data-studio-mcp-server",
    { read: ["essbase_server_health", "essbase_outline_metadata"] },
  ],
];

const tables = (
  folders: string,
  tools: readonly (readonly [product: string, folder: string, access: Verdicts])[],
): readonly ProductTable[] =>
  tools.map(([product, folder, access]) => ({ product, source: `${folders}/${folder}`, access }));

export const vendorTools: readonly ProductTable[] = [
  ...tables("https://github.com/awslabs/mcp/tree/main/src", awsTools),
  ...tables("https://github.com/oracle/mcp/tree/main/src", ociTools),
];
