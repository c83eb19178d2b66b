import type { StoredScope } from "../evidence/snapshot-reader.ts";
import type { ProviderAdapter } from "../model/adapter.ts";
import type { Scope } from "../model/provider.ts";
import { addDetails } from "./add-details.ts";
import { inFlight } from "./in-flight.ts";
import { contextFor, record, type CollectInput } from "./record-scope.ts";

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
