import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PosternError, signingKey, verifyingKey } from "../src/index.ts";

/** Read before any cloud is: a run that could not be signed must not be made first. */
export async function signKeyOf(file: string | undefined): Promise<KeyObject | undefined> {
  return file === undefined ? undefined : signingKey(await bytesOf(file), file);
}

export async function publicKeyOf(file: string | undefined): Promise<KeyObject | undefined> {
  return file === undefined ? undefined : verifyingKey(await bytesOf(file), file);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw new PosternError("FILE_UNREADABLE", `The key ${file} cannot be read`, {
      hint: "Check the path and its permissions.",
      cause,
    });
  });
}
