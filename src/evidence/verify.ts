import type { KeyObject } from "node:crypto";
import { promises as fs } from "node:fs";
import { PosternError } from "../errors.ts";
import { sha256 } from "../hash.ts";
import { isSignedBy, keyIdOf, parseEnvelope } from "./dsse.ts";
import { list, read } from "./files.ts";
import { envelopeName, manifestName, type Manifest, type PreviousRun } from "./manifest.ts";
import { parseManifest } from "./parse-manifest.ts";

/** Something that is not as it was written. */
export interface Damage {
  readonly kind: "changed" | "missing" | "added" | "signature" | "previous";
  /** Path in the run directory, or the name of the previous run. */
  readonly path: string;
  readonly because: string;
}

export interface Verification {
  readonly run: string;
  /** Files that the manifest names. */
  readonly files: number;
  readonly damages: readonly Damage[];
  readonly signature: "valid" | "wrong" | "unchecked" | "none";
  /** What could not be checked, one sentence each. */
  readonly notes: readonly string[];
}

type Checked = Pick<Verification, "damages" | "notes">;
type SignatureCheck = Checked & { readonly state: Verification["signature"] };

/**
 * Compares a run directory with its manifest, its signature and the run before it.
 *
 * @throws {PosternError} RUN_NOT_FOUND without a manifest, MANIFEST_INVALID when it cannot be read.
 */
export async function verifyRun(directory: string, key?: KeyObject): Promise<Verification> {
  const bytes = await manifestBytes(directory);
  const manifest = parsed(manifestName, () => parseManifest(textOf(bytes)));
  const signature = await checkSignature(directory, bytes, key);
  const previous = await checkPrevious(directory, manifest.predicate.previous);
  return {
    run: manifest.predicate.run,
    files: manifest.subject.length,
    damages: [
      ...(await checkFiles(directory, manifest)),
      ...signature.damages,
      ...previous.damages,
    ],
    signature: signature.state,
    notes: [...signature.notes, ...previous.notes],
  };
}

/** The directory is walked, never a name of the manifest: no name can lead out of it. */
async function checkFiles(directory: string, manifest: Manifest): Promise<Damage[]> {
  const expected = new Map(manifest.subject.map(({ name, digest }) => [name, digest.sha256]));
  const damages: Damage[] = [];
  const seen = new Set<string>();
  for (const { path, regular } of await walk(directory, "")) {
    if (path === manifestName || path === envelopeName) continue;
    const digest = expected.get(path);
    seen.add(path);
    if (digest === undefined) {
      damages.push({ kind: "added", path, because: "the manifest does not name it" });
    } else if (!regular) {
      damages.push({ kind: "changed", path, because: "it is no longer a regular file" });
    } else if (sha256(await read(`${directory}/${path}`)) !== digest) {
      damages.push({ kind: "changed", path, because: "its SHA-256 is not the manifest's" });
    }
  }
  for (const path of expected.keys()) {
    if (seen.has(path)) continue;
    damages.push({ kind: "missing", path, because: "the manifest names it" });
  }
  return damages.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function checkSignature(
  directory: string,
  manifest: Uint8Array,
  key: KeyObject | undefined,
): Promise<SignatureCheck> {
  if (!(await holds(directory, envelopeName))) {
    return key
      ? wrong("the run is not signed, or its signature was taken away")
      : {
          state: "none",
          damages: [],
          notes: ["Not signed: whoever changed a file could have changed the manifest too"],
        };
  }
  const text = textOf(await read(`${directory}/${envelopeName}`));
  const envelope = parsed(envelopeName, () => parseEnvelope(text));
  if (!Buffer.from(manifest).equals(envelope.payload)) {
    return wrong(`what was signed is not ${manifestName}`);
  }
  const names = envelope.signatures.map(({ keyid }) => keyid).join(", ");
  if (!key) {
    return {
      state: "unchecked",
      damages: [],
      notes: [`The signature was not checked: give the public key with --key; key id ${names}`],
    };
  }
  return isSignedBy(envelope, key)
    ? { state: "valid", damages: [], notes: [] }
    : wrong(`no signature is of the key ${keyIdOf(key)}; it names ${names}`);
}

function wrong(because: string): SignatureCheck {
  return {
    state: "wrong",
    damages: [{ kind: "signature", path: envelopeName, because }],
    notes: [],
  };
}

async function checkPrevious(directory: string, previous?: PreviousRun): Promise<Checked> {
  if (!previous) return { damages: [], notes: [] };
  const path = `${directory}/../${previous.run}`;
  if (!(await holds(path, manifestName))) {
    return {
      damages: [],
      notes: [`The run before it, ${previous.run}, is not beside it and was not compared`],
    };
  }
  const same = sha256(await read(`${path}/${manifestName}`)) === previous.sha256;
  const because = "the manifest of the run before it is not the one that was there";
  return {
    damages: same ? [] : [{ kind: "previous", path: previous.run, because }],
    notes: [],
  };
}

async function manifestBytes(directory: string): Promise<Uint8Array> {
  if (await holds(directory, manifestName)) return read(`${directory}/${manifestName}`);
  throw new PosternError("RUN_NOT_FOUND", `${directory} holds no ${manifestName}`, {
    hint: "Name a run directory that `postern collect` or `postern audit` has written.",
  });
}

async function holds(directory: string, name: string): Promise<boolean> {
  return (await list(directory)).some((entry) => entry.name === name);
}

/** Links, sockets and the like too: whatever was put there counts. */
async function walk(
  directory: string,
  prefix: string,
): Promise<{ readonly path: string; readonly regular: boolean }[]> {
  const found: { path: string; regular: boolean }[] = [];
  for (const entry of await fs.readdir(`${directory}/${prefix}`, { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) found.push(...(await walk(directory, `${path}/`)));
    else found.push({ path, regular: entry.isFile() });
  }
  return found;
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const what = cause instanceof SyntaxError ? "is cut off or is not JSON" : messageOf(cause);
    throw new PosternError("MANIFEST_INVALID", `${name}: ${what}`, {
      hint: "Restore the run directory from where it was copied, or read it with the version that wrote it.",
      cause,
    });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
