import type { Inventory } from "../model/inventory.ts";

/** What the estate index takes of an inventory; the rest can be let go. */
export type EstatePart = Pick<
  Inventory,
  "provider" | "scope" | "identities" | "policies" | "gaps" | "paths"
>;

export function forEstate(inventory: Inventory): EstatePart {
  const { provider, scope, identities, policies, gaps, paths } = inventory;
  return { provider, scope, identities, policies, gaps, ...(paths && { paths }) };
}
