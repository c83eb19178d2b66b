import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isPartial, PosternError } from "../src/index.ts";

/** Run directories are named so that they sort by time. */
const runName = /^\d{4}-\d{2}-\d{2}T/;

/**
 * The newest run directory below `out`.
 *
 * @throws {PosternError} RUN_NOT_FOUND.
 */
export async function newestRun(out: string): Promise<string> {
  const names = await readdir(out).catch((): string[] => []);
  const newest = names
    .filter((name) => runName.test(name) && !isPartial(name))
    .toSorted()
    .at(-1);
  if (newest !== undefined) return join(out, newest);
  throw new PosternError("RUN_NOT_FOUND", `${out} holds no run`, {
    hint: "Name one with --run DIR, or run postern audit first.",
  });
}
