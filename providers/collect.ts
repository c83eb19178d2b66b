import type { JsonObject } from "../src/model/json.ts";
import type { Gap, Page } from "../src/model/snapshot.ts";
import type { Call, Recorded } from "./call.ts";
import { inOrder } from "./in-order.ts";
import { readList, type ListOutcome } from "./list.ts";
import { gapOf, messageOf, type Failure, type Place } from "./place.ts";
import type { ResumeIndex } from "./resume.ts";

/** Lists of one call that are in the air at once; the token bucket holds the rate. */
const listsAtOnce = 4;

export type Collected = { readonly page: Page } | { readonly gap: Gap };

/** Calls one after the other, their lists in order: the same cloud gives the same sequence. */
export async function* readCalls<C>(
  place: Place<C>,
  calls: readonly Call<C>[],
  resume: ResumeIndex,
): AsyncGenerator<Collected> {
  for (const call of calls) yield* readCall(place, call, resume);
}

async function* readCall<C>(
  place: Place<C>,
  call: Call<C>,
  resume: ResumeIndex,
): AsyncGenerator<Collected> {
  const plan = planOf(place, call);
  if (plan.failure) yield { gap: gapOf(place, call, plan.failure) };
  yield* readLists(place, call, plan.params, resume);
}

/** The lists of one call. What is left when the region falls silent or the run stops becomes one gap. */
export async function* readLists<C>(
  place: Place<C>,
  call: Call<C>,
  params: readonly JsonObject[],
  resume: ResumeIndex,
): AsyncGenerator<Collected> {
  let rest: Failure | undefined;
  const read = async (list: JsonObject): Promise<ListOutcome | Failure> => {
    const recorded = resume(call.operation, place.region, list);
    if (recorded) return { pages: recorded };
    return stopped(place, call) ?? (await readList(place, call, list));
  };
  // The first list goes alone: if nothing answers it, the others need not wait for a deadline each.
  for (const batch of [params.slice(0, 1), params.slice(1)]) {
    for await (const outcome of inOrder(batch, listsAtOnce, read)) {
      if ("reason" in outcome) {
        rest ??= outcome;
        continue;
      }
      for (const page of outcome.pages) {
        place.ledger.add(page);
        yield { page };
      }
      if (outcome.gap) yield { gap: outcome.gap };
      if (outcome.interrupted) rest ??= interruption;
    }
  }
  if (rest) yield { gap: gapOf(place, call, rest) };
}

const interruption: Failure = {
  reason: "unavailable",
  detail: "not read: the run was interrupted",
};

function stopped<C>(
  { context, breaker, region }: Place<C>,
  { family }: Call<C>,
): Failure | undefined {
  if (context.signal.aborted) return interruption;
  return breaker.isOpen(family)
    ? { reason: "timeout", detail: `not asked: ${region} did not answer the calls before` }
    : undefined;
}

interface Plan {
  readonly params: readonly JsonObject[];
  readonly failure?: Failure;
}

/**
 * What a call looks up in the recording decides whether and how often it is made. If that was not fully read, an
 * empty list proves nothing: the call is not skipped, and lists that cannot be named become a gap.
 */
function planOf<C>({ ledger }: Place<C>, call: Call<C>): Plan {
  const consulted = new Set<string>();
  const recorded: Recorded = {
    bodies(operation) {
      consulted.add(operation);
      return ledger.bodies(operation);
    },
    answers(operation) {
      consulted.add(operation);
      return ledger.answers?.(operation) ?? [];
    },
  };
  const unread = (): { operation: string; failure: Failure } | undefined => {
    for (const operation of consulted) {
      const failure = ledger.failureOf(operation);
      if (failure) return { operation, failure };
    }
    return undefined;
  };
  try {
    if (call.skip?.(recorded) !== undefined && !unread()) return { params: [] };
    consulted.clear();
    const params = call.params?.(recorded) ?? [{}];
    const missing = unread();
    if (!missing) return { params };
    const { operation, failure } = missing;
    const detail = `${operation}, which names what to ask for, was not fully read: ${failure.detail}`;
    return { params, failure: { reason: failure.reason, detail } };
  } catch (error) {
    return { params: [], failure: { reason: "unavailable", detail: messageOf(error) } };
  }
}
