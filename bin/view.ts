import process from "node:process";
import { applyMutes, clean, onlyNew, openReport, type Mute, type Report } from "../src/index.ts";
import type { OptionValues } from "../src/options.ts";
import { mutesOf } from "./mutes-file.ts";

/**
 * How the user wants to see a report: with `--mutes` and `--only-new`. Both files are read before any cloud is. What is
 * written into a run directory is what was found, and stays the same whatever is muted.
 */
export async function viewOf(values: OptionValues): Promise<(report: Report) => Report> {
  const mutes = values.mutes === undefined ? undefined : await mutesOf(values.mutes);
  const baseline =
    values["only-new"] === undefined ? undefined : await openReport(values["only-new"]);
  return (report) => {
    const muted = mutes ? announced(report, mutes, values.quiet ?? false) : report;
    return baseline ? onlyNew(muted, baseline) : muted;
  };
}

function announced(report: Report, mutes: readonly Mute[], quiet: boolean): Report {
  const { report: muted, expired, idle } = applyMutes(report, mutes);
  for (const { mute, findings } of expired) {
    process.stderr.write(
      `${mute.place}: this mute of ${clean(mute.owner)} ended on ${mute.until}; ${findings.join(", ")} ${findings.length === 1 ? "counts" : "count"} again.\n`,
    );
  }
  if (!quiet) {
    for (const { place } of idle) process.stderr.write(`${place}: this mute matches no finding.\n`);
  }
  return muted;
}
