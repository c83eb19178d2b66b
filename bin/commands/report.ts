import process from "node:process";
import { openReport } from "../../src/index.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { settingsOf } from "../settings.ts";
import { viewOf } from "../view.ts";

export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("report", argv);
  const outputs = outputsOf(values);
  const view = await viewOf(values);
  const report = view(await openReport(String(argv["run"])));
  await writeReport(report, outputs);
  process.exitCode = exitCodeOf(report, values, false);
}
