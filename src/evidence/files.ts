import { promises as fs } from "node:fs";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";

/** Only the owner reads what was found out about a cloud. */
export const directoryMode = 0o700;
const fileMode = 0o600;

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

/** Appears whole or not at all. */
export async function moveInto(from: string, to: string): Promise<void> {
  await unwritable(to, fs.rename(from, to));
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

async function unwritable<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new PosternError("FILE_UNWRITABLE", `${path} cannot be written: ${codeOf(error)}`, {
      hint: "Choose another directory with --out, or free it.",
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
