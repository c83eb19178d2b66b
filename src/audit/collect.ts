import type { SnapshotStore } from "../evidence/snapshot-store.ts";
import type { StoredScope } from "../evidence/snapshot-reader.ts";
import type { CollectContext, ProviderAdapter } from "../model/adapter.ts";
import type { Scope } from "../model/provider.ts";
import type { Gap, Page, Snapshot } from "../model/snapshot.ts";
import { addDetails } from "./add-details.ts";
import { inFlight } from "./in-flight.ts";

/** One scope as it was read: the input of every decision, and how many calls it took. */
export interface Collected extends Snapshot {
  /** API attempts, retries included. */
  readonly calls: number;
}

export interface CollectInput {
  readonly adapters: readonly ProviderAdapter[];
  /** What one scope's reader gets; gaps and attempts are added by {@link collectEstate}. */
  readonly context: Omit<CollectContext, "onGap" | "onAttempt">;
  readonly onProgress: (message: string) => void;
  readonly store: SnapshotStore;
  /** Whether a scope is wanted; without it, every one. */
  readonly wanted?: (scope: Scope) => boolean;
}

/** Scopes that are read, and held in memory, at once. */
const scopesAtOnce = 4;

/**
 * Reads every scope of every adapter: first all lists, then the detail calls of workloads that turned out to be
 * exposed or to hint at MCP. An abort keeps what was read, with gaps for the rest. What the store holds already is
 * not asked again.
 */
export async function collectEstate(input: CollectInput): Promise<readonly StoredScope[]> {
  const listed: { adapter: ProviderAdapter; stored: StoredScope }[] = [];
  for (const adapter of input.adapters) {
    const scopes = (await scopesOf(adapter, input)).filter(input.wanted ?? (() => true));
    const read = inFlight(scopes, scopesAtOnce, async (scope) => listScope(adapter, scope, input));
    for await (const stored of read) listed.push({ adapter, stored });
  }
  return addDetails(listed, input);
}

async function scopesOf(adapter: ProviderAdapter, input: CollectInput): Promise<readonly Scope[]> {
  const known = input.store.scopesOf(adapter.provider);
  if (known) return known;
  const context = { ...contextFor(adapter, input), onGap: () => {}, onAttempt: () => {} };
  const scopes = await adapter.scopes(context);
  await input.store.keepScopes(adapter.provider, scopes);
  return scopes;
}

async function listScope(
  adapter: ProviderAdapter,
  scope: Scope,
  input: CollectInput,
): Promise<StoredScope> {
  const { store, onProgress } = input;
  const known = store.listed(scope);
  if (known) return known;
  onProgress(`Reading ${adapter.provider} ${scope.id} (${scope.regions.length} regions)`);
  const collected = await record(adapter, scope, input, (context) =>
    adapter.collect(scope, context),
  );
  onProgress(
    `Read ${adapter.provider} ${scope.id}: ${collected.calls} API calls, ${collected.gaps.length} gaps`,
  );
  return store.save(collected);
}

/** Every cloud has its own endpoint. */
function contextFor(
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
