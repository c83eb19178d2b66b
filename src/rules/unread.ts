import type { Knowledge } from "../model/snapshot.ts";
import type { WorkloadContext } from "./rule.ts";

/** Says which call about this workload, or about its whole region, was not read, as the start of a sentence. */
export function unread({ gaps, workload }: WorkloadContext, what: Knowledge): string | undefined {
  const gap = gaps.find(
    ({ affects, params }) =>
      affects.includes(what) &&
      (params === undefined || Object.values(params).some((value) => value === workload.id)),
  );
  return gap && `${gap.call} was not read (${gap.reason})`;
}
