import process from "node:process";
import { openRecorded } from "../../src/index.ts";
import { interruptible } from "../context.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { progress } from "../progress.ts";
import { finishAudit, runAudit } from "../run-audit.ts";
import { adaptersOf, allAdapters, planOf } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { stale } from "../stale.ts";
import { viewOf } from "../view.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("audit", argv);
  const outputs = outputsOf(values);
  const plan = await planOf(values);
  const view = await viewOf(values);
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  const session = { signal, onProgress: line.report };
  const from = values["from-snapshot"];
  const decided =
    from === undefined
      ? await runAudit(await namedAdapters(), plan, { ...session, probing: values.probe ?? true })
      : await again(from);
  line.done();
  const report = view(decided.report);
  await writeReport(report, outputs);
  if (!values.quiet) process.stderr.write(`Run directory: ${decided.directory}\n`);
  process.exitCode = exitCodeOf(report, values, interrupted());

  async function namedAdapters() {
    const adapters = await adaptersOf(values);
    for (const { provider } of adapters)
      line.report(`Will read ${provider} with the credentials of its SDK's own chain`);
    return adapters;
  }

  async function again(directory: string) {
    const recorded = await openRecorded(directory);
    const probing = values.probe ?? false;
    if (probing) stale(recorded.startedAt, new Date());
    return finishAudit(await allAdapters(), recorded.collected, plan, {
      ...session,
      probing,
      startedAt: recorded.startedAt,
    });
  }
}
