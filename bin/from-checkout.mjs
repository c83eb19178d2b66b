// Runs the CLI from a checkout: installs what is missing, builds when a source is newer than the build, then runs it.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "dist/bin/postern.js");

function newest(folder) {
  return Math.max(
    0,
    ...readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:tsx?|css)$/.test(entry.name))
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  process.stderr.write(`postern: ${command} ${args.join(" ")} failed. ${error?.message ?? ""}\n`);
  process.exit(1);
}

if (!existsSync(join(root, "node_modules/.package-lock.json")))
  run("npm", ["ci", "--no-fund", "--no-audit"]);

const built = existsSync(cli) ? statSync(cli).mtimeMs : 0;
if (Math.max(...["bin", "src", "providers", "mocks"].map(newest)) > built) {
  run(process.execPath, [
    join(root, "node_modules/typescript/bin/tsc"),
    "-p",
    "tsconfig.build.json",
  ]);
  run(process.execPath, [
    join(root, "node_modules/vite/bin/vite.js"),
    "build",
    "--logLevel",
    "warn",
  ]);
}

const child = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(child.status ?? 130);
