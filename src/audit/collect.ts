import type { CollectContext, ProviderAdapter } from "../model/adapter.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Scope } from "../model/provider.ts";
import type { Gap, Page, Snapshot } from "../model/snapshot.ts";
import { buildEstate } from "../estate.ts";
import { hintsOf, suspicious } from "../hints/passive.ts";
import { reach } from "../reach/reach.ts";

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
}

/**
 * Reads every scope of every adapter: first all lists, then the detail calls of workloads that turned out to be
 * exposed or to hint at MCP. An abort keeps what was read, with gaps for the rest.
 */
export async function collectEstate(input: CollectInput): Promise<readonly Collected[]> {
  const listed: { adapter: ProviderAdapter; collected: Collected }[] = [];
  for (const adapter of input.adapters) {
    for (const scope of await scopesOf(adapter, input)) {
      input.onProgress(`Reading ${adapter.provider} ${scope.id} (${scope.regions.length} regions)`);
      const collected = await record(adapter, scope, input, (context) =>
        adapter.collect(scope, context),
      );
      input.onProgress(
        `Read ${adapter.provider} ${scope.id}: ${collected.calls} API calls, ${collected.gaps.length} gaps`,
      );
      listed.push({ adapter, collected });
    }
  }
  return addDetails(listed, input);
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

async function scopesOf(adapter: ProviderAdapter, input: CollectInput): Promise<readonly Scope[]> {
  return adapter.scopes({ ...contextFor(adapter, input), onGap: () => {}, onAttempt: () => {} });
}

async function addDetails(
  listed: readonly { adapter: ProviderAdapter; collected: Collected }[],
  input: CollectInput,
): Promise<readonly Collected[]> {
  const inventories = listed.map(({ adapter, collected }) => adapter.normalise(collected));
  const estate = buildEstate(inventories);
  const all: Collected[] = [];
  for (const [index, { adapter, collected }] of listed.entries()) {
    const inventory = inventories[index];
    const workloads = inventory ? worthADetailCall(inventory, estate) : [];
    if (workloads.length === 0) {
      all.push(collected);
      continue;
    }
    const details = await record(adapter, collected.scope, input, (context) =>
      adapter.details(collected.scope, workloads, context),
    );
    all.push({
      ...collected,
      pages: [...collected.pages, ...details.pages],
      gaps: [...collected.gaps, ...details.gaps],
      calls: collected.calls + details.calls,
    });
  }
  return all;
}

function worthADetailCall(
  inventory: Inventory,
  estate: ReturnType<typeof buildEstate>,
): readonly { id: string; region: string }[] {
  const exposed = new Set(reach(inventory, estate).exposures.map(({ workload }) => workload.id));
  return inventory.workloads
    .filter((workload) => exposed.has(workload.id) || suspicious(hintsOf(workload)))
    .map(({ id, region }) => ({ id, region }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function record(
  adapter: ProviderAdapter,
  scope: Scope,
  input: CollectInput,
  read: (context: CollectContext) => AsyncIterable<Page>,
): Promise<Collected> {
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  let calls = 0;
  const context: CollectContext = {
    ...contextFor(adapter, input),
    onGap: (gap) => gaps.push(gap),
    onAttempt: () => {
      calls += 1;
    },
  };
  for await (const page of read(context)) pages.push(page);
  return { provider: adapter.provider, scope, pages, gaps, calls };
}
