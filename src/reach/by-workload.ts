import type { Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { groupBy } from "./group-by.ts";

/** Approaches in the order of the workloads. */
export interface ByWorkload {
  readonly list: readonly Approach[];
  /** For each workload, where its approaches end; they begin where those of the one before end. */
  readonly ends: Uint32Array;
}

/** Needs no index where approaches come in the order of the workloads, as adapters write them. */
export function byWorkload(
  workloads: readonly Workload[],
  approaches: readonly Approach[],
): ByWorkload {
  const ends = new Uint32Array(workloads.length);
  let end = 0;
  for (let i = 0; i < workloads.length; i += 1) {
    const id = workloads[i]?.id;
    while (end < approaches.length && approaches[end]?.workload === id) end += 1;
    ends[i] = end;
  }
  if (end === approaches.length) return { list: approaches, ends };
  const groups = groupBy(approaches, ({ workload }) => workload);
  const list = workloads.flatMap(({ id }) => groups.get(id) ?? []);
  let sum = 0;
  for (const [i, { id }] of workloads.entries()) {
    sum += groups.get(id)?.length ?? 0;
    ends[i] = sum;
  }
  return { list, ends };
}
