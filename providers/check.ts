import type { CallCheck, CollectContext } from "../src/model/adapter.ts";
import type { JsonObject } from "../src/model/json.ts";
import type { Scope } from "../src/model/provider.ts";
import type { AdapterDefinition, Call } from "./call.ts";
import { pageOf } from "./list.ts";
import { globalRegion, openClients, placeFor, type Place } from "./place.ts";
import { cleanDetail } from "./record.ts";
import { fetchPage } from "./retry.ts";

/** Every call of the table once, its first page only; regional ones in the first region of the scope. */
export async function* checkCalls<C>(
  definition: AdapterDefinition<C>,
  scope: Scope,
  context: CollectContext,
): AsyncGenerator<CallCheck> {
  const base = { scope, context, clients: openClients(definition, scope, context) };
  const everywhere = placeFor(definition, { ...base, region: globalRegion });
  const [region = globalRegion] = scope.regions.toSorted();
  const regional = placeFor(definition, { ...base, region }, everywhere.ledger);
  for (const call of definition.calls) {
    if (context.signal.aborted) return;
    yield checkOf(call, await tried(call.where === "scope" ? everywhere : regional, call));
  }
}

type Tried = Pick<CallCheck, "state" | "detail">;

async function tried<C>(place: Place<C>, call: Call<C>): Promise<Tried> {
  if (call.per === "exposed-workload")
    return { state: "not-asked", detail: "asked about single workloads only" };
  const params = firstParams(place, call);
  if (params === undefined)
    return { state: "not-asked", detail: "nothing that it could be asked about was found" };
  const { region } = place;
  const outcome = await fetchPage(place, call, { region, params, token: undefined });
  if (outcome.kind === "interrupted") return { state: "failed", detail: "interrupted" };
  if (outcome.kind === "failed") {
    const { reason, detail } = outcome.failure;
    return {
      state: reason === "denied" ? "denied" : "failed",
      detail: cleanDetail(`${reason}: ${detail}`, place.context.fingerprintKey),
    };
  }
  const page = await pageOf(place, call, params, 0, outcome.page);
  if (!("reason" in page)) place.ledger.add(page);
  return { state: "ok", detail: "" };
}

function firstParams<C>({ ledger }: Place<C>, call: Call<C>): JsonObject | undefined {
  try {
    return call.params ? call.params(ledger)[0] : {};
  } catch {
    return undefined;
  }
}

function checkOf<C>({ operation, permissions }: Call<C>, found: Tried): CallCheck {
  return { operation, permissions, ...found };
}
