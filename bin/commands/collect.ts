import process from "node:process";
import { collectEstate, saveSnapshots } from "../../src/index.ts";
import { collectContext, interruptible, newRunId } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { progress } from "../progress.ts";
import { adaptersOf, planOf } from "../session.ts";
import { settingsOf } from "../settings.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("collect", argv);
  const plan = await planOf(values);
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  const startedAt = new Date().toISOString();
  const collected = await collectEstate({
    adapters: await adaptersOf(values),
    context: collectContext({ ...plan, signal }),
    onProgress: line.report,
  });
  line.done();
  const directory = await saveSnapshots(
    plan.out,
    { id: newRunId(startedAt), startedAt, collected },
    plan,
  );
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
