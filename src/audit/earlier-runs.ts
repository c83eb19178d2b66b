import { list } from "../evidence/files.ts";
import { readJsonl } from "../evidence/jsonl.ts";
import { isPartial } from "../evidence/run-directory.ts";
import { openSnapshots } from "../evidence/snapshot-reader.ts";
import type { EarlierRun } from "../history/first-seen.ts";

/** Runs that are looked into: the latest ones by name. */
const most = 100;

/** What the runs of a directory have found. One that cannot be read is left out: it dates nothing. */
export async function earlierRuns(out: string): Promise<readonly EarlierRun[]> {
  const names = (await list(out))
    .filter(({ name, directory }) => directory && !name.startsWith(".") && !isPartial(name))
    .map(({ name }) => name);
  const runs: EarlierRun[] = [];
  for (const name of names.slice(-most)) {
    const run = await runIn(`${out}/${name}`).catch(() => undefined);
    if (run) runs.push(run);
  }
  return runs;
}

async function runIn(directory: string): Promise<EarlierRun> {
  const { startedAt } = await openSnapshots(directory);
  const ids = (await readJsonl(directory, "findings.jsonl")).flatMap((finding) => {
    const id: unknown =
      typeof finding === "object" && finding !== null ? Reflect.get(finding, "id") : undefined;
    return typeof id === "string" ? [id] : [];
  });
  return { startedAt, findings: new Set(ids) };
}
