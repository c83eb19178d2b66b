import { describe, expect, test } from "vitest";
import type { ToolAccess } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed, parameters } from "./labelled.ts";

function accessOf(
  name: string,
  description = "",
  names: readonly string[] = [],
  values: readonly string[] = [],
): ToolAccess {
  const choice = values.length === 0 ? [] : [{ name: "action", type: "string", values }];
  const tool = listed(name, { description, parameters: [...parameters(...names), ...choice] });
  return classify(tool, { useProductTables: false }).access;
}

describe("what changes something is not called read", () => {
  test.each([
    ["mark_message_read", "Marks messages as read"],
    ["mark_all_read", "Mark every notification read"],
    ["update_estimate", "Update estimate in QuickBooks"],
    ["close_poll", "Closes poll so that nobody can vote"],
    ["post_answer", "Post answer to a question"],
    ["refresh_extract", "Refreshes data extracts"],
  ])("by a last word that is spelled like a reading verb: %s", (name, description) => {
    expect(accessOf(name, description)).toBe("write");
  });

  test("while a thing that is spelled like a changing verb stays a thing", () => {
    expect(accessOf("release_get", "Get a release")).toBe("read");
    expect(accessOf("sql_backup_list", "List backups")).toBe("read");
  });

  test.each([
    [["list_create", "list_delete", "list_get"], "destructive"],
    [["view_create", "view_delete", "view_update"], "destructive"],
    [["get_build_log", "list_deployments", "get_release"], "read"],
  ] as const)("by the first word of an operation: %j", (values, access) => {
    expect(accessOf("board_tool", "Works with a board", [], values)).toBe(access);
  });

  test.each([
    ["execute_read_write_query", "Run any SQL statement", ["query"], "destructive"],
    ["execute_sql_read_write", "Runs SQL", ["sql"], "destructive"],
    ["execute_read_query", "Run a SQL statement", ["query"], "read"],
  ] as const)("by a name that says read beside write: %s", (name, description, names, access) => {
    expect(accessOf(name, description, names)).toBe(access);
  });

  test("by the advice that it destroys", () => {
    expect(accessOf("delete_tutorial", "Permanently deletes a tutorial")).toBe("destructive");
    expect(accessOf("get_tutorial", "Shows a tutorial")).toBe("read");
  });

  test.each([
    ["LinkedIn_delete_post", "Permanently deletes a post", "destructive"],
    ["mark_as_read", "", "write"],
    ["add_to_list", "", "write"],
  ] as const)("by a preposition that belongs to a name: %s", (name, description, access) => {
    expect(accessOf(name, description)).toBe(access);
  });
});

describe("what runs or sends whatever the caller brings", () => {
  test.each([
    ["open_terminal", "Open a new terminal and run the command in it", "command"],
    ["open_process", "Opens a process", "cmd"],
    ["ask_bash", "Asks the shell", "command"],
    ["write_to_terminal", "Writes text to the active terminal", "command"],
    ["add_task", "Adds a new scheduled task", "command"],
  ])("runs a command line under any verb: %s", (name, description, parameter) => {
    expect(accessOf(name, description, [parameter])).toBe("exec");
  });

  test.each([
    ["describe_command", "read"],
    ["delete_command", "destructive"],
  ] as const)("but not under one that looks at it or takes it away: %s", (name, access) => {
    expect(accessOf(name, "", ["command"])).toBe(access);
  });

  test.each([
    ["http_fetch", ["url", "method", "body"]],
    ["api_fetch", ["method", "path", "body"]],
    ["http_query", ["url", "method", "data"]],
  ])("sends a request by fetching or querying: %s", (name, names) => {
    expect(accessOf(name, "Performs a call", names)).toBe("exec");
  });
});
