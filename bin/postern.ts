#!/usr/bin/env node
import process from "node:process";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { commands, type CommandName } from "../src/options/commands.ts";
import { yargsOptions } from "../src/options.ts";
import { exitCodes } from "./exit-codes.ts";

/** What a command does; loaded only when it is the one asked for, so that `--help` loads no SDK and no validator. */
export interface Command {
  readonly run: (argv: Readonly<Record<string, unknown>>) => Promise<void>;
}

const handlers: Readonly<Record<Exclude<CommandName, "completion">, () => Promise<Command>>> = {
  audit: async () => import("./commands/audit.ts"),
  collect: async () => import("./commands/collect.ts"),
  probe: async () => import("./commands/probe.ts"),
  report: async () => import("./commands/report.ts"),
  replay: async () => import("./commands/replay.ts"),
  verify: async () => import("./commands/verify.ts"),
  diff: async () => import("./commands/diff.ts"),
  trend: async () => import("./commands/trend.ts"),
  explain: async () => import("./commands/explain.ts"),
  permissions: async () => import("./commands/permissions.ts"),
  conformance: async () => import("./commands/conformance.ts"),
  schema: async () => import("./commands/schema.ts"),
  config: async () => import("./commands/config.ts"),
  demo: async () => import("./commands/demo.ts"),
};

const cli = yargs(hideBin(process.argv))
  .scriptName("postern")
  .usage("$0 COMMAND\n\nFinds the MCP servers in your clouds that have become a back door.")
  .completion("completion", "Print a shell completion script")
  .demandCommand(
    1,
    "Say what to do: postern demo needs no credentials, postern audit reads your clouds.",
  )
  .strict()
  .wrap(Math.min(100, process.stdout.columns ?? 80))
  .epilogue(
    "docs/options.md explains every option. Exit codes: 0 clean, 1 error, 2 --fail-on, 3 incomplete.",
  )
  .fail((message, error: unknown) => {
    if (error instanceof Error && error.name !== "YError") throw error;
    process.stderr.write(`postern: ${message}\n  See postern --help.\n`);
    process.exit(exitCodes.failed);
  });

for (const { name, positional, describe } of commands) {
  if (name === "completion") continue;
  cli.command(
    `${name} ${positionalOf(positional)}`.trim(),
    describe,
    (command) => command.options(yargsOptions(name)),
    async (argv) => {
      const { run } = await handlers[name]();
      await run(argv);
    },
  );
}

try {
  await cli.parseAsync();
} catch (error) {
  const { fail } = await import("./fail.ts");
  fail(error);
}

/** `RUN` -> `<run>`, `FILE...` -> `<file..>`: yargs' notation for what must stand behind the command. */
function positionalOf(words: string): string {
  return words.toLowerCase().replaceAll("...", "..").replaceAll(/[^ ]+/g, "<$&>");
}
