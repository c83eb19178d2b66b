import type { Signature } from "./signature.ts";

/** Servers that hand over the host they run on, or a browser on it. */
export const hosts: readonly Signature[] = [
  {
    id: "desktop-commander",
    name: "Desktop Commander",
    kind: "server",
    serverNames: [/^desktop-commander$/i],
    toolSets: [
      {
        tools: [
          "start_process",
          "interact_with_process",
          "force_terminate",
          "set_config_value",
          "give_feedback_to_desktop_commander",
          "edit_block",
          "read_process_output",
          "get_more_search_results",
        ],
      },
    ],
    source: "https://github.com/wonderwhy-er/DesktopCommanderMCP",
  },
  {
    id: "playwright-mcp",
    name: "Playwright MCP",
    kind: "server",
    serverNames: [/^Playwright$/i, /^playwright-mcp$/i],
    toolSets: [
      {
        tools: [
          "browser_navigate",
          "browser_snapshot",
          "browser_evaluate",
          "browser_run_code_unsafe",
          "browser_run_code",
          "browser_file_upload",
          "browser_console_messages",
          "browser_network_requests",
        ],
        needs: 4,
      },
    ],
    banners: [/Access is only allowed at localhost:\d+/i],
    source: "https://github.com/microsoft/playwright-mcp",
  },
  {
    id: "chrome-devtools-mcp",
    name: "Chrome DevTools MCP",
    kind: "server",
    serverNames: [/^chrome[-_]devtools(?:-mcp)?$/i],
    toolSets: [
      {
        tools: [
          "evaluate_script",
          "navigate_page",
          "list_console_messages",
          "performance_start_trace",
          "take_snapshot",
          "list_network_requests",
          "emulate",
          "new_page",
        ],
      },
    ],
    source: "https://github.com/ChromeDevTools/chrome-devtools-mcp",
  },
  {
    id: "puppeteer-mcp",
    name: "Puppeteer MCP server",
    kind: "server",
    serverNames: [/mcp-servers\/puppeteer$/i],
    toolSets: [
      { tools: ["puppeteer_navigate", "puppeteer_evaluate", "puppeteer_click"], needs: 2 },
    ],
    source: "https://github.com/modelcontextprotocol/servers-archived/tree/main/src/puppeteer",
  },
];
