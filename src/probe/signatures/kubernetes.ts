import type { Signature } from "./signature.ts";

export const kubernetes: readonly Signature[] = [
  {
    id: "mcp-server-kubernetes",
    name: "mcp-server-kubernetes",
    kind: "server",
    serverNames: [/^kubernetes$/i, /^mcp-server-kubernetes$/i],
    toolSets: [
      {
        tools: [
          "kubectl_get",
          "kubectl_describe",
          "kubectl_generic",
          "kubectl_apply",
          "kubectl_delete",
          "exec_in_pod",
          "node_management",
          "kubectl_rollout",
          "kubectl_reconnect",
        ],
      },
    ],
    source: "https://github.com/Flux159/mcp-server-kubernetes",
  },
  {
    id: "kubernetes-mcp-server",
    name: "kubernetes-mcp-server",
    kind: "server",
    serverNames: [/^kubernetes-mcp-server$/i],
    toolSets: [
      {
        tools: [
          "pods_exec",
          "pods_list_in_namespace",
          "resources_create_or_update",
          "resources_delete",
          "configuration_view",
          "namespaces_list",
          "pods_run",
          "pods_top",
          "nodes_log",
        ],
      },
    ],
    banners: [/^Forbidden: invalid Host header$/i],
    source: "https://github.com/containers/kubernetes-mcp-server",
  },
];
