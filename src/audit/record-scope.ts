import type { SnapshotStore } from "../evidence/snapshot-store.ts";
import type { CollectContext, ProviderAdapter } from "../model/adapter.ts";
import type { Scope } from "../model/provider.ts";
import type { Gap, Page, Snapshot } from "../model/snapshot.ts";

/** One scope as it was read: the input of every decision, and how many calls it took. */
export interface Collected extends Snapshot {
  /** API attempts, retries included. */
  readonly calls: number;
}

export interface CollectInput {
  readonly adapters: readonly ProviderAdapter[];
  /** What one scope's reader gets; gaps and attempts are added by `collectEstate`. */
  readonly context: Omit<CollectContext, "onGap" | "onAttempt">;
  readonly onProgress: (message: string) => void;
  readonly store: SnapshotStore;
  /** Whether a scope is wanted; without it, every one. */
  readonly wanted?: (scope: Scope) => boolean;
}

/** Every cloud has its own endpoint. */
export function contextFor(
  { provider }: ProviderAdapter,
  { context }: CollectInput,
): CollectInput["context"] {
  const endpoint = context.settings.endpoints?.[provider];
  return endpoint === undefined
    ? context
    : { ...context, settings: { ...context.settings, endpoint } };
}

/** Runs one reader; each page is in the journal before the next one is taken. */
export async function record(
  adapter: ProviderAdapter,
  scope: Scope,
  input: CollectInput,
  read: (context: CollectContext) => AsyncIterable<Page>,
): Promise<Collected> {
  const base = contextFor(adapter, input);
  const recorded = await input.store.recorded(scope);
  const known = new Set(recorded.map(keyOf));
  const journal = await input.store.journal(scope);
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  let calls = 0;
  const context: CollectContext = {
    ...base,
    settings: { ...base.settings, ...(recorded.length > 0 && { recorded }) },
    onGap: (gap) => gaps.push(gap),
    onAttempt: () => {
      calls += 1;
    },
  };
  for await (const page of read(context)) {
    pages.push(page);
    if (!known.has(keyOf(page))) await journal.add(page);
  }
  return { provider: adapter.provider, scope, pages, gaps, calls };
}

function keyOf({ call, region, params, page, sha256, at }: Page): string {
  return JSON.stringify([call, region, params, page, sha256, at]);
}
