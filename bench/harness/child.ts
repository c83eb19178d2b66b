import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const marker = "cpu-microseconds=";
const reporter = `data:text/javascript,${encodeURIComponent(
  `process.on("exit", () => { const { user, system } = process.cpuUsage();
     process.stderr.write("${marker}" + (user + system) + "\\n"); });`,
)}`;

/** CPU time in milliseconds of a whole Node process, its start included. */
export function cpuOf(args: readonly string[]): number {
  const child = spawnSync(process.execPath, ["--import", reporter, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  const [, micros] = new RegExp(`${marker}(\\d+)`).exec(child.stderr) ?? [];
  if (child.status !== 0 || micros === undefined) {
    throw new Error(`node ${args.join(" ")} ended with ${child.status}: ${child.stderr}`);
  }
  return Number(micros) / 1000;
}

/** Files that a Node process loads as code, as V8's own coverage lists them. */
export function modulesOf(args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "postern-modules-"));
  try {
    spawnSync(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    });
    return readdirSync(folder).flatMap((name) => {
      const { result }: { result: { url: string }[] } = JSON.parse(
        readFileSync(join(folder, name), "utf8"),
      );
      return result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
