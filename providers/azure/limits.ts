import type { Bucket } from "../call.ts";

/**
 * Half of what Azure Resource Manager grants a principal's reads per subscription (250 at once, 25 a second), so that
 * an audit never takes the other half from those who run the subscription; providers of resources have limits of
 * their own, which they do not publish.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
export const buckets: Readonly<Record<"arm" | "graph", Bucket>> = {
  arm: { capacity: 125, perSecond: 12 },
  // A small tenant has 3,500 units in ten seconds, and a list takes up to three. https://learn.microsoft.com/graph/throttling-limits
  graph: { capacity: 100, perSecond: 20 },
};
