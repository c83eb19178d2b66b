import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, "node_modules/.cache/postern-cli");
const kept = 3;

/**
 * The command line as it is published, built of the sources as they are now: it starts in half the time of one that is
 * compiled as it loads. Each state of the sources has a folder of its own, so that nobody runs a half-written build.
 */
export function builtCli(): string {
  const place = join(cache, stateOfSources());
  if (!existsSync(place)) build(place);
  return join(place, "dist/bin/postern.js");
}

function stateOfSources(): string {
  const state = createHash("sha256");
  for (const folder of ["bin", "src", "providers", "mocks"]) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((each) => /\.tsx?$/.test(each)).toSorted()) {
      const { mtimeMs, size } = statSync(join(root, folder, name));
      state.update(`${folder}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json"])
    state.update(`${name} ${statSync(join(root, name)).mtimeMs}\n`);
  return state.digest("hex").slice(0, 16);
}

function build(place: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "draft-"));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    // Types are checked elsewhere.
    [tsc, "-p", "tsconfig.build.json", "--outDir", join(draft, "dist"), "--noCheck"],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`The command line cannot be built: ${stdout}`);
  copyFileSync(join(root, "package.json"), join(draft, "package.json"));
  cpSync(join(root, "dist/src/report/html"), join(draft, "dist/src/report/html"), {
    recursive: true,
  });
  try {
    renameSync(draft, place);
  } catch {
    // Another test file has built the same meanwhile.
    rmSync(draft, { recursive: true, force: true });
  }
  forgetOld();
}

function forgetOld(): void {
  const builds = readdirSync(cache)
    .filter((name) => !name.startsWith("draft-"))
    .map((name) => ({ path: join(cache, name), at: statSync(join(cache, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at);
  for (const { path, at } of builds.slice(kept))
    if (Date.now() - at > 3_600_000) rmSync(path, { recursive: true, force: true });
}
