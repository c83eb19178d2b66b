import type { Source } from "./finding.ts";

/** Network half of an inventory: written by `providers/X/{network,compute,balancers}.ts`, read by `src/reach`. */
export interface NetworkInventory {
  readonly networks: readonly Network[];
}

export interface Network {
  readonly id: string;
  readonly source: Source;
}
