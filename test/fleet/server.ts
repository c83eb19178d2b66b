import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, listens, stop } from "../../mocks/server-process.ts";
import type { Recipe } from "./recipe.ts";

export interface FleetServer {
  readonly port: number;
  close(): Promise<void>;
}

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
  const { ready } = recipe;
  const close = async (): Promise<void> => {
    await stop(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  if (await listens(child, port, ready && ((at) => says(at, ready)))) return { port, close };
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

async function says(port: number, [path, words]: NonNullable<Recipe["ready"]>): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(1000);
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
    return (await reply.text()).includes(words);
  } catch {
    return false;
  }
}
