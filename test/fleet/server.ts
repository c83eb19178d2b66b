import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Recipe } from "./recipes.ts";

export interface FleetServer {
  readonly port: number;
  close(): Promise<void>;
}

const startMs = 20_000;
const guard = new URL("../servers/only-loopback.mjs", import.meta.url).href;

export function fileOf(path: string): string {
  return fileURLToPath(new URL(`../servers/${path}`, import.meta.url));
}

/** Own scripts are always there, but what they import may not be. */
export function isInstalled({ file }: Recipe): boolean {
  return existsSync(fileOf("node_modules/.package-lock.json")) && existsSync(fileOf(file));
}

/** Starts one configuration on loopback, and waits until its port answers. */
export async function startServer(recipe: Recipe): Promise<FleetServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "postern-fleet-"));
  const place = { port, folder, file: fileOf };
  for (const [name, content] of Object.entries(recipe.files?.(place) ?? {})) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  const file = fileOf(recipe.file);
  const args = recipe.args?.(place) ?? [];
  const script = /\.m?js$/.test(file);
  const child = spawn(script ? process.execPath : file, script ? [file, ...args] : args, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_OPTIONS: `--import=${guard}`,
      HOME: folder,
      PORT: String(port),
      HOST: "127.0.0.1",
      DO_NOT_TRACK: "1",
      ...recipe.env?.(place),
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const said = collect(child);
  const close = async (): Promise<void> => {
    await stop(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  if (await listens(child, port, recipe.ready)) return { port, close };
  await close();
  throw new Error(`${recipe.name} did not listen on port ${port}: ${said()}`);
}

/** The last lines of a server that did not start are the reason. */
function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text = (text + chunk).slice(-2000);
    });
  }
  return () => text;
}

/** Below the ports that systems hand out by themselves: a slow starter would lose one of those to somebody else. */
let nextPort = 20_000 + (process.pid % 100) * 100;

async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    nextPort += 1;
    if (await canListen(nextPort)) return nextPort;
  }
  throw new Error("No free port");
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

async function listens(
  child: ChildProcess,
  port: number,
  ready: Recipe["ready"],
): Promise<boolean> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline && child.exitCode === null) {
    if (await (ready ? says(port, ready) : answers(port))) return true;
    await pause(50);
  }
  return false;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
  });
}

async function says(port: number, [path, words]: NonNullable<Recipe["ready"]>): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(1000);
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
    return (await reply.text()).includes(words);
  } catch {
    return false;
  }
}

/** Ends the whole process group: gateways start a child for each session. */
async function stop(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once("exit", () => {
      resolve();
    });
  });
  signalGroup(pid, "SIGTERM");
  await Promise.race([gone, pause(700)]);
  signalGroup(pid, "SIGKILL");
  await Promise.race([gone, pause(1500)]);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
