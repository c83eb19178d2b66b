import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../../src/model/report.ts";
import { runCli, type CliResult } from "./run-cli.ts";

/** Two signed runs of the demo in one directory: what every test of the demo looks at, because a run is dear. */
export interface DemoRuns {
  readonly cwd: string;
  /** Of the first run, which writes its JSON report too. */
  readonly demo: CliResult;
  readonly report: Report;
  /** Of the second run, which is to be quiet. */
  readonly quiet: CliResult;
  /** Directories of both runs, relative to `cwd`. */
  readonly first: string;
  readonly second: string;
}

/** The public keys `ours.pem`, which the runs are signed with, and `other.pem` are in the directory too. */
export async function demoTwice(): Promise<DemoRuns> {
  const cwd = await mkdtemp(join(tmpdir(), "postern-demo-"));
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const stranger = generateKeyPairSync("ed25519").publicKey;
  const spki = { type: "spki", format: "pem" } as const;
  await writeFile(join(cwd, "k.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(cwd, "ours.pem"), publicKey.export(spki));
  await writeFile(join(cwd, "other.pem"), stranger.export(spki));
  const demo = await runCli(["demo", "--sign", "k.pem", "-f", "json=report.json"], { cwd });
  const quiet = await runCli(["demo", "--sign", "k.pem", "--quiet"], { cwd });
  const [first = "", second = ""] = (await readdir(join(cwd, "postern-runs")))
    .toSorted()
    .map((run) => join("postern-runs", run));
  const report: Report = JSON.parse(await readFile(join(cwd, "report.json"), "utf8"));
  return { cwd, demo, quiet, report, first, second };
}
