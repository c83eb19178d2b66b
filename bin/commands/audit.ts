import process from "node:process";
import { openStored } from "../../src/index.ts";
import { interruptible } from "../context.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { progress } from "../progress.ts";
import { readingOf } from "../reading.ts";
import { finishAudit, runAudit } from "../run-audit.ts";
import { allAdapters, planOf } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { stale } from "../stale.ts";
import { viewOf } from "../view.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("audit", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  const session = { signal, onProgress: line.report };
  const from = values["from-snapshot"];
  const decided = from === undefined ? await live() : await again(from);
  line.done();
  const report = await view(decided.report);
  await writeReport(report, outputs, values);
  if (!values.quiet) process.stderr.write(`Run directory: ${decided.directory}\n`);
  process.exitCode = exitCodeOf(report, values, interrupted());

  async function live() {
    const { begun, adapters, plan } = await readingOf(values);
    const probing = values.probe ?? true;
    if (probing && values.resume !== undefined) stale(begun.startedAt, new Date());
    return runAudit(adapters, plan, { ...session, probing, begun });
  }

  async function again(directory: string) {
    const plan = await planOf(values);
    const recorded = await openStored(directory);
    const probing = values.probe ?? false;
    if (probing) stale(recorded.startedAt, new Date());
    return finishAudit(await allAdapters(), recorded.collected, plan, {
      ...session,
      probing,
      startedAt: recorded.startedAt,
    });
  }
}
