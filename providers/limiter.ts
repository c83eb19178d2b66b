import type { CollectContext } from "../src/model/adapter.ts";
import type { Bucket } from "./call.ts";

export interface TokenBucket {
  /** Resolves when a request may leave. Waits in line: a later caller never overtakes. */
  take(signal: AbortSignal): Promise<void>;
  /** Throws away what is saved up, after the provider said that it was too much. */
  drain(): void;
}

export function tokenBucket(
  { capacity, perSecond }: Bucket,
  { now, sleep }: Pick<CollectContext, "now" | "sleep">,
): TokenBucket {
  let tokens = capacity;
  let filledAt = now().getTime();

  function refill(): void {
    const at = now().getTime();
    tokens = Math.min(capacity, tokens + (Math.max(0, at - filledAt) / 1000) * perSecond);
    filledAt = at;
  }

  return {
    async take(signal) {
      refill();
      tokens -= 1;
      if (tokens < 0) await sleep(Math.ceil((-tokens / perSecond) * 1000), signal);
    },
    drain() {
      refill();
      tokens = Math.min(tokens, 0);
    },
  };
}
