import type { Signature } from "./signature.ts";

export const google: readonly Signature[] = [
  {
    id: "gcloud-mcp",
    name: "gcloud MCP server",
    kind: "server",
    serverNames: [/^gcloud-mcp-server$/i],
    toolSets: [{ tools: ["run_gcloud_command"] }],
    manages: "gcp",
    source: "https://github.com/googleapis/gcloud-mcp",
  },
  {
    id: "cloud-run-mcp",
    name: "Cloud Run MCP server",
    kind: "server",
    serverNames: [/^cloud-run$/i],
    toolSets: [
      {
        tools: [
          "deploy_local_folder",
          "deploy_file_contents",
          "deploy_container_image",
          "get_service_log",
          "deploy_local_files",
        ],
        needs: 2,
      },
    ],
    manages: "gcp",
    source: "https://github.com/GoogleCloudPlatform/cloud-run-mcp",
  },
  {
    id: "gcs-mcp",
    name: "Cloud Storage MCP server",
    kind: "server",
    serverNames: [/^storage-mcp-server$/i],
    toolSets: [
      {
        tools: [
          "write_object_safe",
          "upload_object_safe",
          "view_iam_policy",
          "check_iam_permissions",
          "read_object_content",
          "read_object_metadata",
          "get_bucket_metadata",
        ],
      },
    ],
    manages: "gcp",
    source: "https://github.com/googleapis/gcloud-mcp/tree/main/packages/storage-mcp",
  },
  {
    id: "observability-mcp",
    name: "Google Cloud Observability MCP server",
    kind: "server",
    serverNames: [/^observability-mcp(?:-server)?$/i],
    toolSets: [
      {
        tools: [
          "list_log_entries",
          "list_time_series",
          "list_metric_descriptors",
          "list_group_stats",
          "list_log_scopes",
          "list_alert_policies",
        ],
      },
    ],
    manages: "gcp",
    source: "https://github.com/googleapis/gcloud-mcp/tree/main/packages/observability-mcp",
  },
  {
    id: "mcp-toolbox",
    name: "MCP Toolbox for Databases",
    kind: "server",
    serverNames: [/^Toolbox$/i],
    // Its tools are configured, so only their prebuilt names are known; they are common, hence all are asked for.
    toolSets: [{ tools: ["execute_sql", "list_tables"], exact: true }],
    banners: [/\bToolbox\b.*\+prebuilt\.\w+/i],
    source: "https://github.com/googleapis/genai-toolbox",
  },
];
