import { sha256 } from "../hash.ts";
import { list, read, write } from "./files.ts";

export const manifestName = "manifest.json";

export interface Manifest {
  readonly version: 1;
  /** SHA-256 (hex) of each file by its path, sorted; the manifest itself is not among them. */
  readonly files: Readonly<Record<string, string>>;
}

/** Hashes every file of a run directory. */
export async function manifestOf(directory: string): Promise<Manifest> {
  const files: Record<string, string> = {};
  for (const path of await walk(directory, "")) {
    if (path !== manifestName) files[path] = sha256(await read(`${directory}/${path}`));
  }
  return { version: 1, files };
}

export async function writeManifest(directory: string): Promise<void> {
  const manifest = await manifestOf(directory);
  await write(`${directory}/${manifestName}`, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

async function walk(directory: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, directory: nested } of await list(`${directory}/${prefix}`)) {
    if (nested) found.push(...(await walk(directory, `${prefix}${name}/`)));
    else found.push(`${prefix}${name}`);
  }
  return found.toSorted();
}
