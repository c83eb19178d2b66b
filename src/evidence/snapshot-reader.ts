import { PosternError } from "../errors.ts";
import { providers } from "../model/provider.ts";
import type { Page, Snapshot } from "../model/snapshot.ts";
import { list, read } from "./files.ts";
import { invalid, parseLines, parseText, unpack } from "./jsonl.ts";
import { parsePage, parseRun, parseScopeRecord } from "./parse.ts";

export interface RecordedRun {
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Sorted by provider and scope. */
  readonly snapshots: readonly Snapshot[];
  /** API calls made, by `<provider>/<scope>`. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Everything that was collected into a run directory. */
export async function readSnapshots(directory: string): Promise<RecordedRun> {
  const name = "snapshot/run.json";
  if ((await list(`${directory}/snapshot`)).length === 0) {
    throw new PosternError("RUN_NOT_FOUND", `${directory} holds no snapshot`, {
      hint: "Name a run directory that `postern collect` or `postern audit` has written.",
    });
  }
  const { startedAt } = parseText(await textOf(directory, name), name, parseRun);
  const snapshots: Snapshot[] = [];
  const calls: Record<string, number> = {};
  for (const provider of providers) {
    for (const entry of await list(`${directory}/snapshot/${provider}`)) {
      if (!entry.directory || entry.name.startsWith(".")) continue;
      const scope = await readScope(directory, `snapshot/${provider}/${entry.name}`);
      snapshots.push(scope.snapshot);
      calls[`${scope.snapshot.provider}/${scope.snapshot.scope.id}`] = scope.calls;
    }
  }
  return { startedAt, snapshots, calls };
}

/** One scope, its pages in the order in which they were collected. */
export async function readScope(
  directory: string,
  path: string,
): Promise<{ readonly snapshot: Snapshot; readonly calls: number }> {
  const name = `${path}/scope.json`;
  const record = parseText(await textOf(directory, name), name, parseScopeRecord);
  const pages: Page[] = [];
  for (const file of record.files) {
    if (!/^[A-Za-z0-9_][\w.~-]*\/[A-Za-z0-9_][\w.~-]*$/.test(file.name)) {
      throw invalid(
        name,
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
  const { scope, gaps, calls } = record;
  return { snapshot: { provider: scope.provider, scope, pages, gaps }, calls };
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
