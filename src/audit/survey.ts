import { buildEstate } from "../estate.ts";
import { hintsOf, suspicious } from "../hints/passive.ts";
import type { ProviderAdapter } from "../model/adapter.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Blocked, Exposure } from "../model/exposure.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { NetworkInventory } from "../model/network.ts";
import type { Page, Snapshot } from "../model/snapshot.ts";
import { reach } from "../reach/reach.ts";
import { wantsWorkload, type Selection } from "./selection.ts";
import { forEstate, type EstatePart } from "./estate-part.ts";

/** A scope to decide about. Pages that are not in memory are read when their turn comes, twice at most. */
export interface Readable extends Omit<Snapshot, "pages"> {
  readonly pages: readonly Page[] | (() => Promise<readonly Page[]>);
  /** API attempts, retries included. */
  readonly calls: number;
}

export interface SurveyedScope extends Omit<Readable, "pages"> {
  /** How many. */
  readonly pages: number;
}

export interface Survey {
  /** By provider and id, whatever the order in which they were collected. */
  readonly scopes: readonly SurveyedScope[];
  /** Without the networks, which reach alone needs. */
  readonly inventories: readonly Omit<Inventory, keyof NetworkInventory>[];
  readonly exposures: readonly Exposure[];
  readonly blocked: readonly Blocked[];
  readonly estate: EstateIndex;
}

/** Estates of so few scopes are held in memory, where a second reading would cost more than it saves. */
const heldScopes = 4;

/** All scopes into the index, then one after the other against it. */
export async function survey(
  adapters: readonly ProviderAdapter[],
  collected: readonly Readable[],
  startedAt: string,
  selection: Selection = { include: [], exclude: [] },
): Promise<Survey> {
  const sorted = collected.toSorted(inOrder);
  const held = new Map<Readable, Inventory>();
  const scopes: SurveyedScope[] = [];
  const parts: EstatePart[] = [];
  for (const readable of sorted) {
    const snapshot = await snapshotOf(readable);
    const inventory = normalised(adapters, snapshot);
    scopes.push(surveyed(readable, snapshot, inventory));
    if (!inventory) continue;
    parts.push(forEstate(inventory));
    if (sorted.length <= heldScopes) held.set(readable, inventory);
  }
  const estate = buildEstate(parts, startedAt);
  const inventories: Survey["inventories"][number][] = [];
  const exposures: Exposure[] = [];
  const blocked: Blocked[] = [];
  for (const readable of sorted) {
    const inventory = held.get(readable) ?? normalised(adapters, await snapshotOf(readable));
    if (!inventory) continue;
    const reached = reach(inventory, estate);
    const wanted = (workload: Pick<Workload, "id" | "name">): boolean =>
      wantsWorkload(selection, readable.scope, workload);
    for (const one of reached.exposures) if (wanted(one.workload)) exposures.push(one);
    for (const one of reached.blocked) if (wanted(one.workload)) blocked.push(one);
    const rest = withoutNetworks(inventory, reached.exposures);
    inventories.push({ ...rest, workloads: rest.workloads.filter(wanted) });
  }
  return { scopes, inventories, exposures: exposures.toSorted(byId), blocked, estate };
}

/** An adapter adds to the gaps what it found and does not follow. */
function surveyed(
  readable: Readable,
  { pages }: Snapshot,
  inventory: Inventory | undefined,
): SurveyedScope {
  const { gaps } = inventory ?? readable;
  return { ...readable, gaps, pages: pages.length };
}

export async function snapshotOf(readable: Readable): Promise<Snapshot> {
  const { provider, scope, gaps, pages } = readable;
  return { provider, scope, gaps, pages: typeof pages === "function" ? await pages() : pages };
}

export function normalised(
  adapters: readonly ProviderAdapter[],
  snapshot: Snapshot,
): Inventory | undefined {
  return adapters.find(({ provider }) => provider === snapshot.provider)?.normalise(snapshot);
}

function withoutNetworks(
  inventory: Inventory,
  exposures: readonly Exposure[],
): Survey["inventories"][number] {
  const exposed = new Set(exposures.map(({ workload }) => workload.id));
  const { networks, ruleSets, routeTables, chains, approaches, closed, ...rest } = inventory;
  void [networks, ruleSets, routeTables, chains, approaches, closed];
  return { ...rest, workloads: rest.workloads.map((one) => withoutTexts(one, exposed)) };
}

/** What is neither exposed nor suspected is never described. */
function withoutTexts(workload: Workload, exposed: ReadonlySet<string>): Workload {
  const needed =
    workload.texts.length === 0 || exposed.has(workload.id) || suspicious(hintsOf(workload));
  return needed ? workload : { ...workload, texts: [] };
}

function inOrder(a: Readable, b: Readable): number {
  const [left, right] = [`${a.provider}/${a.scope.id}`, `${b.provider}/${b.scope.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function byId(a: Exposure, b: Exposure): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
