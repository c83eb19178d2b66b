import type { ProviderAdapter } from "../src/model/adapter.ts";
import type { AdapterDefinition } from "./call.ts";

export type {
  AdapterDefinition,
  Bucket,
  Call,
  ErrorFacts,
  PageRequest,
  RawPage,
  Recorded,
} from "./call.ts";

/** Turns a provider's table of calls into the adapter that the core knows. */
export function defineAdapter<C>(definition: AdapterDefinition<C>): ProviderAdapter {
  const { provider, calls, normalise, policy } = definition;
  return {
    provider,
    calls,
    normalise,
    policy,
    scopes: async (context) => definition.scopes(context, await definition.clients(undefined, context)),
    async *collect() {},
    async *details() {},
  };
}
