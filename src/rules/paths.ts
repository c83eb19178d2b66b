import type { Exposure } from "../model/exposure.ts";
import type { ServerEndpoint } from "../model/server.ts";
import { compare } from "./order.ts";
import type { WorkloadContext } from "./rule.ts";

/** The most exposed first: from the internet, known to be reachable, certain. */
export function byExposure(a: Exposure, b: Exposure): number {
  return weight(a) - weight(b) || compare(a.id, b.id);
}

function weight({ sources, verdict, certainty }: Exposure): number {
  return (
    (sources === "internet" ? 0 : 4) +
    (verdict === "reachable" ? 0 : 2) +
    (certainty === "certain" ? 0 : 1)
  );
}

/** The most exposed path to one endpoint. */
export function pathTo(
  endpoint: ServerEndpoint,
  { exposures }: WorkloadContext,
): Exposure | undefined {
  return exposures.find(({ id }) => endpoint.exposures.includes(id));
}

export function internetPath(
  context: WorkloadContext,
  endpoint?: ServerEndpoint,
): Exposure | undefined {
  return context.exposures.find(
    ({ id, sources }) => sources === "internet" && (!endpoint || endpoint.exposures.includes(id)),
  );
}
