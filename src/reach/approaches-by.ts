import type { Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { groupBy } from "./group-by.ts";

/** The approaches of each workload. To be asked once for each, in the order of the list. */
export type ApproachesBy = (workload: string) => readonly Approach[];

/** Needs no index where approaches come in the order of the workloads, as adapters write them. */
export function approachesBy(
  workloads: readonly Workload[],
  approaches: readonly Approach[],
): ApproachesBy {
  if (!follows(workloads, approaches)) {
    const groups = groupBy(approaches, ({ workload }) => workload);
    return (workload) => groups.get(workload) ?? none;
  }
  let at = 0;
  return (workload) => {
    const from = at;
    at = endOf(approaches, workload, at);
    return from === at ? none : approaches.slice(from, at);
  };
}

const none: readonly Approach[] = [];

function follows(workloads: readonly Workload[], approaches: readonly Approach[]): boolean {
  let at = 0;
  for (const { id } of workloads) at = endOf(approaches, id, at);
  return at === approaches.length;
}

function endOf(approaches: readonly Approach[], workload: string, from: number): number {
  let at = from;
  while (approaches[at]?.workload === workload) at += 1;
  return at;
}
