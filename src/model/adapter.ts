import type { Inventory } from "./inventory.ts";
import type { PolicyEvaluator } from "./policy.ts";
import type { Provider, Scope } from "./provider.ts";
import type { Gap, Knowledge, Page, Snapshot } from "./snapshot.ts";

/** What an adapter declares about one API operation. */
export interface CallFacts {
  /** The snapshot's key: `ec2:DescribeInstances`. */
  readonly operation: string;
  /** The permissions it needs, in the provider's own words. */
  readonly permissions: readonly string[];
  readonly where: "scope" | "region";
  /** `exposed-workload`: a detail call, counted apart and capped. */
  readonly per?: "exposed-workload";
  readonly affects: readonly Knowledge[];
}

/** What became of one call that was tried. */
export interface CallCheck {
  readonly operation: string;
  readonly permissions: readonly string[];
  /** `not-asked`: it takes something that was not found, so nothing is known about its permission. */
  readonly state: "ok" | "denied" | "failed" | "not-asked";
  /** Empty when `ok`. */
  readonly detail: string;
}

/** Everything collection needs from outside; the adapter reads no clock, environment or random source of its own. */
export interface CollectContext {
  readonly signal: AbortSignal;
  /** Called for each gap, in the order they are met. */
  readonly onGap: (gap: Gap) => void;
  /** Called for each attempt that reaches the wire. */
  readonly onAttempt: (attempt: { operation: string; region: string }) => void;
  readonly now: () => Date;
  /** 0 <= n < 1, for jitter. */
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Key for secret fingerprints; 32 bytes. */
  readonly fingerprintKey: Uint8Array;
  readonly settings: CollectSettings;
}

export interface CollectSettings {
  /** Restricts regions; empty = every enabled one. */
  readonly regions: readonly string[];
  /** Restricts scopes; empty = the credential's own. */
  readonly scopes: readonly string[];
  readonly profile?: string;
  /** Of the adapter that is asked; set from `endpoints`. */
  readonly endpoint?: string;
  readonly endpoints?: Readonly<Partial<Record<Provider, string>>>;
  /** Deadline of one API attempt in ms. */
  readonly attemptTimeout: number;
  /** Attempts of one page, the first included. */
  readonly attempts: number;
  readonly maxDetailCalls: number;
  /** Pages already on disk, for `--resume`: calls whose last page is recorded are not made again. */
  readonly recorded?: readonly Page[];
}

/** Everything the core knows about a cloud. One implementation per folder of `providers/`. */
export interface ProviderAdapter {
  readonly provider: Provider;
  readonly calls: readonly CallFacts[];
  /** The scopes the credential can be asked about, regions resolved. */
  scopes(context: CollectContext): Promise<readonly Scope[]>;
  /** Reads the cloud: lists only. Pages come in a fixed order. */
  collect(scope: Scope, context: CollectContext): AsyncIterable<Page>;
  /** The detail calls for workloads that have an exposure or a hint. */
  details(
    scope: Scope,
    workloads: readonly { readonly id: string; readonly region: string }[],
    context: CollectContext,
  ): AsyncIterable<Page>;
  /** Tries each call of the table once, its first page only. */
  check?(scope: Scope, context: CollectContext): AsyncIterable<CallCheck>;
  /** Translates recorded pages to the neutral model. Pure: same snapshot, same inventory. */
  normalise(snapshot: Snapshot): Inventory;
  readonly policy: PolicyEvaluator;
}
