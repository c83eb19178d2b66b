import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort, listens, stop } from "./server-process.ts";

export const realServerKinds = [
  "everything-http",
  "everything-sse",
  "supergateway-sse",
  "supergateway-http",
  "mcp-proxy",
  "modern-only",
] as const;
export type RealServerKind = (typeof realServerKinds)[number];

export interface RealServer {
  readonly kind: RealServerKind;
  readonly port: number;
  readonly path: string;
  close(): Promise<void>;
}

interface Recipe {
  readonly path: string;
  /** Packages and, where it is not the main file, the file to run. */
  readonly needs: readonly string[];
  readonly command: (port: number, files: readonly string[], folder: string) => readonly string[];
}

const everything = "@modelcontextprotocol/server-everything/dist/index.js";
const filesystem = "@modelcontextprotocol/server-filesystem/dist/index.js";
const supergateway = "supergateway/dist/index.js";

function gateway(...extra: readonly string[]): Recipe["command"] {
  return (port, [main = "", files = ""], folder) => [
    main,
    "--stdio",
    `${quoted(process.execPath)} ${quoted(files)} ${quoted(folder)}`,
    "--port",
    String(port),
    "--logLevel",
    "none",
    ...extra,
  ];
}

function quoted(text: string): string {
  return `"${text}"`;
}

const recipes: Readonly<Record<RealServerKind, Recipe>> = {
  "everything-http": {
    path: "/mcp",
    needs: [everything],
    command: (_port, [main = ""]) => [main, "streamableHttp"],
  },
  "everything-sse": {
    path: "/sse",
    needs: [everything],
    command: (_port, [main = ""]) => [main, "sse"],
  },
  "supergateway-sse": {
    path: "/sse",
    needs: [supergateway, filesystem],
    command: gateway("--outputTransport", "sse"),
  },
  "supergateway-http": {
    path: "/mcp",
    needs: [supergateway, filesystem],
    command: gateway("--outputTransport", "streamableHttp", "--stateful"),
  },
  "mcp-proxy": {
    path: "/mcp",
    needs: ["mcp-proxy/dist/bin/mcp-proxy.mjs", filesystem],
    command: (port, [main = "", files = ""], folder) => [
      main,
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--",
      process.execPath,
      files,
      folder,
    ],
  },
  "modern-only": {
    path: "/mcp",
    needs: ["@modelcontextprotocol/server", "@modelcontextprotocol/node"],
    command: (_port, _files, folder) => [join(folder, "modern-only.mjs")],
  },
};

/** Loaded before the server: when whoever started it is gone, however it ended, the whole group ends. */
const leash = `data:text/javascript,${encodeURIComponent(
  'process.stdin.resume().on("close", () => process.kill(-process.pid, "SIGKILL"));',
)}`;

/** Starts a published MCP server on a free loopback port; undefined when its package is not installed. */
export async function startRealServer(kind: RealServerKind): Promise<RealServer | undefined> {
  const { path, needs, command } = recipes[kind];
  const files = needs.flatMap((need) => locate(need) ?? []);
  if (files.length < needs.length) return undefined;
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "postern-server-"));
  if (kind === "modern-only") await writeFile(join(folder, "modern-only.mjs"), modernOnly(files));
  const child = spawn(process.execPath, ["--import", leash, ...command(port, files, folder)], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, PORT: String(port), HOST: "127.0.0.1" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const close = async (): Promise<void> => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  if (await listens(child, port)) return { kind, port, path, close };
  await close();
  throw new Error(`${kind} did not listen on port ${port} within 45 s`);
}

/** The file of a package, found without reading its `exports`. */
function locate(need: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve(need);
  } catch {
    const found = require.resolve.paths(need) ?? [];
    return found.map((folder) => join(folder, need)).find((file) => canRead(require, file));
  }
}

function canRead(require: NodeJS.Require, file: string): boolean {
  try {
    require.resolve(file);
    return true;
  } catch {
    return false;
  }
}

/** A server that knows only the 2026-07-28 revision, written with the official packages. */
function modernOnly(files: readonly string[]): string {
  const [server = "", node = ""] = files.map((file) => esmOf(file));
  return `
import { createServer } from "node:http";
import { McpServer, createMcpHandler } from ${JSON.stringify(server)};
import { toNodeHandler } from ${JSON.stringify(node)};
const handler = createMcpHandler(() => {
  const server = new McpServer({ name: "modern-only", version: "1.0.0" });
  for (const name of ["list_servers", "restart_server", "read_log"]) {
    server.registerTool(name, { description: "Tool " + name }, () => ({ content: [] }));
  }
  return server;
}, { legacy: "reject" });
const serve = toNodeHandler(handler);
createServer((request, response) => {
  if (new URL(request.url ?? "/", "http://x").pathname === "/mcp") return serve(request, response);
  response.writeHead(404).end();
}).listen(Number(process.env.PORT), "127.0.0.1");
`;
}

function esmOf(file: string): string {
  return `file://${join(dirname(file), "index.mjs")}`;
}
