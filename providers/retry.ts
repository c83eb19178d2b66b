import type { GapReason } from "../src/model/snapshot.ts";
import { attempt } from "./attempt.ts";
import type { Unanswered } from "./breaker.ts";
import type { Call, ErrorFacts, PageRequest, RawPage } from "./call.ts";
import { messageOf, type Failure, type Place } from "./place.ts";

/** ms. Full jitter: a wait is anything from 0 to base * 2^n, at most the cap. */
const backoff = { base: 200, cap: 20_000 } as const;
/** ms. A provider that asks for more than this is not waited for. */
const longestRetryAfter = 60_000;

export type PageOutcome =
  | { readonly kind: "page"; readonly page: RawPage }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "interrupted" };

type Step = Exclude<PageOutcome, { kind: "failed" }> | { kind: "error"; facts: ErrorFacts };

/** One page, with as many attempts as the settings give. Never rejects. */
export async function fetchPage<C>(
  place: Place<C>,
  call: Call<C>,
  request: Omit<PageRequest, "signal">,
): Promise<PageOutcome> {
  const { settings } = place.context;
  for (let made = 1; ; made++) {
    const step = await tryOnce(place, call, request);
    if (step.kind !== "error") return step;
    const wait = made < settings.attempts ? waitBefore(place, call, step.facts, made) : undefined;
    if (wait === undefined) {
      const { reason } = step.facts;
      if (isUnanswered(reason)) place.breaker.gaveUp(call.family, reason);
      return { kind: "failed", failure: step.facts };
    }
    if (!(await rest(place, wait))) return { kind: "interrupted" };
  }
}

async function tryOnce<C>(
  place: Place<C>,
  call: Call<C>,
  request: Omit<PageRequest, "signal">,
): Promise<Step> {
  const { context, breaker, clients, region } = place;
  const { settings, signal } = context;
  try {
    await place.bucket(call.family).take(signal);
  } catch (error) {
    if (!signal.aborted) return { kind: "error", facts: unexpected(error) };
  }
  if (signal.aborted) return { kind: "interrupted" };
  context.onAttempt({ operation: call.operation, region });
  const outcome = await attempt(
    async (own) => call.fetch(await clients, { ...request, signal: own }),
    settings.attemptTimeout,
    signal,
  );
  if (outcome.kind === "aborted") return { kind: "interrupted" };
  if (outcome.kind === "timeout") {
    const detail = `no answer within ${settings.attemptTimeout} ms`;
    return { kind: "error", facts: { reason: "timeout", detail, retry: true } };
  }
  if (outcome.kind === "answer") {
    breaker.answered(call.family);
    return { kind: "page", page: outcome.value };
  }
  if (signal.aborted) return { kind: "interrupted" };
  const facts = factsOf(place, outcome.error);
  if (!isUnanswered(facts.reason)) breaker.answered(call.family);
  if (facts.reason === "throttled") place.bucket(call.family).drain();
  return { kind: "error", facts };
}

function factsOf<C>({ classify }: Pick<Place<C>, "classify">, error: unknown): ErrorFacts {
  try {
    return classify(error) ?? unexpected(error);
  } catch {
    return unexpected(error);
  }
}

function unexpected(error: unknown): ErrorFacts {
  return { reason: "unavailable", detail: messageOf(error), retry: false };
}

function isUnanswered(reason: GapReason): reason is Unanswered {
  return reason === "timeout" || reason === "unavailable";
}

/** ms until the next attempt; undefined = there is none. */
function waitBefore<C>(
  { breaker, context }: Place<C>,
  { family }: Call<C>,
  facts: ErrorFacts,
  made: number,
): number | undefined {
  const asked = facts.retryAfterMs ?? 0;
  if (!facts.retry || asked > longestRetryAfter) return undefined;
  const { reason } = facts;
  if (isUnanswered(reason) && !breaker.mayRetry(family, reason)) return undefined;
  const ceiling = Math.min(backoff.cap, backoff.base * 2 ** made);
  return Math.max(asked, Math.floor(context.random() * ceiling));
}

/** False when the run was stopped meanwhile. */
async function rest<C>({ context: { sleep, signal } }: Place<C>, ms: number): Promise<boolean> {
  try {
    await sleep(ms, signal);
  } catch {
    // Woken early: by the stop, or by a clock that fails, which is no reason to lose the page.
  }
  return !signal.aborted;
}
