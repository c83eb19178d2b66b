import process from "node:process";
import { decide, openReport, openStored, PosternError, recordedProbe } from "../../src/index.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { decidingOptions } from "../audit-plan.ts";
import { version } from "../run-audit.ts";
import { allAdapters } from "../session.ts";
import { settingsOf } from "../settings.ts";
import { viewOf } from "../view.ts";

/** Decides a recorded run again, offline, from its pages and its recorded wire answers. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("replay", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const recorded = await openStored(String(argv["run"]));
  const old = recorded.report;
  if (!old) {
    throw new PosternError("RUN_NOT_FOUND", `${String(argv["run"])} holds pages but no decisions`, {
      hint: "Decide it first: postern audit --from-snapshot DIR.",
    });
  }
  const { report } = await decide({
    adapters: await allAdapters(),
    collected: recorded.collected,
    run: old.run,
    version,
    ...decidingOptions(old.run.options),
    ...(values.baseline !== undefined && { baseline: await openReport(values.baseline) }),
    connectTo: [],
    ...(values.plan && { plan: true }),
    includeInternal: old.run.options["includeInternal"] === true,
    probe: recorded.fingerprints && recordedProbe(recorded.fingerprints),
    unprobed: "The recorded run did not probe",
    finishedAt: () => old.run.finishedAt,
  });
  const viewed = await view(report);
  await writeReport(viewed, outputs, values);
  const same = recorded.findings === undefined || recorded.findings === lines(report.findings);
  if (!same)
    process.stderr.write(
      "The replay decided otherwise than the recorded run: findings.jsonl differs.\n",
    );
  process.exitCode = same ? exitCodeOf(viewed, values, false) : 1;
}

function lines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}
