import { readJsonl } from "../evidence/jsonl.ts";
import { list, read } from "../evidence/files.ts";
import { openRun, type RunOptions, type RunWriter } from "../evidence/run-directory.ts";
import { openSnapshots, type StoredScope } from "../evidence/snapshot-reader.ts";
import { writeGaps, writeRun, writeScope } from "../evidence/snapshot-writer.ts";
import { PosternError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import type { Fingerprint } from "../model/server.ts";
import { reportSchema } from "../report/schema.ts";
import type { Collected } from "./record-scope.ts";
import type { Decided, DecideInput } from "./decide.ts";
import { isFingerprint } from "./fingerprint-schema.ts";
import type { Readable } from "./survey.ts";

/** A recorded run, ready to be decided again. */
export interface RunRecord {
  readonly startedAt: string;
  readonly collected: readonly Collected[];
  /** Absent after `collect`, which decides nothing. */
  readonly report?: Report;
  /** The text of findings.jsonl, to compare a replay with. */
  readonly findings?: string;
  /** Absent when the run did not probe. */
  readonly fingerprints?: readonly Fingerprint[];
}

/** A recorded run whose pages stay on disk until they are asked for. */
export interface StoredRecord extends Omit<RunRecord, "collected"> {
  readonly collected: readonly StoredScope[];
}

/** Writes a whole run directory; it is there complete, or not at all. */
export async function saveRun(
  out: string,
  { collected, decided }: { readonly collected: readonly Readable[]; readonly decided: Decided },
  options: RunOptions = {},
): Promise<string> {
  const writer = await openRun(out, decided.report.run.id, options);
  try {
    const { id, startedAt } = decided.report.run;
    await writeRun(writer.directory, { id, startedAt, options: decided.report.run.options });
    for (const one of collected) {
      const pages = typeof one.pages === "function" ? await one.pages() : one.pages;
      await writeScope(writer.directory, { ...one, pages });
    }
    await writeGaps(writer.directory, collected);
    await writeDecisions(writer, decided);
    return await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Everything but the snapshots. */
export async function writeDecisions(writer: RunWriter, decided: Decided): Promise<void> {
  const { report, fingerprints } = decided;
  if (fingerprints) {
    for (const [scope, found] of byScope(decided, fingerprints))
      await writer.jsonl(`probe/${scope}.jsonl`, found);
  }
  for (const name of ["exposures", "servers", "identities", "findings"] as const)
    await writer.jsonl(`${name}.jsonl`, report[name]);
  await writer.file("report.json", `${JSON.stringify(report, null, 2)}\n`);
}

/**
 * Everything a run directory holds.
 *
 * @throws {PosternError} RUN_NOT_FOUND, SNAPSHOT_INVALID with file and line, REPORT_INVALID.
 */
export async function openRecorded(directory: string): Promise<RunRecord> {
  const { collected: stored, ...rest } = await openStored(directory);
  const collected: Collected[] = [];
  for (const { provider, scope, gaps, calls, pages } of stored)
    collected.push({ provider, scope, gaps, calls, pages: await pages() });
  return { ...rest, collected };
}

/** The same, with the pages left on disk. */
export async function openStored(directory: string): Promise<StoredRecord> {
  const { startedAt, scopes: collected } = await openSnapshots(directory);
  if (!(await exists(directory, "report.json"))) return { startedAt, collected };
  const report = await openReport(directory);
  const probes = collected.map(({ provider, scope }) => probeFile(provider, scope.id));
  const fingerprints: Fingerprint[] = [];
  let probed = false;
  for (const name of probes) {
    if (!(await exists(directory, name))) continue;
    probed = true;
    for (const [index, line] of (await readJsonl(directory, name)).entries()) {
      if (!isFingerprint(line)) throw damaged(`${name}:${index + 1}`, "is not a probe result");
      fingerprints.push(line);
    }
  }
  return {
    startedAt,
    collected,
    report,
    findings: await readText(`${directory}/findings.jsonl`),
    ...(probed && { fingerprints }),
  };
}

export async function openReport(directory: string): Promise<Report> {
  if (!(await exists(directory, "report.json"))) {
    throw new PosternError("RUN_NOT_FOUND", `${directory} holds no report.json`, {
      hint: "Name a run directory that `postern audit` has written.",
    });
  }
  const value = parse(await readText(`${directory}/report.json`));
  if (!isReport(value)) throw damaged("report.json", "is not a report of schema version 1");
  return value;
}

/** Answers from a recorded run; a target it does not hold stays unprobed and so unknown. */
export function recordedProbe(
  fingerprints: readonly Fingerprint[],
): NonNullable<DecideInput["probe"]> {
  const byTarget = new Map(fingerprints.map((found) => [found.target, found]));
  return async (targets) => targets.flatMap(({ id }) => byTarget.get(id) ?? []);
}

function byScope(
  { report, links }: Decided,
  fingerprints: readonly Fingerprint[],
): ReadonlyMap<string, readonly Fingerprint[]> {
  const exposures = new Map(report.exposures.map((exposure) => [exposure.id, exposure]));
  const files = new Map<string, Fingerprint[]>(
    report.scopes.map(({ provider, id }) => [fileStem(provider, id), []]),
  );
  // What was named and not reached has no exposure, and there is one scope for all that was named.
  const [only, ...others] = report.scopes;
  const home = only && others.length === 0 ? fileStem(only.provider, only.id) : undefined;
  const byTarget = new Map(fingerprints.map((found) => [found.target, found]));
  for (const { target, exposures: ids } of links) {
    const exposure = ids.map((id) => exposures.get(id)).find((found) => found !== undefined);
    const file = exposure ? fileStem(exposure.provider, exposure.scope) : home;
    const found = byTarget.get(target);
    if (file !== undefined && found) files.get(file)?.push(found);
  }
  return files;
}

function probeFile(provider: string, scope: string): string {
  return `probe/${fileStem(provider, scope)}.jsonl`;
}

function fileStem(provider: string, scope: string): string {
  return `${provider}-${scope.replaceAll(/[^\w.-]/g, "_")}`;
}

function isReport(value: unknown): value is Report {
  return reportSchema.safeParse(value).success;
}

async function exists(directory: string, name: string): Promise<boolean> {
  const [file, ...folders] = name.split("/").toReversed();
  const entries = await list([directory, ...folders.toReversed()].join("/"));
  return entries.some((entry) => entry.name === file);
}

async function readText(path: string): Promise<string> {
  return Buffer.from(await read(path)).toString("utf8");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged("report.json", "is not JSON", cause);
  }
}

function damaged(name: string, what: string, cause?: unknown): PosternError {
  return new PosternError("REPORT_INVALID", `${name} ${what}`, {
    hint: "Run the audit again, or restore the directory from where it was copied.",
    cause,
  });
}
