import type { Run } from "../model/report.ts";
import type { Scope } from "../model/provider.ts";
import type { Gap, Page } from "../model/snapshot.ts";
import { makeDirectory, moveInto, remove, replace, segment, settle, write } from "./files.ts";
import { lines, pack } from "./jsonl.ts";
import type { ScopeRecord } from "./parse.ts";

export interface CollectedScope {
  readonly scope: Scope;
  readonly pages: readonly Page[];
  readonly gaps: readonly Gap[];
  /** API calls made, retries included. */
  readonly calls: number;
  /** The calls about single workloads are among them. */
  readonly detailed?: true;
}

/** The options say how to go on with the run. */
export type SnapshotRun = Pick<Run, "id" | "startedAt"> & Partial<Run>;

/** Writes `snapshot/` and `gaps.jsonl` into a run directory, which is made when it is not there. */
export async function writeSnapshot(
  directory: string,
  { run, scopes }: { readonly run: SnapshotRun; readonly scopes: readonly CollectedScope[] },
): Promise<void> {
  await writeRun(directory, run);
  for (const scope of scopes) await writeScope(directory, scope);
  await writeGaps(directory, scopes);
}

/** What is known of a run when it begins. */
export async function writeRun(directory: string, run: SnapshotRun): Promise<void> {
  await replace(`${directory}/snapshot/run.json`, `${JSON.stringify(run)}\n`);
}

/** Everything that could not be read, in one file. */
export async function writeGaps(
  directory: string,
  scopes: readonly Pick<CollectedScope, "scope" | "gaps">[],
): Promise<void> {
  const gaps = scopes
    .toSorted((a, b) => (keyOf(a.scope) < keyOf(b.scope) ? -1 : 1))
    .flatMap((item) => item.gaps.map((gap) => ({ provider: item.scope.provider, ...gap })));
  await write(`${directory}/gaps.jsonl`, lines(gaps));
}

/** Where a scope lies in a run directory. */
export function scopePath({ provider, id }: Scope): string {
  return `snapshot/${provider}/${segment(id)}`;
}

/** Writes one scope, the unit of resume: it is there whole or not at all, also after a power cut. */
export async function writeScope(
  directory: string,
  { scope, pages, gaps, calls, detailed }: CollectedScope,
): Promise<ScopeRecord> {
  const final = `${directory}/${scopePath(scope)}`;
  const partial = `${directory}/snapshot/${scope.provider}/.partial-${segment(scope.id)}`;
  await remove(partial);
  await makeDirectory(partial);
  const files = await writePages(partial, pages);
  const record: ScopeRecord = { scope, calls, files, gaps, ...(detailed && { detailed }) };
  await write(`${partial}/scope.json`, `${JSON.stringify(record)}\n`);
  await settle(partial);
  await remove(final);
  await moveInto(partial, final);
  return record;
}

/**
 * Adds what was asked about single workloads. Until the record of the scope is replaced, at once, it does not name the
 * new files, and the scope is as it was.
 */
export async function writeDetails(
  directory: string,
  before: ScopeRecord,
  { pages, gaps, calls }: Omit<CollectedScope, "scope">,
): Promise<ScopeRecord> {
  const path = `${directory}/${scopePath(before.scope)}`;
  const record: ScopeRecord = {
    scope: before.scope,
    calls: before.calls + calls,
    files: [...before.files, ...(await writePages(path, pages))],
    gaps: [...before.gaps, ...gaps],
    detailed: true,
  };
  await settle(path);
  await replace(`${path}/scope.json`, `${JSON.stringify(record)}\n`);
  return record;
}

/** One file for each call of a region, in the order in which they were made. */
async function writePages(
  directory: string,
  pages: readonly Page[],
): Promise<ScopeRecord["files"]> {
  const files = new Map<string, Page[]>();
  for (const page of pages) {
    const name = `${segment(page.region)}/${segment(page.call.replaceAll(":", "."))}`;
    const file = files.get(name);
    if (file) file.push(page);
    else files.set(name, [page]);
  }
  for (const [name, list] of files) {
    await write(`${directory}/${name}.jsonl.gz`, pack(lines(list.map(lineOf))));
  }
  return [...files].map(([name, list]) => ({ name, pages: list.length }));
}

/** Members in one order, whoever made the page. */
function lineOf({ call, region, params, page, requestId, at, sha256, body, last }: Page): Page {
  return {
    call,
    region,
    params,
    page,
    ...(requestId !== undefined && { requestId }),
    at,
    sha256,
    body,
    ...(last && { last }),
  };
}

function keyOf({ provider, id }: Scope): string {
  return `${provider}/${id}`;
}
