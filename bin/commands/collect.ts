import process from "node:process";
import { sealSnapshots } from "../../src/index.ts";
import { interruptible } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { progress } from "../progress.ts";
import { keptOnFailure, readInto } from "../read-into.ts";
import { readingOf } from "../reading.ts";
import { settingsOf } from "../settings.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("collect", argv);
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  const { begun, adapters, plan } = await readingOf(values);
  const { signal, interrupted } = interruptible();
  const { collected, directory } = await keptOnFailure(begun, async () => {
    const scopes = await readInto(begun, adapters, plan, { signal, onProgress: line.report });
    await sealSnapshots(begun, scopes);
    return { collected: scopes, directory: await begun.writer.commit() };
  });
  line.done();
  process.stdout.write(`${directory}\n`);
  const gaps = collected.flatMap((scope) => scope.gaps);
  if (!values.quiet) {
    for (const { call, region, reason, detail } of gaps) {
      process.stderr.write(
        `Not read: ${call}${region === undefined ? "" : ` in ${region}`} (${reason}): ${detail}\n`,
      );
    }
  }
  if (interrupted()) process.exitCode = exitCodes.interrupted;
  else if (values["require-complete"] && gaps.length > 0) process.exitCode = exitCodes.incomplete;
}
