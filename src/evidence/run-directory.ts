import type { KeyObject } from "node:crypto";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import {
  append,
  inside,
  list,
  makeDirectory,
  moveInto,
  read,
  remove,
  segment,
  settle,
  write,
} from "./files.ts";
import { lines } from "./jsonl.ts";
import { envelopeName, manifestName, writeManifest, type PreviousRun } from "./manifest.ts";

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

const partialSuffix = ".partial";
/** Says to people what a `*.partial` directory is. */
const noteName = "UNFINISHED.txt";

export interface RunOptions {
  /** Ed25519 private key that the manifest is signed with. */
  readonly signKey?: KeyObject | undefined;
}

/** Whether a path names a run that is being written, or was when its process ended. */
export function isPartial(path: string): boolean {
  return path.replace(/\/+$/, "").endsWith(partialSuffix);
}

/** Starts a run directory under `<id>.partial`. */
export async function openRun(
  outDirectory: string,
  runId: string,
  options: RunOptions = {},
): Promise<RunWriter> {
  const final = `${outDirectory}/${segment(runId)}`;
  const directory = `${final}${partialSuffix}`;
  if ((await list(final)).length > 0) {
    throw new PosternError("FILE_UNWRITABLE", `${final} already holds a run`, {
      hint: "Choose another directory with --out.",
    });
  }
  await remove(directory);
  await makeDirectory(directory);
  await write(`${directory}/${noteName}`, noteOf(directory));
  return writerOf(directory, options);
}

/** Goes on with a run directory that `openRun` has started and nobody has finished. */
export async function reopenRun(path: string, options: RunOptions = {}): Promise<RunWriter> {
  const directory = path.replace(/\/+$/, "");
  for (const name of ["probe", manifestName, envelopeName]) await remove(`${directory}/${name}`);
  await write(`${directory}/${noteName}`, noteOf(directory));
  return writerOf(directory, options);
}

function writerOf(directory: string, { signKey }: RunOptions): RunWriter {
  const final = directory.slice(0, -partialSuffix.length);
  const at = final.lastIndexOf("/");
  const [outDirectory, run] = [at < 0 ? "." : final.slice(0, at), final.slice(at + 1)];
  return {
    directory,
    file: (name, text) => write(inside(directory, name), text),
    async jsonl(name, items) {
      const path = inside(directory, name);
      await write(path, "");
      let chunk: unknown[] = [];
      for await (const item of items) {
        chunk.push(item);
        if (chunk.length < linesAtOnce) continue;
        await append(path, lines(chunk));
        chunk = [];
      }
      await append(path, lines(chunk));
    },
    async commit() {
      await remove(`${directory}/${noteName}`);
      const previous = await previousRun(outDirectory);
      await writeManifest(directory, { run, previous, signKey });
      await settle(directory);
      await moveInto(directory, final);
      return final;
    },
    discard: () => remove(directory),
  };
}

/** Lines that are held in memory before they are written. */
const linesAtOnce = 1000;

function noteOf(directory: string): string {
  return `This directory is an unfinished run of Postern: it is being written, or its process ended before it was whole.
Nothing in it counts as a result. To finish it: postern audit --resume ${directory}
`;
}

/** The run directory that was started last; undefined when there is none. */
export async function newestRun(outDirectory: string): Promise<string | undefined> {
  let newest: { readonly path: string; readonly startedAt: string } | undefined;
  for (const { name, directory } of await list(outDirectory)) {
    if (!directory || name.startsWith(".") || isPartial(name)) continue;
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
