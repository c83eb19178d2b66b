import { remove } from "../evidence/files.ts";
import {
  isPartial,
  openRun,
  reopenRun,
  type RunOptions,
  type RunWriter,
} from "../evidence/run-directory.ts";
import { openSnapshots, openUnfinished } from "../evidence/snapshot-reader.ts";
import { journalPath, openStore, type SnapshotStore } from "../evidence/snapshot-store.ts";
import { writeGaps, writeRun } from "../evidence/snapshot-writer.ts";
import type { JsonObject } from "../model/json.ts";
import type { Gap } from "../model/snapshot.ts";
import type { Provider, Scope } from "../model/provider.ts";

/** A run whose directory is there, and is named `*.partial` until it is whole. */
export interface BegunRun {
  readonly id: string;
  readonly startedAt: string;
  /** What it was asked to read. */
  readonly options: JsonObject;
  /** Providers that an earlier part of the run has read. */
  readonly providers: readonly Provider[];
  readonly writer: RunWriter;
  readonly store: SnapshotStore;
}

export interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly options: JsonObject;
}

/** Before any cloud is asked: a directory that cannot be written is found out first. */
export async function beginRun(
  out: string,
  { id, startedAt, options }: RunFacts,
  runOptions: RunOptions = {},
): Promise<BegunRun> {
  const writer = await openRun(out, id, runOptions);
  await writeRun(writer.directory, { id, startedAt, options });
  const store = await openStore(writer.directory);
  return { id, startedAt, options, providers: [], writer, store };
}

/**
 * Goes on with a run: in its place when its process ended too early; else, when something of it could not be read, in a
 * new one, because what is whole is never changed.
 *
 * @throws {PosternError} RUN_NOT_FOUND, SNAPSHOT_INVALID.
 */
export async function resumeRun(
  run: string,
  { out, id: fresh }: { readonly out: string; readonly id: string },
  runOptions: RunOptions = {},
): Promise<BegunRun> {
  if (isPartial(run)) {
    const { id = "resumed", startedAt, options, scopes } = await openUnfinished(run);
    const writer = await reopenRun(run, runOptions);
    const store = await openStore(writer.directory);
    return { id, startedAt, options, providers: providersOf(scopes), writer, store };
  }
  const earlier = await openSnapshots(run);
  const { startedAt, options, scopes } = earlier;
  const writer = await openRun(out, fresh, runOptions);
  await writeRun(writer.directory, { id: fresh, startedAt, options });
  const store = await openStore(writer.directory, { directory: run, scopes });
  return { id: fresh, startedAt, options, providers: providersOf(scopes), writer, store };
}

/** The last step of collecting; what the kept pages were journalled for is done. */
export async function sealSnapshots(
  { writer }: BegunRun,
  scopes: readonly { readonly scope: Scope; readonly gaps: readonly Gap[] }[],
): Promise<void> {
  for (const { scope } of scopes) await remove(journalPath(writer.directory, scope));
  await writeGaps(writer.directory, scopes);
}

function providersOf(scopes: readonly { readonly provider: Provider }[]): Provider[] {
  return [...new Set(scopes.map(({ provider }) => provider))].toSorted();
}
