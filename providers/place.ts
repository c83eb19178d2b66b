import type { CollectContext } from "../src/model/adapter.ts";
import type { JsonObject } from "../src/model/json.ts";
import type { Scope } from "../src/model/provider.ts";
import type { Gap, GapReason, Page } from "../src/model/snapshot.ts";
import { breaker, type Breaker } from "./breaker.ts";
import type { AdapterDefinition, Answered, Call, ErrorFacts, Recorded } from "./call.ts";
import { tokenBucket, type TokenBucket } from "./limiter.ts";
import { cleanDetail } from "./record.ts";

/** Calls of the whole scope are recorded under this instead of a region. */
export const globalRegion = "global";

/** Why something could not be read; `detail` not yet cleaned. */
export interface Failure {
  readonly reason: GapReason;
  readonly detail: string;
}

/** What is the same for every call of one (scope, region). */
export interface Place<C> {
  readonly scope: Scope;
  readonly region: string;
  /** Awaited within an attempt, so that credentials that never come cost a deadline and become gaps. */
  readonly clients: Promise<C>;
  readonly context: CollectContext;
  readonly classify: (error: unknown) => ErrorFacts | undefined;
  readonly bucket: (family: string) => TokenBucket;
  readonly breaker: Breaker;
  readonly ledger: Ledger;
}

/** Pages and gaps of one place, for the calls that depend on them. */
export interface Ledger extends Recorded {
  add(page: Page): void;
  fail(operation: string, failure: Failure): void;
  failureOf(operation: string): Failure | undefined;
}

export function ledger(outer?: Ledger): Ledger {
  const answers = new Map<string, Answered[]>();
  const failures = new Map<string, Failure>();
  const answersOf = (operation: string): readonly Answered[] => [
    ...(answers.get(operation) ?? []),
    ...(outer?.answers?.(operation) ?? []),
  ];
  return {
    add({ call, params, body }) {
      const list = answers.get(call);
      if (list) list.push({ params, body });
      else answers.set(call, [{ params, body }]);
    },
    fail(operation, failure) {
      if (!failures.has(operation)) failures.set(operation, failure);
    },
    failureOf: (operation) => failures.get(operation) ?? outer?.failureOf(operation),
    answers: answersOf,
    bodies: (operation) => answersOf(operation).map(({ body }) => body),
  };
}

export function placeFor<C>(
  definition: AdapterDefinition<C>,
  base: Pick<Place<C>, "scope" | "region" | "clients" | "context">,
  outer?: Ledger,
): Place<C> {
  const buckets = new Map<string, TokenBucket>();
  return {
    ...base,
    classify: (error) => definition.classify(error),
    breaker: breaker(base.region === globalRegion),
    ledger: ledger(outer),
    bucket(family) {
      const known = buckets.get(family);
      if (known) return known;
      const limit = definition.buckets[family];
      if (!limit) throw new Error(`no token bucket is defined for the API family ${family}`);
      const made = tokenBucket(limit, base.context);
      buckets.set(family, made);
      return made;
    },
  };
}

export function gapOf<C>(
  { scope, region, context, ledger: own }: Place<C>,
  { operation, affects }: Call<C>,
  failure: Failure,
  params: JsonObject = {},
): Gap {
  own.fail(operation, failure);
  return {
    call: operation,
    scope: scope.id,
    region,
    ...(Object.keys(params).length > 0 && { params }),
    reason: failure.reason,
    detail: cleanDetail(failure.detail, context.fingerprintKey),
    affects,
  };
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

export function openClients<C>(
  definition: AdapterDefinition<C>,
  scope: Scope,
  context: CollectContext,
): Promise<C> {
  const clients = Promise.resolve().then(() => definition.clients(scope, context));
  // Each attempt sees the failure; without any attempt nobody would.
  clients.catch(() => {});
  return clients;
}
