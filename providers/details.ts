import type { CollectContext } from "../src/model/adapter.ts";
import type { Scope } from "../src/model/provider.ts";
import type { AdapterDefinition, Call } from "./call.ts";
import { type Collected, readLists } from "./collect.ts";
import { gapOf, openClients, type Place, placeFor } from "./place.ts";
import { resumeIndex } from "./resume.ts";

/** The detail calls of each workload, region by region, at most `maxDetailCalls` in all. */
export async function* readDetails<C>(
  definition: AdapterDefinition<C>,
  scope: Scope,
  workloads: readonly { readonly id: string; readonly region: string }[],
  context: CollectContext,
): AsyncGenerator<Collected> {
  const calls = definition.calls.filter(({ per }) => per === "exposed-workload");
  if (calls.length === 0 || workloads.length === 0) return;
  const clients = openClients(definition, scope, context);
  const resume = resumeIndex(context.settings.recorded);
  let left = context.settings.maxDetailCalls;
  for (const region of [...new Set(workloads.map((workload) => workload.region))].toSorted()) {
    const place = placeFor(definition, { scope, context, clients, region });
    for (const page of context.settings.recorded ?? []) {
      if (page.region === region) place.ledger.add(page);
    }
    const ids = workloads.filter((workload) => workload.region === region).map(({ id }) => id);
    const sorted = [...new Set(ids)].toSorted();
    for (const call of calls) {
      if (call.skip?.(place.ledger) !== undefined) continue;
      const asked = sorted.slice(0, left);
      left -= asked.length;
      yield* readLists(place, call, asked.map(call.detail ?? noParameters), resume);
      if (asked.length < sorted.length) yield capGap(place, call, sorted.length - asked.length);
    }
  }
}

function noParameters(): Record<string, never> {
  return {};
}

function capGap<C>(place: Place<C>, call: Call<C>, unasked: number): Collected {
  const { maxDetailCalls } = place.context.settings;
  const detail = `${unasked} workloads not asked: more than ${maxDetailCalls} detail calls (--max-detail-calls)`;
  return { gap: gapOf(place, call, { reason: "unsupported", detail }) };
}
