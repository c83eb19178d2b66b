import type { KeyObject } from "node:crypto";
import { sha256 } from "../hash.ts";
import { seal } from "./dsse.ts";
import { list, read, write } from "./files.ts";

export const manifestName = "manifest.json";
/** The DSSE envelope around the bytes of the manifest; there when the run was signed. */
export const envelopeName = "manifest.dsse.json";

/** @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const statementType = "https://in-toto.io/Statement/v1";
/** Ours; the last part grows when the predicate changes its meaning. */
export const predicateType = "urn:postern:run:v1";

export interface Manifest {
  readonly _type: typeof statementType;
  /** Every file by its path in the run directory, sorted; the manifest and its envelope are not among them. */
  readonly subject: readonly {
    readonly name: string;
    readonly digest: { readonly sha256: string };
  }[];
  readonly predicateType: typeof predicateType;
  readonly predicate: { readonly run: string; readonly previous?: PreviousRun };
}

/** The run that was the newest of its directory when this one was written. */
export interface PreviousRun {
  readonly run: string;
  /** Of its manifest, in hex: whoever rewrites one run has to rewrite every later one. */
  readonly sha256: string;
}

export interface Sealing {
  readonly run: string;
  readonly previous?: PreviousRun | undefined;
  /** Ed25519 private key. */
  readonly signKey?: KeyObject | undefined;
}

/** Hashes every file of a run directory. */
export async function manifestOf(
  directory: string,
  { run, previous }: Omit<Sealing, "signKey">,
): Promise<Manifest> {
  const subject: Manifest["subject"][number][] = [];
  for (const name of await walk(directory, "")) {
    if (name === manifestName || name === envelopeName) continue;
    subject.push({ name, digest: { sha256: sha256(await read(`${directory}/${name}`)) } });
  }
  return {
    _type: statementType,
    subject,
    predicateType,
    predicate: { run, ...(previous && { previous }) },
  };
}

export async function writeManifest(directory: string, sealing: Sealing): Promise<void> {
  const text = `${JSON.stringify(await manifestOf(directory, sealing), undefined, 2)}\n`;
  await write(`${directory}/${manifestName}`, text);
  if (!sealing.signKey) return;
  await write(`${directory}/${envelopeName}`, seal(Buffer.from(text), sealing.signKey));
}

async function walk(directory: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name, directory: nested } of await list(`${directory}/${prefix}`)) {
    if (nested) found.push(...(await walk(directory, `${prefix}${name}/`)));
    else found.push(`${prefix}${name}`);
  }
  return found.toSorted();
}
