import { writeFile } from "node:fs/promises";
import process from "node:process";
import {
  groupByHint,
  isFormatName,
  parseGroupBy,
  PosternError,
  reporters,
  type FormatName,
  type Report,
} from "../src/index.ts";
import { severities } from "../src/model/finding.ts";
import type { OptionValues } from "../src/options.ts";
import { parseFormat, type FormatRequest } from "../src/options/parse.ts";
import { exitCodes } from "./exit-codes.ts";

interface Output extends FormatRequest {
  readonly name: FormatName;
}

/**
 * The outputs asked for, checked before any cloud is read.
 *
 * @throws {PosternError} FORMAT_UNKNOWN, OPTION_INVALID when two formats would share standard output.
 */
export function outputsOf(values: OptionValues): readonly Output[] {
  const groupBy = values["group-by"];
  if (groupBy !== undefined && !parseGroupBy(groupBy)) {
    throw new PosternError("OPTION_INVALID", `Findings cannot be grouped by ${groupBy}`, {
      hint: groupByHint,
    });
  }
  const asked = (values.format ?? []).map(parseFormat).map(known);
  const toStdout = asked.filter(({ file }) => file === undefined);
  if (toStdout.length > 1) {
    throw new PosternError("OPTION_INVALID", "Two formats cannot share standard output", {
      hint: `Give all but one a file: --format ${toStdout[1]?.name}=FILE.`,
    });
  }
  return toStdout.length > 0 || values.quiet ? asked : [{ name: "terminal" }, ...asked];
}

export async function writeReport(
  report: Report,
  outputs: readonly Output[],
  { "group-by": groupBy }: Pick<OptionValues, "group-by"> = {},
): Promise<void> {
  for (const { name, file } of outputs) {
    const text = reporters[name].render(report, {
      columns: process.stdout.columns ?? 80,
      ...(groupBy !== undefined && { groupBy }),
      colour: file === undefined && colourful(),
    });
    await emit(text, file);
  }
}

/** To the file, or to standard output without one. */
export async function emit(text: string, file: string | undefined): Promise<void> {
  await (file === undefined ? print(text) : write(file, text));
}

export function exitCodeOf(report: Report, values: OptionValues, interrupted: boolean): number {
  if (interrupted) return exitCodes.interrupted;
  if (failsOn(report.findings, values)) return exitCodes.findings;
  return values["require-complete"] && !report.coverage.complete
    ? exitCodes.incomplete
    : exitCodes.clean;
}

/** Whether one of the findings is at least as severe as `--fail-on`; a muted one does not count. */
export function failsOn(findings: Report["findings"], values: OptionValues): boolean {
  const limit = values["fail-on"] ?? "never";
  const from =
    limit === "never" ? Infinity : severities.findIndex((severity) => severity === limit);
  return findings.some(({ severity, mute }) => !mute && severities.indexOf(severity) >= from);
}

function known(request: FormatRequest): Output {
  const { name } = request;
  if (!isFormatName(name)) {
    throw new PosternError("FORMAT_UNKNOWN", `There is no report format ${JSON.stringify(name)}`, {
      hint: `Use one of: ${Object.keys(reporters).join(", ")}.`,
    });
  }
  return { ...request, name };
}

/** @see https://no-color.org */
function colourful(): boolean {
  const { NO_COLOR, CI } = process.env;
  // Of a pipe or a file it is undefined, whatever its type says.
  if (!process.stdout.isTTY) return false;
  return !NO_COLOR && !CI;
}

/** A reader that has seen enough (`| head`) ends the output, not the run. */
async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.once("error", (error) => {
      if ("code" in error && error.code === "EPIPE") resolve();
      else reject(error);
    });
    process.stdout.write(text, () => resolve());
  });
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new PosternError("FILE_UNWRITABLE", `The report cannot be written to ${file}`, {
      hint: "Check that the directory exists and may be written to.",
      cause,
    });
  });
}
