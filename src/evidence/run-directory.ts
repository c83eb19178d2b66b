import type { KeyObject } from "node:crypto";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import { inside, list, makeDirectory, moveInto, read, remove, segment, write } from "./files.ts";
import { lines } from "./jsonl.ts";
import { manifestName, writeManifest, type PreviousRun } from "./manifest.ts";

/** A run directory in the making. Nothing is at its final place before `commit`. */
export interface RunWriter {
  /** Where it is built; for `writeSnapshot` and `writeScope`. */
  readonly directory: string;
  file(name: string, text: string): Promise<void>;
  jsonl(name: string, items: Iterable<unknown> | AsyncIterable<unknown>): Promise<void>;
  /** Writes the manifest and moves the directory to its final place, which it returns. */
  commit(): Promise<string>;
  discard(): Promise<void>;
}

const partialPrefix = ".partial-";

export interface RunOptions {
  /** Ed25519 private key that the manifest is signed with. */
  readonly signKey?: KeyObject | undefined;
}

export async function openRun(
  outDirectory: string,
  runId: string,
  { signKey }: RunOptions = {},
): Promise<RunWriter> {
  const final = `${outDirectory}/${segment(runId)}`;
  const directory = `${outDirectory}/${partialPrefix}${segment(runId)}`;
  if ((await list(final)).length > 0) {
    throw new PosternError("FILE_UNWRITABLE", `${final} already holds a run`, {
      hint: "Choose another directory with --out.",
    });
  }
  await remove(directory);
  await makeDirectory(directory);
  return {
    directory,
    file: (name, text) => write(inside(directory, name), text),
    async jsonl(name, items) {
      const all: unknown[] = [];
      for await (const item of items) all.push(item);
      await write(inside(directory, name), lines(all));
    },
    async commit() {
      const previous = await previousRun(outDirectory);
      await writeManifest(directory, { run: segment(runId), previous, signKey });
      await moveInto(directory, final);
      return final;
    },
    discard: () => remove(directory),
  };
}

/** The run directory that was started last; undefined when there is none. */
export async function newestRun(outDirectory: string): Promise<string | undefined> {
  let newest: { readonly path: string; readonly startedAt: string } | undefined;
  for (const { name, directory } of await list(outDirectory)) {
    if (!directory || name.startsWith(".")) continue;
    const path = `${outDirectory}/${name}`;
    const startedAt = await startOf(path);
    if (startedAt !== undefined && (!newest || startedAt >= newest.startedAt)) {
      newest = { path, startedAt };
    }
  }
  return newest?.path;
}

async function previousRun(outDirectory: string): Promise<PreviousRun | undefined> {
  const path = await newestRun(outDirectory);
  if (path === undefined) return undefined;
  const held = (await list(path)).some(({ name }) => name === manifestName);
  return held
    ? {
        run: path.slice(path.lastIndexOf("/") + 1),
        sha256: sha256(await read(`${path}/${manifestName}`)),
      }
    : undefined;
}

async function startOf(path: string): Promise<string | undefined> {
  try {
    const text = Buffer.from(await read(`${path}/snapshot/run.json`)).toString("utf8");
    const run: unknown = JSON.parse(text);
    const held = typeof run === "object" && run !== null && "startedAt" in run;
    return held && typeof run.startedAt === "string" ? run.startedAt : undefined;
  } catch {
    // Not a run directory, or not readable: it is not the newest run.
    return undefined;
  }
}
