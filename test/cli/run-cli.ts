import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { builtCli } from "../setup/built-cli.ts";

const cli = builtCli();

/** What starts the command line; its arguments follow. */
export const cliCommand = [process.execPath, cli] as const;

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as it is published, in an empty directory unless told otherwise, with no credential in reach. */
export async function runCli(
  args: readonly string[],
  options: {
    cwd?: string;
    env?: Readonly<Record<string, string>>;
    /** Called with the running process, to signal it. */
    onStart?: (interrupt: () => void) => void;
  } = {},
): Promise<CliResult> {
  const cwd = options.cwd ?? (await mkdtemp(join(tmpdir(), "postern-cli-")));
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: {
      PATH: process.env["PATH"],
      HOME: cwd,
      AWS_EC2_METADATA_DISABLED: "true",
      CI: "true",
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  options.onStart?.(() => child.kill("SIGINT"));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { code, stdout, stderr };
}
