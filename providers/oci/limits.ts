import type { Bucket } from "../call.ts";

/** Oracle publishes no figures and answers 429 TooManyRequests; these stay well under what its own console asks. */
export const buckets: Readonly<Record<"core" | "identity" | "other", Bucket>> = {
  core: { capacity: 40, perSecond: 20 },
  identity: { capacity: 10, perSecond: 5 },
  other: { capacity: 20, perSecond: 10 },
};
