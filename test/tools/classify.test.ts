import { describe, expect, test } from "vitest";
import type { ListedTool, Tool } from "../../src/model/tool.ts";
import { classify } from "../../src/tools/classify.ts";
import { listed, parameters } from "./labelled.ts";

const byRules = { useProductTables: false };

function judge(name: string, more: Partial<ListedTool> = {}): Tool {
  return classify(listed(name, more), byRules);
}

describe("a router", () => {
  test.each([
    "call_aws",
    "run_gcloud_command",
    "run_oci_command",
    "invoke_oci_api",
    "kubectl_generic",
    "azure",
    "kubectl",
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

  test.each([
    [["intent", "command", "learn"], true],
    [["intent", "command"], false],
    [["intent", "parameters"], false],
    [["command", "parameters"], false],
  ] as const)("takes an intent, a command and what it is for: %j", (names, router) => {
    expect(judge("files", { parameters: parameters(...names) }).router).toBe(router);
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
    ["create_request", ["method", "url", "body"], false],
    ["delete_request", ["method", "url", "body"], false],
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

  test.each([
    ["run_code", true],
    ["delete_user", true],
    ["update_user", false],
  ] as const)(
    "that say that nothing is destroyed are in conflict with %s: %s",
    (name, conflict) => {
      const annotations = { destructiveHint: false };
      expect(judge(name, { annotations }).annotationConflict).toBe(conflict);
    },
  );

  test("are in no conflict with what is only assumed", () => {
    const annotations = { readOnlyHint: true };
    expect(judge("quux", { annotations }).annotationConflict).toBe(false);
    const product = {
      id: "awslabs-aws-serverless",
      name: "",
      because: "",
      basis: "signals",
    } as const;
    const known = classify(listed("sam_init", { annotations }), {
      product,
      useProductTables: true,
    });
    expect(known.annotationConflict).toBe(true);
    expect(judge("sam_init", { annotations }).annotationConflict).toBe(false);
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

describe("what a tool manages", () => {
  test.each([
    ["compute_vm_create", parameters("subscription", "resource-group"), "azure", ["create"]],
    ["list_ec2_instances", [], "aws", ["list"]],
    ["list_cloudtrail_events", [], "aws", ["list"]],
    ["functionapp_get", [], "azure", ["list"]],
    ["list_cloudsql_instances", [], "gcp", ["list"]],
    ["list_compartments", [], "oci", ["list"]],
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

  test("is modified by an update, and all of it by whatever manages and destroys", () => {
    expect(judge("update_ec2_thing").manages?.verbs).toEqual(["modify"]);
    expect(judge("create_ec2_thing").manages?.verbs).toEqual(["create"]);
    expect(judge("delete_ec2_thing").manages?.verbs).toEqual(["delete"]);
    expect(judge("eval_ec2_thing").manages?.verbs).toHaveLength(4);
    const description = "Manage things: list, create or purge them";
    expect(judge("manage_ec2", { description }).manages?.verbs).toHaveLength(4);
  });

  test("is a cloud's where another subject stands beside it, or the product is of a cloud", () => {
    expect(judge("list_ec2_tasks").manages?.cloud).toBe("aws");
    const of = (id: string, name: string) =>
      classify(listed(name), {
        product: { id, name: "", because: "", basis: "signals", manages: "aws" },
        useProductTables: true,
      }).manages;
    expect(of("awslabs-valkey", "get_key")?.cloud).toBe("aws");
    expect(of("awslabs-aws-support", "get_task")).toBeUndefined();
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
    expect(judge("create_token_with_scopes").discloses).toBe(true);
    expect(judge("generate_api_keys").discloses).toBe(true);
    expect(judge("rotate_webhook").discloses).toBe(true);
    expect(judge("create_api_key_provider").discloses).toBe(false);
    expect(judge("create_webhook").discloses).toBe(false);
    expect(judge("get_item", { parameters: parameters("with_decryption") }).discloses).toBe(true);
    expect(judge("list_buckets").discloses).toBe(false);
    expect(judge("exec_secret").discloses).toBe(false);
    expect(judge("validate_secret").discloses).toBe(false);
    expect(judge("get_thing", { description: "Returns all passwords" }).discloses).toBe(true);
    expect(judge("get_docs", { description: "Of passwords" }).discloses).toBe(false);
  });

  test.each([
    ["run_code", [], ["runs-code"]],
    ["call_aws", [], []],
    ["deploy_files", [], []],
    ["deploy_folder", ["folderPath"], ["reads-files"]],
    ["browser_evaluate", ["script"], []],
    ["browser_run_code", ["code"], ["runs-code"]],
    ["create_code", ["code"], []],
  ] as const)("%s with %j runs code of the caller's, or reads it, so: %j", (name, names, host) => {
    expect(judge(name, { parameters: parameters(...names) }).host).toEqual(host);
  });

  test("files and addresses need a parameter that names them", () => {
    expect(judge("read_file", { parameters: parameters("path") }).host).toEqual(["reads-files"]);
    expect(judge("read_file").host).toEqual([]);
    expect(judge("delete_file", { parameters: parameters("path") }).host).toEqual(["writes-files"]);
    expect(judge("upload_file", { parameters: parameters("path") }).host).toEqual(["reads-files"]);
    expect(judge("upload_video", { parameters: parameters("path") }).host).toEqual(["reads-files"]);
    expect(judge("upload_video").host).toEqual([]);
    expect(judge("update_note", { parameters: parameters("path") }).host).toEqual([]);
    expect(judge("eval_file", { parameters: parameters("path") }).host).toEqual(["runs-code"]);
    expect(judge("list_notes", { parameters: parameters("folderPath") }).host).toEqual([]);
    expect(judge("list_notes", { parameters: parameters("path") }).host).toEqual([]);
    expect(judge("list_url", { parameters: parameters("url") }).host).toEqual([]);
    expect(judge("fetch_page", { description: "Fetches a website" }).host).toEqual([
      "fetches-urls",
    ]);
    expect(judge("fetch_thing").host).toEqual([]);
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
