import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import process from "node:process";
import {
  applyMutes,
  clean,
  onlyNew,
  openReport,
  PosternError,
  priced,
  type Mute,
  type Report,
} from "../src/index.ts";
import type { OptionValues } from "../src/options.ts";
import { mutesOf } from "./mutes-file.ts";

/**
 * How the user wants to see a report: with `--mutes`, `--only-new` and `--focus`. The files are read before any cloud is. What is
 * written into a run directory is what was found, and stays the same whatever is muted.
 */
export async function viewOf(values: OptionValues): Promise<(report: Report) => Promise<Report>> {
  const mutes = values.mutes === undefined ? undefined : await mutesOf(values.mutes);
  const baseline =
    values["only-new"] === undefined ? undefined : await openReport(values["only-new"]);
  const { focus } = values;
  if (focus !== undefined) await access(focus).catch((cause: unknown) => unreadable(focus, cause));
  return async (report) => {
    const muted = mutes ? announced(report, mutes, values.quiet ?? false) : report;
    const shown = baseline ? onlyNew(muted, baseline) : muted;
    return focus === undefined ? shown : priced(shown, createReadStream(focus, "utf8"));
  };
}

function unreadable(file: string, cause: unknown): never {
  throw new PosternError("FILE_UNREADABLE", `The billing export ${file} cannot be read`, {
    hint: "Give the path of a CSV file in FOCUS format.",
    cause,
  });
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
