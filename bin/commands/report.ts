import { dirname, resolve } from "node:path";
import process from "node:process";
import { earlierRuns, openReport, withFirstSeen } from "../../src/index.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { settingsOf } from "../settings.ts";
import { viewOf } from "../view.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("report", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const directory = String(argv["run"]);
  const dated = withFirstSeen(
    await openReport(directory),
    await earlierRuns(dirname(resolve(directory))),
  );
  const report = await view(dated);
  await writeReport(report, outputs, values);
  process.exitCode = exitCodeOf(report, values, false);
}
