import { buildEstate } from "../estate.ts";
import type { StoredScope } from "../evidence/snapshot-reader.ts";
import { hintsOf, suspicious } from "../hints/passive.ts";
import type { ProviderAdapter } from "../model/adapter.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Inventory } from "../model/inventory.ts";
import { reach } from "../reach/reach.ts";
import { record, type CollectInput } from "./record-scope.ts";
import { forEstate, type EstatePart } from "./estate-part.ts";

interface Listed {
  readonly adapter: ProviderAdapter;
  readonly stored: StoredScope;
}

/** Asks about single workloads of scopes whose lists are on disk; scopes come and go one by one. */
export async function addDetails(
  listed: readonly Listed[],
  input: CollectInput,
): Promise<readonly StoredScope[]> {
  const detailed = listed.filter(({ adapter }) => detailCallsOf(adapter).size > 0);
  if (detailed.every(({ stored }) => stored.record.detailed))
    return listed.map(({ stored }) => stored);
  const parts: EstatePart[] = [];
  for (const one of listed) parts.push(forEstate(await inventoryOf(one)));
  const estate = buildEstate(parts);
  const all: StoredScope[] = [];
  for (const one of listed) all.push(await detailsOf(one, estate, input));
  return all;
}

async function detailsOf(
  one: Listed,
  estate: EstateIndex,
  input: CollectInput,
): Promise<StoredScope> {
  const { adapter, stored } = one;
  if (stored.record.detailed || detailCallsOf(adapter).size === 0) return stored;
  const workloads = worthADetailCall(await inventoryOf(one), estate);
  if (workloads.length === 0) return stored;
  const details = await record(adapter, stored.scope, input, (context) =>
    adapter.details(stored.scope, workloads, context),
  );
  return input.store.addDetails(stored, details);
}

/** From the lists alone, whatever an interrupted run has asked beyond them: what is asked must not hang on that. */
async function inventoryOf({ adapter, stored }: Listed): Promise<Inventory> {
  const details = detailCallsOf(adapter);
  const { provider, scope, gaps } = stored;
  return adapter.normalise({
    provider,
    scope,
    pages: (await stored.pages()).filter(({ call }) => !details.has(call)),
    gaps: gaps.filter(({ call }) => !details.has(call)),
  });
}

function detailCallsOf({ calls }: ProviderAdapter): ReadonlySet<string> {
  return new Set(
    calls.filter(({ per }) => per === "exposed-workload").map(({ operation }) => operation),
  );
}

function worthADetailCall(
  inventory: Inventory,
  estate: EstateIndex,
): readonly { id: string; region: string }[] {
  const exposed = new Set(reach(inventory, estate).exposures.map(({ workload }) => workload.id));
  return inventory.workloads
    .filter((workload) => exposed.has(workload.id) || suspicious(hintsOf(workload)))
    .map(({ id, region }) => ({ id, region }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
