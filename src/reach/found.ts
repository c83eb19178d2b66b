import type { Blocked, Exposure, WorkloadRef } from "../model/exposure.ts";
import type { Workload } from "../model/inventory.ts";

/** Ports that clients reach, and what keeps them away from others. */
export interface Reach {
  readonly exposures: readonly Exposure[];
  readonly blocked: readonly Blocked[];
}

export interface ReachOptions {
  /** Say of every closed port what closes it, not only of those that some rule admits to someone. */
  readonly everyPort?: boolean;
  /** CIDRs of the clients, private ones too, in place of the internet. */
  readonly from?: readonly string[];
}

export function refOf({ id, name, kind, tags }: Workload): WorkloadRef {
  return { id, name, kind, tags };
}
