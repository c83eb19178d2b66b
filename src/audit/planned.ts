import type { ProviderAdapter } from "../model/adapter.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Plan } from "../model/plan.ts";
import type { Server } from "../model/server.ts";
import { planOf, type Verdicts } from "../plan/plan.ts";
import { afterCuts } from "./after-cuts.ts";
import { normalised, snapshotOf, type Readable } from "./survey.ts";
import { serversOf, verdictsOf, type Facts, type Surroundings } from "./verdicts.ts";

export interface PlannedInput {
  readonly adapters: readonly ProviderAdapter[];
  readonly collected: readonly Readable[];
  readonly estate: EstateIndex;
  readonly facts: Facts;
  readonly surroundings: Surroundings;
  readonly now: Verdicts;
}

/** The plan of an estate; only scopes with servers are read again. */
export async function plannedFor(input: PlannedInput): Promise<Plan> {
  const { facts, surroundings, now, estate } = input;
  const inventories = await inventoriesOf(input, now.servers);
  const decide = (changed: Facts): Verdicts => {
    const servers = serversOf(changed, surroundings);
    return { exposures: changed.exposures, ...verdictsOf(changed, servers, surroundings) };
  };
  const workloads = new Set(now.servers.map(({ workload }) => workload.id));
  const world = { ...facts, inventories, estate, decide };
  return planOf({ now, ...afterCuts(world, workloads) });
}

async function inventoriesOf(
  { adapters, collected }: PlannedInput,
  servers: readonly Server[],
): Promise<Inventory[]> {
  const found: Inventory[] = [];
  for (const readable of collected) {
    const { provider, scope } = readable;
    if (!servers.some((one) => one.provider === provider && one.scope === scope.id)) continue;
    const inventory = normalised(adapters, await snapshotOf(readable));
    if (inventory) found.push(inventory);
  }
  return found;
}
