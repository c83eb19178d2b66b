import type { Page } from "../model/snapshot.ts";
import { append, list, makeDirectory, read } from "./files.ts";
import { parsePage } from "./parse.ts";

/** Pages of a scope that is still being read, so that a killed run need not ask for them again. */
export interface Journal {
  add(page: Page): Promise<void>;
}

export async function openJournal(path: string): Promise<Journal> {
  await makeDirectory(path.slice(0, path.lastIndexOf("/")));
  // A line that a kill has cut must not swallow the next one.
  if (await isThere(path)) await append(path, "\n");
  return { add: (page) => append(path, `${JSON.stringify(page)}\n`) };
}

/** What was written before the end came; empty without a journal. A cut line is left out. */
export async function readJournal(path: string): Promise<readonly Page[]> {
  if (!(await isThere(path))) return [];
  const text = Buffer.from(await read(path)).toString("utf8");
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [parsePage(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

async function isThere(path: string): Promise<boolean> {
  const at = path.lastIndexOf("/");
  return (await list(path.slice(0, at))).some(({ name }) => name === path.slice(at + 1));
}
