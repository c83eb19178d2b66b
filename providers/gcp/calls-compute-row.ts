import type { Knowledge } from "../../src/model/snapshot.ts";
import type { CallRow } from "./calls-row.ts";

export const pageSize = 500;
export const root = "/compute/v1";

export function compute(
  method: string,
  affects: readonly Knowledge[],
): Pick<CallRow, "operation" | "service" | "permissions" | "affects"> {
  return {
    operation: `compute.${method}`,
    service: "compute",
    permissions: [`compute.${method}`],
    affects,
  };
}

/** One list over all zones and regions; those that do not answer are named in it. */
export function aggregated(
  collection: string,
  affects: readonly Knowledge[],
  method = collection,
): CallRow {
  return {
    ...compute(`${method}.aggregatedList`, affects),
    permissions: [`compute.${collection}.list`],
    request: ({ project, params }) => ({
      path: `${root}/projects/${params["project"] ?? project}/aggregated/${collection}`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
    }),
  };
}

export function plain(collection: string, affects: readonly Knowledge[]): CallRow {
  return {
    ...compute(`${collection}.list`, affects),
    request: ({ project }) => ({
      path: `${root}/projects/${project}/global/${collection}`,
      query: { maxResults: pageSize, returnPartialSuccess: true },
    }),
  };
}
