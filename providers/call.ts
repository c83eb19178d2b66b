import type { CallFacts, CollectContext, ProviderAdapter } from "../src/model/adapter.ts";
import type { Json, JsonObject } from "../src/model/json.ts";
import type { Scope } from "../src/model/provider.ts";
import type { GapReason } from "../src/model/snapshot.ts";

/** One request for one page. */
export interface PageRequest {
  /** `global` for calls of the whole scope. */
  readonly region: string;
  readonly params: JsonObject;
  /** What the page before named as its continuation; absent for the first page. */
  readonly token: string | undefined;
  /** Aborted at the deadline of the attempt and when the run stops. */
  readonly signal: AbortSignal;
}

/** An answer as the SDK gives it. An empty `next` ends the list. */
export interface RawPage {
  readonly body: unknown;
  readonly requestId?: string;
  readonly next?: string;
}

/** What has been recorded so far of the same scope. */
export interface Recorded {
  /** Redacted page bodies of one operation: those of the own region, then those of `global`. */
  bodies(operation: string): readonly Json[];
  /** The same with what was asked, for answers that do not name it. */
  answers?(operation: string): readonly Answered[];
}

/** A recorded answer and the parameters of its question. */
export interface Answered {
  readonly params: JsonObject;
  readonly body: Json;
}

/** One API operation of a provider and how to ask it. */
export interface Call<C> extends CallFacts {
  /** Token bucket it draws from; a key of `buckets`. */
  readonly family: string;
  /** One list per element, in this order; absent = one list without parameters. */
  readonly params?: (recorded: Recorded) => readonly JsonObject[];
  /** The reason why there is nothing to ask: not called, and not a gap. */
  readonly skip?: (recorded: Recorded) => string | undefined;
  /** Parameters for one workload, for `per: 'exposed-workload'`. */
  readonly detail?: (workloadId: string) => JsonObject;
  readonly fetch: (clients: C, request: PageRequest) => Promise<RawPage>;
}

/** What an SDK's error means. */
export interface ErrorFacts {
  readonly reason: GapReason;
  readonly detail: string;
  /** Another attempt may succeed. */
  readonly retry: boolean;
  readonly retryAfterMs?: number;
}

/** Requests that may be in the air at once, and how fast they come back. */
export interface Bucket {
  readonly capacity: number;
  readonly perSecond: number;
}

export interface AdapterDefinition<C> extends Pick<
  ProviderAdapter,
  "provider" | "normalise" | "policy"
> {
  readonly calls: readonly Call<C>[];
  /** Per API family; every (scope, region, family) has a bucket of its own. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** Clients with retries and timeouts of the SDK switched off; without a scope, those that find the scopes. */
  clients(scope: Scope | undefined, context: CollectContext): Promise<C>;
  scopes(context: CollectContext, clients: C): Promise<readonly Scope[]>;
  /** Undefined for what is not an answer of the API. */
  classify(error: unknown): ErrorFacts | undefined;
}
