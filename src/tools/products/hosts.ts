import type { ProductTable } from "../product-table.ts";

export const desktopCommander: ProductTable = {
  product: "desktop-commander",
  source: "https://github.com/wonderwhy-er/DesktopCommanderMCP",
  access: {
    read: ["stop_search"],
    exec: ["start_process", "interact_with_process"],
    destructive: ["kill_process", "force_terminate"],
  },
  categories: {
    filesystem: [
      "start_search",
      "get_more_search_results",
      "stop_search",
      "list_searches",
      "read_file",
      "read_multiple_files",
      "write_file",
      "write_pdf",
      "edit_block",
      "move_file",
      "create_directory",
      "list_directory",
      "get_file_info",
    ],
    meta: [
      "get_config",
      "set_config_value",
      "get_usage_stats",
      "get_recent_tool_calls",
      "get_prompts",
      "give_feedback_to_desktop_commander",
    ],
  },
  host: {
    "runs-code": ["start_process", "interact_with_process"],
    "fetches-urls": ["read_file"],
    "reads-files": [
      "read_file",
      "read_multiple_files",
      "start_search",
      "get_more_search_results",
      "list_directory",
    ],
    "writes-files": ["write_file", "write_pdf", "edit_block", "move_file", "create_directory"],
  },
};

export const playwright: ProductTable = {
  product: "playwright-mcp",
  source: "https://github.com/microsoft/playwright-mcp",
  access: {
    read: ["browser_network_request", "browser_network_requests", "browser_console_messages"],
    exec: ["browser_evaluate", "browser_run_code", "browser_run_code_unsafe"],
  },
  categories: {
    "code-exec": ["browser_run_code_unsafe", "browser_run_code"],
    browser: ["browser_run_code_unsafe"],
  },
  categoriesComplete: true,
  host: {
    "runs-code": ["browser_run_code_unsafe", "browser_run_code"],
    "fetches-urls": [
      "browser_navigate",
      "browser_tabs",
      "browser_evaluate",
      "browser_run_code_unsafe",
      "browser_run_code",
    ],
    "reads-files": ["browser_file_upload", "browser_drop", "browser_run_code_unsafe"],
  },
  hostComplete: true,
};

export const chromeDevtools: ProductTable = {
  product: "chrome-devtools-mcp",
  source: "https://github.com/ChromeDevTools/chrome-devtools-mcp/blob/main/docs/tool-reference.md",
  access: {
    read: [
      "performance_start_trace",
      "performance_stop_trace",
      "performance_analyze_insight",
      "take_snapshot",
      "take_screenshot",
      "list_pages",
      "wait_for",
    ],
    write: [
      "click",
      "close_page",
      "select_page",
      "type_text",
      "emulate",
      "emulate_network",
      "emulate_cpu",
    ],
    exec: ["evaluate_script"],
  },
  categoriesComplete: true,
  host: {
    "fetches-urls": ["navigate_page", "new_page", "evaluate_script"],
    "reads-files": ["upload_file"],
  },
  hostComplete: true,
};

export const kubernetesServer: ProductTable = {
  product: "mcp-server-kubernetes",
  source: "https://github.com/Flux159/mcp-server-kubernetes",
  access: {
    read: ["kubectl_reconnect"],
    exec: ["exec_in_pod", "kubectl_generic"],
    destructive: ["cleanup", "node_management"],
  },
  categories: { "code-exec": ["exec_in_pod"], meta: ["ping"] },
  routers: ["kubectl_generic"],
};

export const kubernetesMcpServer: ProductTable = {
  product: "kubernetes-mcp-server",
  source: "https://github.com/containers/kubernetes-mcp-server",
  access: {
    exec: ["pods_exec", "pods_run"],
    write: ["resources_create_or_update", "resources_scale", "helm_install"],
  },
  categories: { "code-exec": ["pods_exec"] },
  discloses: ["configuration_view"],
};
