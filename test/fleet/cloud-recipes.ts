import {
  modern,
  onPort,
  secret,
  sse,
  streamable,
  token,
  type Place,
  type Recipe,
} from "./recipe.ts";

const kubernetes = "node_modules/mcp-server-kubernetes/dist/index.js";
const azure = "node_modules/@azure/mcp-linux-x64/dist/azmcp";
const azureOverHttp = ["server", "start", "--transport", "http"] as const;

/** Names a cluster that nobody runs. */
const kubeconfig = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:9" } }],
  users: [{ name: "nobody", user: {} }],
  contexts: [{ name: "none", context: { cluster: "none", user: "nobody" } }],
  "current-context": "none",
};

function aspNet({ port }: Place): Readonly<Record<string, string>> {
  return {
    ASPNETCORE_URLS: `http://127.0.0.1:${port}`,
    AZURE_MCP_COLLECT_TELEMETRY: "false",
  };
}

export const cloudRecipes: readonly Recipe[] = [
  {
    name: "mcp-server-kubernetes, streamable HTTP",
    file: kubernetes,
    env: () => ({ ENABLE_UNSAFE_STREAMABLE_HTTP_TRANSPORT: "1" }),
    expected: streamable,
  },
  {
    name: "mcp-server-kubernetes for the name localhost alone",
    file: kubernetes,
    env: ({ port }) => ({
      ENABLE_UNSAFE_STREAMABLE_HTTP_TRANSPORT: "1",
      DNS_REBINDING_ALLOWED_HOST: `localhost:${port}`,
    }),
    expected: { ...streamable, verdict: "host-check" },
  },
  {
    name: "mcp-server-kubernetes, HTTP+SSE",
    file: kubernetes,
    env: () => ({ ENABLE_UNSAFE_SSE_TRANSPORT: "1" }),
    expected: sse,
  },
  {
    name: "mcp-server-kubernetes, streamable HTTP with a token",
    file: kubernetes,
    env: () => ({ ENABLE_UNSAFE_STREAMABLE_HTTP_TRANSPORT: "1", MCP_AUTH_TOKEN: secret }),
    expected: token,
  },
  {
    name: "mcp-server-kubernetes, HTTP+SSE with a token",
    file: kubernetes,
    env: () => ({ ENABLE_UNSAFE_SSE_TRANSPORT: "1", MCP_AUTH_TOKEN: secret }),
    expected: token,
  },
  {
    name: "kubernetes-mcp-server (Go)",
    file: "node_modules/kubernetes-mcp-server-linux-amd64/bin/kubernetes-mcp-server-linux-amd64",
    args: onPort("--disable-multi-cluster", "--kubeconfig", "kubeconfig.json"),
    files: () => ({ "kubeconfig.json": kubeconfig }),
    expected: streamable,
  },
  {
    name: "Azure MCP (.NET)",
    file: azure,
    args: () => [...azureOverHttp, "--dangerously-disable-http-incoming-auth"],
    env: aspNet,
    expected: sse,
  },
  {
    name: "Azure MCP (.NET) with every tool",
    file: azure,
    args: () => [...azureOverHttp, "--mode", "all", "--dangerously-disable-http-incoming-auth"],
    env: aspNet,
    expected: sse,
  },
  {
    name: "Azure MCP (.NET) with Entra ID",
    file: azure,
    args: () => azureOverHttp,
    env: (at) => ({
      ...aspNet(at),
      AzureAd__Instance: "https://login.microsoftonline.com/",
      AzureAd__TenantId: "11111111-1111-1111-1111-111111111111",
      AzureAd__ClientId: "22222222-2222-2222-2222-222222222222",
    }),
    expected: { confidence: "auth-required", verdict: "oauth" },
  },
  {
    name: "MCP Toolbox for Databases (Go)",
    file: "node_modules/@toolbox-sdk/server-linux-x64/bin/toolbox",
    args: onPort("--prebuilt", "sqlite"),
    env: ({ folder }) => ({ SQLITE_DATABASE: `${folder}/empty.db` }),
    expected: modern,
  },
  {
    name: "cloud-run-mcp",
    file: "node_modules/@google-cloud/cloud-run-mcp/mcp-server.js",
    env: () => ({ GCP_STDIO: "false", SKIP_IAM_CHECK: "true" }),
    expected: streamable,
  },
  {
    name: "cloud-run-mcp with OAuth",
    file: "node_modules/@google-cloud/cloud-run-mcp/mcp-server.js",
    env: ({ port }) => ({
      GCP_STDIO: "false",
      SKIP_IAM_CHECK: "true",
      OAUTH_ENABLED: "true",
      OAUTH_PROTECTED_RESOURCE: `http://127.0.0.1:${port}/mcp`,
      OAUTH_AUTHORIZATION_SERVER: "https://accounts.example.com",
    }),
    expected: { ...streamable, advertisesOauth: true },
  },
  {
    name: "mongodb-mcp-server",
    file: "node_modules/mongodb-mcp-server/dist/esm/index.js",
    args: ({ port }) => [
      "--transport",
      "http",
      "--httpPort",
      String(port),
      "--telemetry",
      "disabled",
    ],
    expected: modern,
  },
];
