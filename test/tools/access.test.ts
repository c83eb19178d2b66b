import { describe, expect, test } from "vitest";
import type { ListedTool, Tool } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed, parameters } from "./labelled.ts";

const byRules = { useProductTables: false };

function judge(name: string, more: Partial<ListedTool> = {}): Tool {
  return classify(listed(name, more), byRules);
}

describe("access, by what a tool takes", () => {
  test("a command or program makes it run what the caller brings", () => {
    expect(judge("helper", { parameters: parameters("command") }).access).toBe("exec");
    expect(judge("browser_evaluate", { parameters: parameters("function") }).access).toBe("exec");
    expect(judge("validate_script", { parameters: parameters("script") }).access).toBe("read");
  });

  test("a command out of a fixed list runs nothing of the caller's", () => {
    const command = [{ name: "command", type: "string", values: ["status", "version"] }];
    expect(judge("get_state", { parameters: command }).access).toBe("read");
    expect(judge("server_state", { parameters: command }).access).not.toBe("exec");
  });

  test("a free SQL statement destroys, unless the tool claims to be read-only", () => {
    const sql = { parameters: parameters("sql") };
    expect(judge("query", { ...sql, description: "Run a SQL query" }).access).toBe("destructive");
    expect(judge("query", { ...sql, description: "Run a read-only SQL query" }).access).toBe(
      "read",
    );
    expect(judge("explain_sql_statement", sql).access).toBe("read");
  });

  test.each([
    ["mysql", ["sql"], "destructive"],
    ["mysql", ["sql_query"], "destructive"],
    ["mysql", ["host"], "write"],
    ["run_thing", ["sql"], "destructive"],
    ["thing", ["sql"], "write"],
    ["execute_read_sql", ["sql"], "read"],
    ["readonly_sql", ["sql"], "read"],
    ["manage_sql", ["sql"], "write"],
  ] as const)("%s with %j is %s", (name, names, access) => {
    expect(judge(name, { parameters: parameters(...names) }).access).toBe(access);
  });

  test("a report that is made with SQL takes no statement", () => {
    expect(judge("run_report", { description: "Run a SQL report" }).access).toBe("read");
  });

  test.each([
    ["Run a SELECT-style SQL query", "read"],
    ["Run a SELECT statement", "read"],
    ["Run a SQL query that can select or change rows", "destructive"],
  ] as const)("a query tool that says %j is %s", (description, access) => {
    expect(judge("run_sql", { description, parameters: parameters("sql") }).access).toBe(access);
  });

  test.each([
    ["calculate", "expression", "read"],
    ["render_diagram", "code", "read"],
    ["set_breakpoint", "expression", "write"],
    ["delete_snippet", "code", "destructive"],
    ["lint_thing", "code", "read"],
    ["submit_job", "script", "exec"],
    ["test_it", "code", "exec"],
    ["thing", "code", "exec"],
    ["thing_status", "command", "read"],
  ] as const)("%s with a %s is %s", (name, parameter, access) => {
    expect(judge(name, { parameters: parameters(parameter) }).access).toBe(access);
  });

  test("a place that runs code runs none where a parameter chooses what is done", () => {
    expect(judge("ssh_hooks", { parameters: parameters("action") }).access).toBe("write");
    expect(judge("ssh_hooks", { parameters: parameters("host") }).access).toBe("exec");
  });

  test("a tool that manages queries runs none", () => {
    const description = "Manage SQL queries";
    expect(judge("manage_query", { description, parameters: parameters("query") }).access).toBe(
      "write",
    );
    expect(judge("run_query", { description, parameters: parameters("query") }).access).toBe(
      "destructive",
    );
  });

  test("a parameter named after what the tool tells about carries no program", () => {
    expect(judge("function_details", { parameters: parameters("function") }).access).not.toBe(
      "exec",
    );
    expect(judge("function_caller", { parameters: parameters("function") }).access).toBe("exec");
  });

  test.each([
    ["method", ["get_issue", "delete_issue"], "destructive"],
    ["mode", ["list", "push", "drop"], "destructive"],
    ["command", ["status", "create"], "write"],
    ["mode", ["fast", "slow", "delete_first"], "write"],
    ["style", ["list", "delete"], "write"],
    ["action", ["getBuildLog", "listApps"], "read"],
    ["action", ["getBuildLog", "buildApp"], "write"],
    ["action", ["addNode", "nodeRemove"], "destructive"],
    ["method", [], "write"],
    ["mode", ["fast", "delete"], "destructive"],
  ] as const)("%s out of %j makes it %s", (name, values, access) => {
    const tool = { parameters: [{ name, type: "string", values }] };
    expect(judge("manage_items", tool).access).toBe(access);
  });

  test("a verb that says only that something is done is explained by the list of its description", () => {
    const manage = (description: string) => judge("manage_items", { description }).access;
    expect(manage("Manage items (list, create, delete)")).toBe("destructive");
    expect(manage("Manage items: add, update or purge them")).toBe("destructive");
    expect(manage("Manage tags: add, replace or remove them")).toBe("write");
    expect(manage("Manage items (list, create)")).toBe("write");
    expect(manage("Manage items: purge, list or get them")).toBe("destructive");
    expect(manage("Create, list or purge items")).toBe("destructive");
    expect(judge("create_items", { description: "Items (list, create, delete)" }).access).toBe(
      "write",
    );
  });

  test.each([
    ["puppeteer_select", "Select an element", "write"],
    ["browser_select", "Select a choice", "write"],
    ["browser_page_select", "Select a choice", "write"],
    ["page_select", "Select an element", "write"],
    ["drop_table", "Drops a table of the page", "destructive"],
    ["drop", "Drop onto an element", "write"],
    ["browser_drop", "Drop files", "write"],
    ["drop_all", "Drop all", "destructive"],
    ["select_page", "Selects a page", "write"],
    ["search_replace", "Search a text and put another there", "write"],
    ["playwright_go_back", "Navigate back in the history", "write"],
    ["puppeteer_click", "Click an element", "write"],
    ["get_type", "Tells the type of an element", "read"],
    ["list_tabs", "Lists every tab", "read"],
    ["select_rows", "Selects rows of a table", "read"],
    ["watch_card", "Subscribe or unsubscribe from a card", "write"],
    ["watch_card", "Subscribe events of a card", "read"],
    ["get_report", "Exports a report", "write"],
    ["get_report", "Export reports", "read"],
    ["disconnect", "Close a connection", "read"],
    ["disconnect", "Delete a connection", "destructive"],
    ["geocode", "Convert an address into coordinates", "read"],
    ["find_query", "Run a query", "read"],
    ["get_copy", "Applies a patch", "write"],
    ["check_update", "Checks for an update", "read"],
    ["list_send", "List all that was sent", "read"],
    ["updates_issue", "Gets an issue", "write"],
    ["alert_dismiss", "Gets an alert", "write"],
    ["thing", "Publishes a post", "write"],
    ["thing", "Applies a patch", "write"],
    ["sandbox", "Runs arbitrary code", "exec"],
    ["sandbox", "Executes a Python script in a container", "exec"],
    ["sandbox", "Runs read-only commands", "write"],
    ["sandbox", "Runs commands to list nodes", "write"],
    ["list_sandboxes", "Runs code", "read"],
    ["sandbox", "Tells of code", "write"],
    ["thing", "This tool retrieves things", "read"],
    ["thing", "This tool deletes things", "destructive"],
    ["thing", "Whatever the score is, creates one", "write"],
    ["end_things", "Ends a session and generates the file", "write"],
  ] as const)("%s, which says %j, is %s", (name, description, access) => {
    expect(judge(name, { description }).access).toBe(access);
  });

  test("getting a thing into a file of the host writes", () => {
    expect(judge("get_attachment", { parameters: parameters("output_path") }).access).toBe("write");
    expect(judge("get_attachment", { parameters: parameters("path") }).access).toBe("read");
    expect(judge("get_attachment", { parameters: parameters("target") }).access).toBe("read");
    expect(judge("list_files", { parameters: parameters("output_dir") }).access).toBe("read");
    expect(judge("download_object", { parameters: parameters("bucket") }).access).toBe("read");
    expect(judge("download_audio", { parameters: parameters("dest_dir") }).access).toBe("write");
  });

  test("an operation parameter without values is explained by the whole description", () => {
    const described = (description: string) =>
      judge("manage_items", { description, parameters: parameters("operation") }).access;
    expect(described("Manage items. Here delete takes an item away for all.")).toBe("destructive");
    expect(described("Manage items. It does not delete them.")).toBe("write");
    expect(described(`Manage items.${" ".repeat(600)}Delete them.`)).toBe("write");
  });

  test.each([
    ["versions", "mode", "Manage versions: list, get or purge", "destructive"],
    ["versions", "mode", "Manages versions: list, get or purge", "destructive"],
    ["versions", "mode", "Shows versions: list, get or purge", "read"],
    ["versions", "style", "Manage versions: list, get or purge", "write"],
    ["versions", "method", "Shows versions. Here delete is none of them.", "read"],
    ["list_items", "operation", "Actions: list, get or purge", "read"],
  ] as const)("%s with a %s that is described as %j is %s", (name, taken, description, access) => {
    expect(judge(name, { description, parameters: parameters(taken) }).access).toBe(access);
  });

  test("a choice of operations destroys where the tool itself says so", () => {
    const annotations = { destructiveHint: true };
    const choice = { annotations, parameters: parameters("operation") };
    expect(judge("items", choice).access).toBe("destructive");
    expect(judge("items", { annotations }).access).toBe("write");
  });

  test("a change whose description tells of a loss destroys", () => {
    const reset = (description: string) => judge("reset_head", { description }).access;
    expect(reset("Resets the branch and discards all changes")).toBe("destructive");
    expect(reset("Resets a node; the state since then is lost")).toBe("destructive");
    expect(reset("Resets the branch")).toBe("write");
    expect(reset("Resets a disk, which destroys all data on it")).toBe("destructive");
    expect(reset("Resets a branch. Its changes will be lost.")).toBe("destructive");
    expect(reset(`Resets a branch.${" ".repeat(400)}Its changes will be lost.`)).toBe("write");
    expect(judge("get_head", { description: "Tells which changes are lost" }).access).toBe("read");
  });

  test("an operation parameter counts by its strongest value", () => {
    const operations = (...values: string[]) => ({
      parameters: [{ name: "operation", type: "string", values }],
    });
    expect(judge("manage_items", operations("list", "get")).access).toBe("read");
    expect(judge("manage_items", operations("list", "set")).access).toBe("write");
    expect(judge("manage_items", operations("list", "delete_all")).access).toBe("destructive");
    expect(judge("get_items", operations("get", "purge")).access).toBe("destructive");
  });

  test("a download into a file of the host writes", () => {
    expect(judge("download_object").access).toBe("read");
    expect(judge("download_object", { parameters: parameters("file_path") }).access).toBe("write");
  });

  test("operations listed in prose count as well", () => {
    const tool = judge("executions", {
      description: "Manage executions: get details, list, or delete.",
      parameters: parameters("action"),
    });
    expect(tool.access).toBe("destructive");
  });

  test.each([
    ["API-patch-page", "write"],
    ["API-post-search", "read"],
    ["API-delete-a-block", "destructive"],
  ] as const)("%s follows its HTTP method: %s", (name, access) => {
    expect(judge(name).access).toBe(access);
  });
});
