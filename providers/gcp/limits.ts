import type { Bucket } from "../call.ts";
import type { GcpService } from "./request.ts";

/**
 * Half of what Google grants a project's reads (compute 1,500 a minute, run and resource manager a few hundred), so that
 * an audit never takes the other half from those who run it. https://cloud.google.com/compute/docs/api/rate-quotas
 */
export const buckets: Readonly<Record<GcpService, Bucket>> = {
  compute: { capacity: 40, perSecond: 10 },
  run: { capacity: 20, perSecond: 5 },
  resourceManager: { capacity: 20, perSecond: 5 },
  iam: { capacity: 20, perSecond: 5 },
  networkSecurity: { capacity: 20, perSecond: 5 },
  asset: { capacity: 5, perSecond: 1 },
  functions: { capacity: 20, perSecond: 5 },
  container: { capacity: 20, perSecond: 5 },
  networkConnectivity: { capacity: 20, perSecond: 5 },
  dns: { capacity: 20, perSecond: 5 },
};
