import { promises as fs } from "node:fs";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";

/** Only the owner reads what was found out about a cloud. */
export const directoryMode = 0o700;
const fileMode = 0o600;
/** The file system joins syncs that wait for it together. */
const syncsAtOnce = 32;

const safeSegment = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** A name from outside as one path segment: never a traversal, never two names on one file. */
export function segment(name: string): string {
  if (safeSegment.test(name)) return name;
  const readable = name.replaceAll(/[^A-Za-z0-9._-]+/g, "_").replace(/^[^A-Za-z0-9_]+/, "");
  return `${readable.slice(0, 80)}~${sha256(name).slice(0, 12)}`;
}

/** A path below a run directory, as given by code; refuses to leave it. */
export function inside(directory: string, name: string): string {
  const parts = name.split("/");
  if (parts.some((part) => !/^[A-Za-z0-9_][A-Za-z0-9._~-]*$/.test(part))) {
    throw new PosternError("FILE_UNWRITABLE", `${name} is not a name inside a run directory`, {
      hint: "Use names made of letters, digits, dots and hyphens.",
    });
  }
  return `${directory}/${name}`;
}

export async function makeDirectory(path: string): Promise<void> {
  await unwritable(path, fs.mkdir(path, { recursive: true, mode: directoryMode }));
}

export async function write(path: string, data: string | Uint8Array): Promise<void> {
  await makeDirectory(path.slice(0, path.lastIndexOf("/")));
  await unwritable(path, fs.writeFile(path, data, { mode: fileMode }));
}

/** Adds to the end of a file, which is made when it is not there. */
export async function append(path: string, data: string): Promise<void> {
  await unwritable(path, fs.appendFile(path, data, { mode: fileMode }));
}

/** Appears whole or not at all, also after a power cut when what it holds was settled before. */
export async function moveInto(from: string, to: string): Promise<void> {
  await unwritable(to, fs.rename(from, to));
  await settleOne(to.slice(0, to.lastIndexOf("/")));
}

/** Replaces a file by a new version of it: whoever reads it finds the one or the other. */
export async function replace(path: string, data: string): Promise<void> {
  const fresh = `${path}.new`;
  await write(fresh, data);
  await settleOne(fresh);
  await moveInto(fresh, path);
}

/** Until this returns a power cut may take files of the directory, or parts of them, away. */
export async function settle(directory: string): Promise<void> {
  const entries = await fs.readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => `${entry.parentPath}/${entry.name}`);
  for (let at = 0; at < paths.length; at += syncsAtOnce) {
    await Promise.all(paths.slice(at, at + syncsAtOnce).map(settleOne));
  }
  await settleOne(directory);
}

async function settleOne(path: string): Promise<void> {
  const sync = async (): Promise<void> => {
    const handle = await fs.open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  await unwritable(path, sync());
}

export async function remove(path: string): Promise<void> {
  await unwritable(path, fs.rm(path, { recursive: true, force: true }));
}

export async function read(path: string): Promise<Uint8Array> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    throw new PosternError("FILE_UNREADABLE", `${path} cannot be read: ${codeOf(error)}`, {
      hint: "Check the path and its permissions.",
      cause: error,
    });
  }
}

/** Entry names, sorted; empty when there is no such directory. */
export async function list(path: string): Promise<{ name: string; directory: boolean }[]> {
  try {
    const entries = await fs.readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() || entry.isFile())
      .map((entry) => ({ name: entry.name, directory: entry.isDirectory() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return [];
    throw new PosternError("FILE_UNREADABLE", `${path} cannot be read: ${codeOf(error)}`, {
      hint: "Check the permissions of the run directory.",
      cause: error,
    });
  }
}

/** @see https://man7.org/linux/man-pages/man3/errno.3.html */
const troubles: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Free space, or choose another directory with --out."],
  EDQUOT: ["the disk quota is used up", "Free space, or choose another directory with --out."],
  EFBIG: ["the limit on the size of files is reached", "Raise it (ulimit -f)."],
  EROFS: ["the file system is read-only", "Choose another directory with --out."],
  EACCES: ["permission denied", "Choose another directory with --out, or free it."],
  EPERM: ["permission denied", "Choose another directory with --out, or free it."],
  ENOTDIR: ["a part of the path is a file", "Choose another directory with --out."],
};

async function unwritable<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = codeOf(error);
    const [what, hint] = troubles[code] ?? [code, "Choose another directory with --out."];
    const message = `${path} cannot be written: ${what}`;
    throw new PosternError("FILE_UNWRITABLE", message, { hint, cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
