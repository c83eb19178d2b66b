import type { Report } from "../model/report.ts";
import { costsOf } from "./focus.ts";

/** The report with what its exposed resources cost by the billing export; a resource that the export lacks gets no price. */
export async function priced(report: Report, chunks: AsyncIterable<string>): Promise<Report> {
  const resources = report.exposures.flatMap(({ workload, hops, entry }) => [
    workload.id,
    ...(entry.address === undefined ? [] : [entry.address]),
    ...hops.filter(({ kind }) => kind === "balancer" || kind === "edge").map(({ id }) => id),
  ]);
  const servers = report.servers.map(({ workload }) => workload.id);
  return { ...report, costs: await costsOf(chunks, new Set([...resources, ...servers])) };
}
