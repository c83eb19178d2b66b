import { describe, expect, test } from "vitest";
import type { ListedTool, Tool } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed, parameters } from "./labelled.ts";

const byRules = { useProductTables: false };

function judge(name: string, more: Partial<ListedTool> = {}): Tool {
  return classify(listed(name, more), byRules);
}

describe("access, by the name alone", () => {
  test.each([
    ["list_buckets", "read"],
    ["getPullRequestStatus", "read"],
    ["ListDbInstances", "read"],
    ["get_dicom_import_job", "read"],
    ["start_search", "read"],
    ["resolve-library-id", "read"],
    ["run_query", "read"],
    ["storage_blob_upload", "write"],
    ["start_instance", "write"],
    ["resolve_issue", "write"],
    ["get_or_create_page", "write"],
    ["run_pipeline", "write"],
    ["clear_form_field", "write"],
    ["clear_filters", "write"],
    ["clear_form_submissions", "destructive"],
    ["clear_filter_rules", "destructive"],
    ["resources_delete", "destructive"],
    ["delete-many", "destructive"],
    ["create_or_delete_rule", "destructive"],
    ["find_and_delete", "destructive"],
    ["write_file", "destructive"],
    ["DeleteDbCluster", "destructive"],
    ["execute_sql", "destructive"],
    ["run_shell_command", "exec"],
    ["pods_exec", "exec"],
    ["executeCode", "exec"],
    ["deploy_file_contents", "exec"],
    ["deploy_container_image", "write"],
    ["services-updater", "write"],
    ["deploy-services-reader", "read"],
    ["entries_remover", "destructive"],
    ["ReverseGeocodeTool", "read"],
    ["list_cluster_updates", "read"],
    ["list_and_updates", "write"],
    ["broker_is_connected", "read"],
    ["deploy_app_help", "read"],
    ["unpublish_entry", "write"],
    ["execute_read_query", "read"],
  ] as const)("%s is %s", (name, access) => {
    expect(judge(name).access).toBe(access);
  });

  test.each([
    ["trello_delete_list", "", "destructive"],
    ["acme_update_status", "", "write"],
    ["slack_set_status", "", "write"],
    ["api_delete_search", "", "destructive"],
    ["vm_create_snapshot", "", "write"],
    ["sql_backup_list", "", "write"],
    ["sql_backup_list", "List the backups", "read"],
    ["sql_backup_list", "Gets all backups", "read"],
    ["archive_list", "Gets the list out of the way", "write"],
    ["release_list", "Lists all releases", "read"],
    ["release_get", "", "read"],
    ["sql_release_get", "", "read"],
    ["sql_delete_get", "", "destructive"],
  ] as const)(
    "what a changing verb of %s works on is no verb: %j is %s",
    (name, description, access) => {
      expect(judge(name, { description }).access).toBe(access);
    },
  );

  test("a name that says nothing counts as writing, and says that this is assumed", () => {
    const tool = judge("quux");
    expect(tool.access).toBe("write");
    expect(tool.evidence[0]?.because).toMatch(/worse is assumed/);
  });
});

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
    ["Run a SELECT-style SQL query", "read"],
    ["Run a SELECT statement", "read"],
    ["Run a SQL query that can select or change rows", "destructive"],
  ] as const)("a query tool that says %j is %s", (description, access) => {
    expect(judge("run_sql", { description, parameters: parameters("sql") }).access).toBe(access);
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
    ["method", [], "write"],
  ] as const)("%s out of %j makes it %s", (name, values, access) => {
    const tool = { parameters: [{ name, type: "string", values }] };
    expect(judge("manage_items", tool).access).toBe(access);
  });

  test("an operation parameter without values is explained by the whole description", () => {
    const described = (description: string) =>
      judge("manage_items", { description, parameters: parameters("operation") }).access;
    expect(described("Manage items. Here delete takes an item away for all.")).toBe("destructive");
    expect(described("Manage items. It does not delete them.")).toBe("write");
    expect(described(`Manage items.${" ".repeat(600)}Delete them.`)).toBe("write");
  });

  test("a change whose description tells of a loss destroys", () => {
    const reset = (description: string) => judge("reset_head", { description }).access;
    expect(reset("Resets the branch and discards all changes")).toBe("destructive");
    expect(reset("Resets a node; the state since then is lost")).toBe("destructive");
    expect(reset("Resets the branch")).toBe("write");
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

describe("a router", () => {
  test.each([
    "call_aws",
    "run_gcloud_command",
    "run_oci_command",
    "invoke_oci_api",
    "kubectl_generic",
    "azure",
  ])("is known by its name: %s", (name) =>
    expect(judge(name)).toMatchObject({ router: true, access: "exec" }),
  );

  test("is known by the parameters of a routed command, and destroys where its description says so", () => {
    const routed = { parameters: parameters("intent", "command", "parameters", "learn") };
    expect(judge("files", routed)).toMatchObject({ router: true, access: "write" });
    const description = "File operations. List, create or delete files.";
    expect(judge("files", { ...routed, description })).toMatchObject({
      router: true,
      access: "destructive",
    });
  });

  test("can list, create, modify and delete in its cloud, whatever its name says", () => {
    const routed = {
      parameters: parameters("intent", "command", "parameters"),
      description: "Azure storage.",
    };
    expect(judge("storage", routed).manages).toEqual({
      cloud: "azure",
      verbs: ["list", "create", "modify", "delete"],
    });
  });

  test.each([
    ["send_request", ["method", "url", "body"], true],
    ["call_api", ["http_method", "endpoint_path", "data"], true],
    ["send_request", ["method", "url"], false],
    ["send_request", ["url", "body"], false],
    ["send_request", ["method", "body"], false],
    ["register_webhook", ["method", "url", "body"], false],
  ] as const)("is %s with %j, which makes up any request: %s", (name, names, router) =>
    expect(judge(name, { parameters: parameters(...names) }).router).toBe(router),
  );

  test("is not every tool that runs a command on its host", () => {
    expect(judge("run_command")).toMatchObject({
      router: false,
      access: "exec",
      host: ["runs-code"],
    });
  });
});

describe("the description", () => {
  test("decides by its first sentence only, where the name says nothing", () => {
    expect(judge("thing", { description: "Lists the things. Never delete them." }).access).toBe(
      "read",
    );
    expect(judge("thing", { description: "Deletes a thing." }).access).toBe("destructive");
  });

  test("does not count what it denies", () => {
    expect(judge("thing", { description: "Does not delete anything, shows the plan" }).access).toBe(
      "read",
    );
  });

  test("makes a name that sounds like reading worse when it opens with a changing verb", () => {
    expect(judge("get_report", { description: "Deletes the report and returns it" }).access).toBe(
      "destructive",
    );
  });
});

describe("annotations", () => {
  test("never make a verdict better", () => {
    const tool = judge("delete_user", {
      annotations: { readOnlyHint: true, destructiveHint: false },
    });
    expect(tool).toMatchObject({ access: "destructive", annotationConflict: true });
    expect(judge("quux", { annotations: { readOnlyHint: true } }).access).toBe("write");
  });

  test("make it worse when the tool itself says that it changes something", () => {
    const annotations = { readOnlyHint: false, destructiveHint: true };
    expect(judge("get_state", { annotations }).access).toBe("write");
    expect(judge("restart_node", { annotations: { destructiveHint: true } }).access).toBe(
      "destructive",
    );
    expect(judge("restart_node").access).toBe("write");
    expect(judge("start_trace", { annotations: { readOnlyHint: false } }).access).toBe("write");
    expect(judge("list_traces", { annotations: { readOnlyHint: false } }).access).toBe("read");
  });

  test("that say the truth are no conflict", () => {
    expect(judge("list_users", { annotations: { readOnlyHint: true } }).annotationConflict).toBe(
      false,
    );
    expect(judge("delete_user", { annotations: { readOnlyHint: false } }).annotationConflict).toBe(
      false,
    );
    expect(
      judge("update_user", { annotations: { destructiveHint: false } }).annotationConflict,
    ).toBe(false);
  });
});

describe("categories", () => {
  test.each([
    ["a product in the name", "grafana_list_teams", {}, "monitoring"],
    [
      "a product in the description",
      "list_teams",
      { description: "Lists teams of Okta" },
      "identity",
    ],
    ["a product in a parameter", "list_apps", { parameters: parameters("argocdBaseUrl") }, "ci-cd"],
    [
      "a product of two words",
      "list_reports",
      { description: "Of Google Analytics" },
      "monitoring",
    ],
    [
      "a product named like a word",
      "list_views",
      { description: "List views in Linear" },
      "project-mgmt",
    ],
    ["a phrase of the name", "news_search", {}, "web"],
  ] as const)("are told by %s", (_what, name, more, category) => {
    expect(judge(name, more).categories).toContain(category);
  });

  test("are not told by a word that is only spelled like a product", () => {
    const spelled = (description: string) => judge("fit", { description }).categories;
    expect(spelled("Reads a linear model")).not.toContain("project-mgmt");
    expect(spelled("Linear models are read")).not.toContain("project-mgmt");
  });

  test.each([
    [["limit"], ["saas-control", "other"]],
    [["thing_id"], ["saas-control", "other"]],
    [["width"], ["other"]],
    [[], ["other"]],
  ] as const)("of a tool that no word tells, with %j: %j", (names, categories) => {
    expect(judge("get_things", { parameters: parameters(...names) }).categories).toEqual(
      categories,
    );
  });
});

describe("what a tool manages", () => {
  test.each([
    ["compute_vm_create", parameters("subscription", "resource-group"), "azure", ["create"]],
    ["list_ec2_instances", [], "aws", ["list"]],
    ["launch_instance", parameters("compartment_id"), "oci", ["create"]],
    ["delete_vm", parameters("project_id", "zone"), "gcp", ["delete"]],
    [
      "resource_create_or_update",
      parameters("subscription", "tenant"),
      "azure",
      ["create", "modify"],
    ],
    ["call_aws", parameters("cli_command"), "aws", ["list", "create", "modify", "delete"]],
  ] as const)("%s", (name, params, cloud, verbs) => {
    expect(judge(name, { parameters: params }).manages).toEqual({ cloud, verbs });
  });

  test("is nothing for documentation about a cloud", () => {
    expect(
      judge("search_documentation", { description: "Search AWS documentation" }).manages,
    ).toBeUndefined();
  });
});

describe("what a tool shows or lets do on the host", () => {
  test("secrets are disclosed by reading them, and by creating a key, not by creating a secret", () => {
    expect(judge("keyvault_secret_get").discloses).toBe(true);
    expect(judge("get-env", { description: "Returns all environment variables" }).discloses).toBe(
      true,
    );
    expect(judge("create_access_key").discloses).toBe(true);
    expect(judge("keyvault_secret_create").discloses).toBe(false);
    expect(judge("list_buckets").discloses).toBe(false);
  });

  test("files and addresses need a parameter that names them", () => {
    expect(judge("read_file", { parameters: parameters("path") }).host).toEqual(["reads-files"]);
    expect(judge("read_file").host).toEqual([]);
    expect(judge("fetch", { parameters: parameters("url") }).host).toEqual(["fetches-urls"]);
    expect(judge("write_file", { parameters: parameters("path") }).host).toEqual(["writes-files"]);
    expect(judge("get_file_contents", { parameters: parameters("repo", "path") }).host).toEqual([]);
  });
});

describe("hostile names", () => {
  test.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "",
    " ",
    "\u{202e}eteled",
    "a".repeat(256),
  ])("%j is classified like any other", (name) => {
    const tool = judge(name, { parameters: parameters("__proto__", "constructor") });
    expect(tool.name).toBe(name);
    expect(tool.access).toBe("write");
    expect(tool.categories.length).toBeGreaterThan(0);
  });

  test("a long description is read in a moment", () => {
    const before = performance.now();
    judge("thing", { description: "do not, ".repeat(20_000) });
    judge("thing", { description: `runs ${"a ".repeat(50_000)}` });
    expect(performance.now() - before).toBeLessThan(500);
  });
});
