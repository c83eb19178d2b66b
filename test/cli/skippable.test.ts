import { expect, test } from "vitest";
import { skippable } from "../../bin/skippable.ts";
import { adapters } from "../../providers/index.ts";
import { PosternError, type CollectInput, type Provider } from "../../src/index.ts";

const context: CollectInput["context"] & { onGap(): void; onAttempt(): void } = {
  signal: new AbortController().signal,
  now: () => new Date(0),
  random: () => 0,
  sleep: async () => {},
  fingerprintKey: new Uint8Array(32),
  settings: { regions: [], scopes: [], attemptTimeout: 1, attempts: 1, maxDetailCalls: 0 },
  onGap: () => {},
  onAttempt: () => {},
};

async function scopesWhen(error: Error) {
  const absent = new Map<Provider, string>();
  const failing = async (): Promise<never> => {
    throw error;
  };
  const adapter = { ...(await adapters.oci!()), scopes: failing };
  return { absent, scopes: skippable(adapter, absent).scopes(context) };
}

test("a cloud whose SDK is not installed has no scopes, and is named", async () => {
  const missing = new PosternError("SDK_MISSING", "Reading OCI needs oci-core.", { hint: "" });
  const { absent, scopes } = await scopesWhen(missing);

  expect(await scopes).toEqual([]);
  expect([...absent]).toEqual([["oci", "Skipped oci: Reading OCI needs oci-core."]]);
});

test("any other failure stays one", async () => {
  const { absent, scopes } = await scopesWhen(new Error("broken"));

  await expect(scopes).rejects.toThrow("broken");
  expect(absent.size).toBe(0);
});
