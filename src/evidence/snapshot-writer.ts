import type { Run } from "../model/report.ts";
import type { Scope } from "../model/provider.ts";
import type { Gap, Page } from "../model/snapshot.ts";
import { makeDirectory, moveInto, remove, segment, write } from "./files.ts";
import { lines, pack } from "./jsonl.ts";
import type { ScopeRecord } from "./parse.ts";

export interface CollectedScope {
  readonly scope: Scope;
  readonly pages: readonly Page[];
  readonly gaps: readonly Gap[];
  /** API calls made, retries included. */
  readonly calls: number;
}

export type SnapshotRun = Pick<Run, "id" | "startedAt"> & Partial<Run>;

/** Writes `snapshot/` and `gaps.jsonl` into a run directory, which is made when it is not there. */
export async function writeSnapshot(
  directory: string,
  { run, scopes }: { readonly run: SnapshotRun; readonly scopes: readonly CollectedScope[] },
): Promise<void> {
  await write(`${directory}/snapshot/run.json`, `${JSON.stringify(run)}\n`);
  for (const scope of scopes) await writeScope(directory, scope);
  const gaps = scopes
    .toSorted((a, b) => (keyOf(a.scope) < keyOf(b.scope) ? -1 : 1))
    .flatMap((item) => item.gaps.map((gap) => ({ provider: item.scope.provider, ...gap })));
  await write(`${directory}/gaps.jsonl`, lines(gaps));
}

/** Writes one scope, the unit of resume: it is there whole or not at all. */
export async function writeScope(
  directory: string,
  { scope, pages, gaps, calls }: CollectedScope,
): Promise<void> {
  const parent = `${directory}/snapshot/${scope.provider}`;
  const final = `${parent}/${segment(scope.id)}`;
  const partial = `${parent}/.partial-${segment(scope.id)}`;
  await remove(partial);
  await makeDirectory(partial);
  const files = new Map<string, Page[]>();
  for (const page of pages) {
    const name = `${segment(page.region)}/${segment(page.call.replaceAll(":", "."))}`;
    const file = files.get(name);
    if (file) file.push(page);
    else files.set(name, [page]);
  }
  for (const [name, list] of files) {
    await write(`${partial}/${name}.jsonl.gz`, pack(lines(list.map(lineOf))));
  }
  const record: ScopeRecord = {
    scope,
    calls,
    files: [...files].map(([name, list]) => ({ name, pages: list.length })),
    gaps,
  };
  await write(`${partial}/scope.json`, `${JSON.stringify(record)}\n`);
  await remove(final);
  await moveInto(partial, final);
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
