import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { cpuOf, modulesOf, root } from "./harness/child.ts";
import { summary, type Measurement } from "./harness/row.ts";

const cli = join(root, "dist/bin/postern.js");
const help = [cli, "--help"];
const yargsHelp = [
  "--input-type=module",
  "--eval",
  `import yargs from "yargs";
   await yargs(["--help"]).command("audit", "Audit").option("quiet", { type: "boolean" }).parseAsync();`,
];
const runs = 11;
const foreign = /node_modules\/(?:@aws-sdk|@smithy|@azure|@google-cloud|google-|oci-|zod|pino)/;

/** What `postern --help` costs over a program that does nothing but print help. */
export async function rows(): Promise<readonly Measurement[]> {
  const cost = {
    name: "help over bare yargs",
    unit: "CPU ms",
    limit: 30,
    better: "lower",
  } as const;
  const loaded = {
    name: "SDK modules at help",
    unit: "modules",
    limit: 0,
    better: "lower",
  } as const;
  spawnSync(process.execPath, ["bin/from-checkout.mjs", "--help"], { cwd: root, stdio: "ignore" });
  if (!existsSync(cli)) {
    const nothing = { value: 0, n: 0, spread: 0, skipped: "npm run build fails" };
    return [
      { ...cost, ...nothing },
      { ...loaded, ...nothing },
    ];
  }
  // Interleaved, so that other load on the machine meets both.
  const differences = Array.from({ length: runs }, () => cpuOf(help) - cpuOf(yargsHelp));
  const modules = modulesOf(help).filter((url) => foreign.test(url)).length;
  return [
    { ...cost, ...summary(differences) },
    { ...loaded, value: modules, n: 1, spread: 0 },
  ];
}
