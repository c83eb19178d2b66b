import {
  type AdapterDefinition,
  type Call,
  defineAdapter,
  type RawPage,
} from "../../providers/adapter.ts";
import type { CollectContext, CollectSettings, ProviderAdapter } from "../../src/model/adapter.ts";
import type { Gap, Page } from "../../src/model/snapshot.ts";

/** What the fake cloud throws; `kind` is what `classify` makes of it. */
export class CloudError extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  constructor(status: number, message: string, retryAfterMs?: number) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export type Clients = { readonly name: "fake" };

export function call(
  operation: string,
  fetch: Call<Clients>["fetch"],
  rest: Partial<Call<Clients>> = {},
): Call<Clients> {
  return {
    operation,
    permissions: [operation],
    where: "region",
    affects: ["workloads"],
    family: "api",
    fetch,
    ...rest,
  };
}

export const answer = (body: unknown, next?: string): RawPage => ({
  body,
  requestId: "req-1",
  ...(next !== undefined && { next }),
});

export const hang = (): Promise<never> => new Promise<never>(() => {});

export function adapterOf(
  calls: readonly Call<Clients>[],
  rest: Partial<AdapterDefinition<Clients>> = {},
): ProviderAdapter {
  return defineAdapter<Clients>({
    provider: "aws",
    calls,
    buckets: { api: { capacity: 1000, perSecond: 1000 }, slow: { capacity: 1, perSecond: 2 } },
    clients: async () => ({ name: "fake" }),
    scopes: async () => [],
    classify(error) {
      if (!(error instanceof CloudError)) return undefined;
      const { status, message: detail, retryAfterMs } = error;
      if (status === 429) {
        return {
          reason: "throttled",
          detail,
          retry: true,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        };
      }
      if (status === 403) return { reason: "denied", detail, retry: false };
      return { reason: "unavailable", detail, retry: true };
    },
    normalise: () => {
      throw new Error("not part of this test");
    },
    policy: {
      grants: () => [],
      limits: () => [],
      adminProbes: [],
      escalations: [],
      decide: () => {
        throw new Error("not part of this test");
      },
    },
    ...rest,
  });
}

export interface Watch {
  readonly context: CollectContext;
  readonly gaps: Gap[];
  readonly attempts: string[];
  readonly sleeps: number[];
  readonly stop: () => void;
}

/** A context with a clock that only sleeping moves. */
export function watch(settings: Partial<CollectSettings> = {}): Watch {
  const controller = new AbortController();
  const gaps: Gap[] = [];
  const attempts: string[] = [];
  const sleeps: number[] = [];
  let clock = Date.UTC(2026, 0, 1);
  return {
    gaps,
    attempts,
    sleeps,
    stop: () => controller.abort(),
    context: {
      signal: controller.signal,
      onGap: (gap) => gaps.push(gap),
      onAttempt: ({ operation, region }) => attempts.push(`${region}/${operation}`),
      now: () => new Date(clock),
      random: () => 0.5,
      sleep: async (ms) => {
        sleeps.push(ms);
        clock += ms;
      },
      fingerprintKey: new Uint8Array(32).fill(7),
      settings: {
        regions: [],
        scopes: [],
        attemptTimeout: 1_000,
        attempts: 3,
        maxDetailCalls: 10,
        ...settings,
      },
    },
  };
}

export async function collect(
  adapter: ProviderAdapter,
  { context }: Watch,
  regions: readonly string[] = ["r1"],
): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of adapter.collect(
    { provider: "aws", id: "111122223333", regions },
    context,
  )) {
    pages.push(page);
  }
  return pages;
}

export const placesOf = (pages: readonly Page[]): string[] =>
  pages.map(({ region, call: operation, page }) => `${region}/${operation}#${page}`);
