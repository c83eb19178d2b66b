import type { CollectContext, ProviderAdapter } from "../src/model/adapter.ts";
import type { Scope } from "../src/model/provider.ts";
import type { Page } from "../src/model/snapshot.ts";
import type { AdapterDefinition } from "./call.ts";
import { checkCalls } from "./check.ts";
import { childOf } from "./child-signal.ts";
import { readCalls, type Collected } from "./collect.ts";
import { readDetails } from "./details.ts";
import { inOrder } from "./in-order.ts";
import { globalRegion, openClients, placeFor } from "./place.ts";
import { resumeIndex } from "./resume.ts";

export type { AdapterDefinition, Call, RawPage } from "./call.ts";

const regionsAtOnce = 8;

/** Turns a provider's table of calls into the adapter that the core knows. */
export function defineAdapter<C>(definition: AdapterDefinition<C>): ProviderAdapter {
  const { provider, calls, normalise, policy } = definition;
  const unknown = calls.find(({ family }) => !Object.hasOwn(definition.buckets, family));
  if (unknown) throw new Error(`${unknown.operation}: no bucket for family ${unknown.family}`);
  return {
    provider,
    calls,
    normalise,
    policy,
    scopes: async (context) =>
      definition.scopes(context, await definition.clients(undefined, context)),
    collect: (scope, context) => stoppable(context, (own) => collectScope(definition, scope, own)),
    details: (scope, workloads, context) =>
      stoppable(context, (own) => readDetails(definition, scope, workloads, own)),
    check: (scope, context) => checkCalls(definition, scope, context),
  };
}

/** Hands gaps to the context and pages to the consumer, and stops the requests in flight when the consumer leaves. */
async function* stoppable(
  context: CollectContext,
  source: (own: CollectContext) => AsyncIterable<Collected>,
): AsyncGenerator<Page> {
  const own = childOf(context.signal);
  try {
    for await (const item of source({ ...context, signal: own.signal })) {
      if ("page" in item) yield item.page;
      else context.onGap(item.gap);
    }
  } finally {
    own.end();
  }
}

async function* collectScope<C>(
  definition: AdapterDefinition<C>,
  scope: Scope,
  context: CollectContext,
): AsyncGenerator<Collected> {
  const lists = definition.calls.filter(({ per }) => per === undefined);
  const ofScope = lists.filter(({ where }) => where === "scope");
  const ofRegion = lists.filter(({ where }) => where === "region");
  const base = { scope, context, clients: openClients(definition, scope, context) };
  const resume = resumeIndex(context.settings.recorded);
  const everywhere = placeFor(definition, { ...base, region: globalRegion });
  yield* readCalls(everywhere, ofScope, resume);
  const readRegion = async (region: string): Promise<readonly Collected[]> => {
    const own = childOf(context.signal);
    const regional = { ...base, region, context: { ...context, signal: own.signal } };
    const place = placeFor(definition, regional, everywhere.ledger);
    const items: Collected[] = [];
    for await (const item of readCalls(place, ofRegion, resume)) items.push(item);
    own.end();
    return items;
  };
  const regions = [...new Set(scope.regions)].toSorted();
  for await (const items of inOrder(regions, regionsAtOnce, readRegion)) yield* items;
}
