import { describe, expect, test } from "vitest";
import { identifyProduct, signatures } from "../../src/probe/signatures/index.ts";
import { labelledTools, missingCorpus, vendorToolNames } from "../tools/labelled.ts";

const named = (name: string, version = "1.0.0") => ({ name, version });
const cloudRun = [
  "list_projects",
  "deploy_local_folder",
  "deploy_file_contents",
  "get_service_log",
];

describe("a server by its tools", () => {
  test("is recognised without a name, and says which cloud it manages", () => {
    expect(identifyProduct({ tools: cloudRun })).toMatchObject({
      id: "cloud-run-mcp",
      basis: "signals",
      manages: "gcp",
    });
  });

  test.each(
    signatures
      .filter((one) => one.toolSets.length === 0 || one.id !== "cloud-run-mcp")
      .map((one) => one.id),
  )("is not mistaken for %s when it takes a foreign name", (id) => {
    const signature = signatures.find((one) => one.id === id);
    for (const pattern of signature?.serverNames ?? []) {
      const name = pattern.source.replaceAll(/[\^$]|\(\?:[^)]*\)\??|\\b|\\/g, "");
      expect(identifyProduct({ serverInfo: named(name), tools: cloudRun })?.id).toBe(
        "cloud-run-mcp",
      );
    }
  });

  test("is recognised in all three modes of Azure MCP", () => {
    const all = ["subscription_list", "group_list", "compute_vm_create", "storage_account_get"];
    const namespaces = ["storage", "compute", "keyvault", "subscription_list", "group_list"];
    for (const tools of [all, namespaces, ["azure"]]) {
      expect(identifyProduct({ tools })).toMatchObject({ id: "azure-mcp", manages: "azure" });
    }
    expect(identifyProduct({ tools: ["azure", "other"] })).toBeUndefined();
  });

  test("needs several telling tools: two of Azure's do not make one", () => {
    expect(identifyProduct({ tools: ["subscription_list", "group_list"] })).toBeUndefined();
    expect(
      identifyProduct({ tools: ["subscription_list", "group_list", "compute_vm_get"] })?.id,
    ).toBe("azure-mcp");
  });

  test("tells packages with the same tools apart by their name", () => {
    const tools = [
      "run_query",
      "get_table_schema",
      "connect_to_database",
      "is_database_connected",
      "get_database_connection_info",
    ];
    const mssql = identifyProduct({ serverInfo: named("awslabs.mssql-mcp-server"), tools });
    expect(mssql).toMatchObject({ id: "awslabs-mssql", basis: "signals" });
  });

  test("repeated, empty and hostile names change nothing", () => {
    expect(
      identifyProduct({ tools: ["__proto__", "constructor", "", "toString"] }),
    ).toBeUndefined();
    const repeated = ["deploy_local_folder", "deploy_local_folder", "deploy_local_folder"];
    expect(identifyProduct({ tools: repeated })).toBeUndefined();
    expect(identifyProduct({ serverInfo: named("__proto__"), tools: [] })).toBeUndefined();
  });
});

describe("a name", () => {
  test("alone is only a claim", () => {
    expect(identifyProduct({ serverInfo: named("Azure MCP Server"), tools: [] })?.basis).toBe(
      "claimed",
    );
    expect(
      identifyProduct({ serverInfo: named("Context7"), tools: ["delete_everything"] })?.basis,
    ).toBe("claimed");
  });

  test("with a banner that the listed tools do not bear out stays a claim", () => {
    const banners = ["Access is only allowed at localhost:8931"];
    expect(identifyProduct({ tools: [], banners })).toMatchObject({
      id: "playwright-mcp",
      basis: "signals",
    });
    expect(identifyProduct({ tools: ["read_mail"], banners })?.basis).toBe("claimed");
  });
});

describe("what carries a server", () => {
  test("is recognised by its own answers", () => {
    const inspector = identifyProduct({
      tools: [],
      banners: ["<html><title>MCP Inspector</title>"],
    });
    expect(inspector).toMatchObject({
      id: "mcp-inspector",
      kind: "developer-tool",
      basis: "signals",
    });
  });

  const refusals: readonly (readonly [id: string, text: string])[] = [
    [
      "typescript-sdk",
      "Bad Request: Unsupported protocol version (supported versions: 2025-06-18, 2025-03-26)",
    ],
    [
      "typescript-sdk",
      '"Bad Request: Unsupported protocol version: 2026-07-28 (supported versions: 2025-11-25, 2025-06-18"',
    ],
    [
      "go-sdk",
      "Bad Request: Unsupported protocol version (supported versions: 2025-11-25,2025-06-18)",
    ],
    [
      "python-sdk",
      "Bad Request: Unsupported protocol version: 2026-07-28. Supported versions: 2024-11-05, 2025-03-26",
    ],
    [
      "python-sdk",
      '{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Bad Request: Missing session ID"}}',
    ],
  ];
  test.each(refusals)("%s is told from the other SDKs by %j", (id, text) => {
    expect(identifyProduct({ tools: [], banners: [text] })).toMatchObject({ id, basis: "signals" });
  });

  test("gives way to the server behind it", () => {
    const found = identifyProduct({ tools: cloudRun, banners: ["No sessionId"] });
    expect(found?.id).toBe("cloud-run-mcp");
  });
});

describe.skipIf(missingCorpus)("known listings (needs shared/groundtruth/mcp)", () => {
  const expected: Readonly<Record<string, string>> = {
    cloudrun: "cloud-run-mcp",
    "k8s-http": "mcp-server-kubernetes",
    mongodb: "mongodb-mcp-server",
    "github-ref": "github-reference",
    "supergateway-sse-fs": "filesystem",
    "supergateway-http-memory": "memory",
    "desktop-commander": "desktop-commander",
    playwright: "playwright-mcp",
    "azmcp-all": "azure-mcp",
    tavily: "tavily",
    exa: "exa",
    context7: "context7",
    "everything-http": "everything",
    notion: "notion",
    n8n: "n8n-mcp",
  };

  test.each(Object.entries(expected))("%s is %s", (server, id) => {
    const tools = labelledTools().filter((one) => one.server === server);
    expect(identifyProduct({ tools: tools.map((one) => one.tool) })?.id).toBe(id);
  });

  test("almost every package of the vendors is recognised as itself", () => {
    const wrong: string[] = [];
    let all = 0;
    for (const vendor of ["awslabs", "oracle"]) {
      for (const [name, tools] of Object.entries(vendorToolNames()[vendor] ?? {})) {
        all += 1;
        const serverInfo = named(`${vendor}.${name}`);
        const found = identifyProduct({ serverInfo, tools });
        const id =
          name === "aws-api-mcp-server"
            ? "aws-api-mcp"
            : `${vendor}-${name.replace(/-mcp-server$/, "")}`;
        if (found?.id !== id || found.basis !== "signals")
          wrong.push(`${name}: ${found?.id ?? "-"}`);
      }
    }
    expect(wrong.length / all, wrong.join(", ")).toBeLessThanOrEqual(0.05);
  });
});
