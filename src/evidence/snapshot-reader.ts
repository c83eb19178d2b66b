import { PosternError } from "../errors.ts";
import { providers, type Provider, type Scope } from "../model/provider.ts";
import type { Gap, Page, Snapshot } from "../model/snapshot.ts";
import { list, read } from "./files.ts";
import { invalid, parseLines, parseText, unpack } from "./jsonl.ts";
import { parsePage, parseRun, parseScopeRecord, type RunStart, type ScopeRecord } from "./parse.ts";
import { isPartial } from "./run-directory.ts";

export interface RecordedRun {
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Sorted by provider and scope. */
  readonly snapshots: readonly Snapshot[];
  /** API calls made, by `<provider>/<scope>`. */
  readonly calls: Readonly<Record<string, number>>;
}

/** One scope of a run directory. Its pages stay on disk until they are asked for. */
export interface StoredScope {
  readonly provider: Provider;
  readonly scope: Scope;
  readonly gaps: readonly Gap[];
  /** API calls made, retries included. */
  readonly calls: number;
  /** In the order in which they were collected. */
  readonly pages: () => Promise<readonly Page[]>;
  readonly record: ScopeRecord;
}

export interface StoredRun extends RunStart {
  /** Sorted by provider and scope. */
  readonly scopes: readonly StoredScope[];
}

/**
 * What was collected into a run directory, without its pages.
 *
 * @throws {PosternError} RUN_NOT_FOUND, also for a run that did not come to its end; SNAPSHOT_INVALID.
 */
export async function openSnapshots(directory: string): Promise<StoredRun> {
  if (isPartial(directory)) {
    throw new PosternError("RUN_NOT_FOUND", `${directory} is a run that did not come to its end`, {
      hint: `Finish it: postern audit --resume ${directory}.`,
    });
  }
  return openUnfinished(directory);
}

/** The same of a run that may not have come to its end: the scopes that were read whole. */
export async function openUnfinished(directory: string): Promise<StoredRun> {
  const name = "snapshot/run.json";
  if ((await list(`${directory}/snapshot`)).length === 0) {
    throw new PosternError("RUN_NOT_FOUND", `${directory} holds no snapshot`, {
      hint: "Name a run directory that `postern collect` or `postern audit` has written.",
    });
  }
  const start = parseText(await textOf(directory, name), name, parseRun);
  const scopes: StoredScope[] = [];
  for (const provider of providers) {
    for (const entry of await list(`${directory}/snapshot/${provider}`)) {
      if (!entry.directory || entry.name.startsWith(".")) continue;
      scopes.push(await openScope(directory, `snapshot/${provider}/${entry.name}`));
    }
  }
  return { ...start, scopes: scopes.toSorted(inOrder) };
}

/** Everything that was collected into a run directory. */
export async function readSnapshots(directory: string): Promise<RecordedRun> {
  const { startedAt, scopes } = await openSnapshots(directory);
  const snapshots: Snapshot[] = [];
  for (const { provider, scope, gaps, pages } of scopes)
    snapshots.push({ provider, scope, pages: await pages(), gaps });
  const calls = scopes.map(({ provider, scope, calls: made }) => [`${provider}/${scope.id}`, made]);
  return { startedAt, snapshots, calls: Object.fromEntries(calls) };
}

export async function openScope(directory: string, path: string): Promise<StoredScope> {
  const name = `${path}/scope.json`;
  const record = parseText(await textOf(directory, name), name, parseScopeRecord);
  return storedScope(directory, path, record);
}

export function storedScope(directory: string, path: string, record: ScopeRecord): StoredScope {
  const { scope, gaps, calls } = record;
  return {
    provider: scope.provider,
    scope,
    gaps,
    calls,
    record,
    pages: () => pagesOf(directory, path, record),
  };
}

async function pagesOf(directory: string, path: string, record: ScopeRecord): Promise<Page[]> {
  const pages: Page[] = [];
  for (const file of record.files) {
    if (!/^[A-Za-z0-9_][\w.~-]*\/[A-Za-z0-9_][\w.~-]*$/.test(file.name)) {
      throw invalid(
        `${path}/scope.json`,
        undefined,
        `${JSON.stringify(file.name.slice(0, 80))} is not a file of a scope`,
      );
    }
    const part = `${path}/${file.name}.jsonl.gz`;
    const found = parseLines(unpack(await bytesOf(directory, part), part), part, parsePage);
    if (found.length !== file.pages) {
      throw invalid(part, undefined, `${found.length} pages, but ${file.pages} were recorded`);
    }
    for (const page of found) pages.push(page);
  }
  return pages;
}

function inOrder(a: StoredScope, b: StoredScope): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function keyOf({ provider, scope }: StoredScope): string {
  return `${provider}/${scope.id}`;
}

async function textOf(directory: string, name: string): Promise<string> {
  return Buffer.from(await bytesOf(directory, name)).toString("utf8");
}

async function bytesOf(directory: string, name: string): Promise<Uint8Array> {
  try {
    return await read(`${directory}/${name}`);
  } catch (error) {
    throw invalid(name, undefined, "is missing or cannot be read", error);
  }
}
