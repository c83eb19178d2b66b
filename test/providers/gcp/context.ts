import type { CollectContext } from "../../../src/model/adapter.ts";

/** Of a run that asks for the project `p1` once and never waits. */
export function contextFor(settings: Partial<CollectContext["settings"]>): CollectContext {
  return {
    signal: new AbortController().signal,
    onGap: () => {},
    onAttempt: () => {},
    now: () => new Date("2026-01-01T00:00:00Z"),
    random: () => 0,
    sleep: async () => {},
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: ["p1"],
      attemptTimeout: 5000,
      attempts: 1,
      maxDetailCalls: 0,
      ...settings,
    },
  };
}
