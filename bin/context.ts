import { randomBytes, randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { PosternError, type CollectInput, type CollectSettings } from "../src/index.ts";

export interface SessionOptions {
  readonly settings: CollectSettings;
  readonly fingerprintKey: Uint8Array;
  readonly signal: AbortSignal;
}

/** The clock, the dice and the patience of a live run; everything below the command line gets them from here. */
export function collectContext(options: SessionOptions): CollectInput["context"] {
  return {
    signal: options.signal,
    now: () => new Date(),
    random: Math.random,
    sleep: async (ms, signal) => {
      await delay(ms, undefined, { signal });
    },
    fingerprintKey: options.fingerprintKey,
    settings: options.settings,
  };
}

/** `2026-11-25T12-44-10Z-1f9c2a`: sorts by time, and two runs of one second differ. */
export function newRunId(startedAt: string): string {
  const time = startedAt.replace(/\.\d+Z$/, "Z").replaceAll(":", "-");
  return `${time}-${randomUUID().slice(0, 6)}`;
}

/**
 * The key under which secrets are fingerprinted: the file's content, else random bytes that die with the run.
 *
 * @throws {PosternError} FILE_UNREADABLE, OPTION_INVALID for a key of fewer than 16 bytes.
 */
export async function fingerprintKey(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return randomBytes(32);
  const key = await readFile(file).catch((cause: unknown) => {
    throw new PosternError("FILE_UNREADABLE", `The fingerprint key ${file} cannot be read`, {
      hint: "Check the path and its permissions.",
      cause,
    });
  });
  if (key.length < 16) {
    throw new PosternError(
      "OPTION_INVALID",
      `The fingerprint key ${file} is shorter than 16 bytes`,
      {
        hint: "Write at least 16 random bytes into it: openssl rand -out FILE 32.",
      },
    );
  }
  return key;
}

/** Ctrl-C once keeps what was read and ends the run in order; a second time ends the process. */
export function interruptible(): {
  readonly signal: AbortSignal;
  readonly interrupted: () => boolean;
} {
  const controller = new AbortController();
  // One listener for each connection that is open: many, and no leak.
  setMaxListeners(0, controller.signal);
  process.once("SIGINT", () => {
    controller.abort(new Error("interrupted"));
    process.once("SIGINT", () => process.exit(130));
  });
  return { signal: controller.signal, interrupted: () => controller.signal.aborted };
}
