import type { Confidence, Fingerprint } from "../../src/model/server.ts";

/** One published server in one configuration, and what the probe has to say of it. */
export interface Recipe {
  readonly name: string;
  /** Script or program under `test/servers`; the manifest there pins its package. */
  readonly file: string;
  readonly args?: (at: Place) => readonly string[];
  readonly env?: (at: Place) => Readonly<Record<string, string>>;
  /** Written to the folder before the start. */
  readonly files?: (at: Place) => Readonly<Record<string, unknown>>;
  /** Page and the words on it once the server is ready; the open port is enough for most. */
  readonly ready?: readonly [path: string, words: string];
  readonly expected: Open | Closed;
}

export interface Place {
  readonly port: number;
  /** Empty folder of the server's own; also its working directory and HOME. */
  readonly folder: string;
  /** Absolute path of a file under `test/servers`. */
  readonly file: (path: string) => string;
}

export interface Open extends Pick<Fingerprint, "era" | "transport"> {
  readonly path: string;
  readonly verdict?: "host-check";
  /** Whatever it enforces for calls. */
  readonly advertisesOauth?: boolean;
}

export interface Closed {
  readonly confidence: Confidence;
  readonly verdict: Fingerprint["authentication"]["verdict"];
}

const everything = "node_modules/@modelcontextprotocol/server-everything/dist/index.js";
const filesystem = "node_modules/@modelcontextprotocol/server-filesystem/dist/index.js";
const supergateway = "node_modules/supergateway/dist/index.js";
const proxy = "node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs";
const kubernetes = "node_modules/mcp-server-kubernetes/dist/index.js";
const notion = "node_modules/@notionhq/notion-mcp-server/bin/cli.mjs";
const inspector = "node_modules/@modelcontextprotocol/inspector";
const playwright = "node_modules/@playwright/mcp/cli.js";
const secret = "only-for-tests-0123456789-0123456789";

const streamable = { era: "legacy", transport: "streamable-http", path: "/mcp" } as const;
const modern = { ...streamable, era: "modern" } as const;
const sse = { era: "legacy", transport: "http+sse", path: "/sse" } as const;
const token = { confidence: "auth-required", verdict: "static-secret" } as const;

/** Names a cluster that nobody runs. */
const kubeconfig = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:9" } }],
  users: [{ name: "nobody", user: {} }],
  contexts: [{ name: "none", context: { cluster: "none", user: "nobody" } }],
  "current-context": "none",
};

function gateway(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port, folder, file }) => [
    "--stdio",
    `"${process.execPath}" "${file(filesystem)}" "${folder}"`,
    "--port",
    String(port),
    "--logLevel",
    "none",
    ...extra,
  ];
}

function proxied(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port, folder, file }) => [
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    ...extra,
    "--",
    process.execPath,
    file(filesystem),
    folder,
  ];
}

function onPort(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port }) => [...extra, "--port", String(port)];
}

export const recipes: readonly Recipe[] = [
  {
    name: "server-everything, streamable HTTP",
    file: everything,
    args: () => ["streamableHttp"],
    expected: streamable,
  },
  { name: "server-everything, HTTP+SSE", file: everything, args: () => ["sse"], expected: sse },
  {
    name: "supergateway, HTTP+SSE",
    file: supergateway,
    args: gateway("--outputTransport", "sse"),
    expected: sse,
  },
  {
    name: "supergateway, streamable HTTP without sessions",
    file: supergateway,
    args: gateway("--outputTransport", "streamableHttp"),
    expected: streamable,
  },
  {
    name: "supergateway, streamable HTTP with sessions",
    file: supergateway,
    args: gateway("--outputTransport", "streamableHttp", "--stateful"),
    expected: streamable,
  },
  { name: "mcp-proxy", file: proxy, args: proxied(), expected: modern },
  {
    name: "mcp-proxy, HTTP+SSE alone",
    file: proxy,
    args: proxied("--server", "sse"),
    expected: sse,
  },
  {
    name: "mcp-proxy without sessions",
    file: proxy,
    args: proxied("--server", "stream", "--stateless"),
    expected: modern,
  },
  {
    name: "mcp-proxy with an API key",
    file: proxy,
    args: proxied("--apiKey", secret),
    expected: token,
  },
  {
    name: "context7",
    file: "node_modules/@upstash/context7-mcp/dist/index.js",
    args: onPort("--transport", "http"),
    expected: { ...modern, advertisesOauth: true },
  },
  {
    name: "playwright behind its Host check",
    file: playwright,
    args: onPort("--headless"),
    expected: { ...streamable, verdict: "host-check" },
  },
  {
    name: "playwright for every host",
    file: playwright,
    args: onPort("--headless", "--host", "127.0.0.1", "--allowed-hosts", "*"),
    expected: streamable,
  },
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
  {
    name: "figma-developer-mcp",
    file: "node_modules/figma-developer-mcp/dist/bin.js",
    args: onPort("--figma-api-key", secret),
    expected: streamable,
  },
  {
    name: "firecrawl-mcp",
    file: "node_modules/firecrawl-mcp/dist/index.js",
    env: () => ({ HTTP_STREAMABLE_SERVER: "true", FIRECRAWL_API_KEY: `fc-${secret}` }),
    expected: streamable,
  },
  {
    name: "firecrawl-mcp, HTTP+SSE by its older switch",
    file: "node_modules/firecrawl-mcp/dist/index.js",
    env: () => ({ SSE_LOCAL: "true", FIRECRAWL_API_KEY: `fc-${secret}` }),
    expected: streamable,
  },
  { name: "fastmcp (TypeScript)", file: "fastmcp.mjs", expected: streamable },
  {
    name: "fastmcp (TypeScript) without sessions",
    file: "fastmcp.mjs",
    args: () => ["--stateless"],
    expected: streamable,
  },
  {
    name: "notion with the token it makes",
    file: notion,
    args: onPort("--transport", "http"),
    env: () => ({ NOTION_TOKEN: `ntn_${secret}` }),
    expected: token,
  },
  {
    name: "notion without authentication",
    file: notion,
    args: onPort("--transport", "http", "--unsafe-disable-auth"),
    env: () => ({ NOTION_TOKEN: `ntn_${secret}` }),
    expected: streamable,
  },
  { name: "MCP Inspector's proxy", file: `${inspector}/server/build/index.js`, expected: token },
  {
    name: "MCP Inspector's page",
    file: `${inspector}/client/bin/client.js`,
    expected: { confidence: "related", verdict: "unknown" },
  },
  {
    name: "MCP Inspector's proxy without authentication",
    file: `${inspector}/server/build/index.js`,
    env: () => ({ DANGEROUSLY_OMIT_AUTH: "true" }),
    expected: { confidence: "likely", verdict: "unknown" },
  },
  {
    name: "n8n-mcp",
    file: "node_modules/n8n-mcp/dist/mcp/index.js",
    env: () => ({
      MCP_MODE: "http",
      AUTH_TOKEN: secret,
      N8N_MCP_TELEMETRY_DISABLED: "true",
      N8N_MCP_USE_SQLJS: "true",
    }),
    expected: token,
  },
  {
    name: "gitlab with its clients' tokens",
    file: "node_modules/@zereight/mcp-gitlab/build/index.js",
    env: () => ({ STREAMABLE_HTTP: "true", REMOTE_AUTHORIZATION: "true" }),
    expected: { confidence: "likely", verdict: "static-secret" },
  },
  {
    name: "mcp-hub",
    file: "node_modules/mcp-hub/dist/cli.js",
    args: onPort("--config", "hub.json"),
    files: ({ folder, file }) => ({
      "hub.json": {
        mcpServers: { files: { command: process.execPath, args: [file(filesystem), folder] } },
      },
    }),
    ready: ["/api/health", '"state":"ready"'],
    expected: { ...sse, path: "/mcp" },
  },
  { name: "SDK 2.4 of the modern era alone", file: "modern-only.mjs", expected: modern },
  {
    name: "SDK 2.4 of both eras",
    file: "modern-only.mjs",
    args: () => ["--legacy"],
    expected: modern,
  },
  { name: "SDK 1.10, streamable HTTP", file: "sdk-1.10.mjs", expected: streamable },
  { name: "SDK 1.4, HTTP+SSE", file: "sdk-1.4.mjs", expected: sse },
];
