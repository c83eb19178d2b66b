import { readdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import {
  isPartial,
  openReport,
  PosternError,
  trendOf,
  trendText,
  type Report,
} from "../../src/index.ts";
import { settingsOf } from "../settings.ts";

/** How the runs of a directory follow one another. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("trend", argv);
  const directory = String(argv["dir"]);
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new PosternError("FILE_UNREADABLE", `${directory} cannot be read`, {
      hint: "Name the directory that holds the runs: postern-runs, unless --out said otherwise.",
      cause,
    });
  });
  const reports: Report[] = [];
  for (const name of names.toSorted()) {
    if (isPartial(name)) continue;
    // What is no decided run says nothing here: a collection, or a file of somebody else.
    const report = await openReport(join(directory, name)).catch(() => undefined);
    if (report) reports.push(report);
  }
  if (reports.length === 0)
    throw new PosternError("RUN_NOT_FOUND", `${directory} holds no decided run`, {
      hint: "Run postern audit first.",
    });
  const rows = trendOf(reports);
  const asked = values.format ?? [];
  if (asked.length > 1 || (asked[0] !== undefined && asked[0] !== "json"))
    throw new PosternError("FORMAT_UNKNOWN", `A trend has no format ${asked.join(", ")}`, {
      hint: "Use --format json, or no --format.",
    });
  process.stdout.write(asked.length === 1 ? `${JSON.stringify(rows, null, 2)}\n` : trendText(rows));
}
