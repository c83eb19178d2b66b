import type { ProviderAdapter } from "../model/adapter.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { IdentityUse } from "../model/logging.ts";
import type { Server } from "../model/server.ts";
import { neededOf } from "../permissions/needed.ts";
import { tokenise } from "../tools/tokens.ts";

interface Surroundings {
  readonly adapters: readonly ProviderAdapter[];
  readonly estate: EstateIndex;
  readonly servers: readonly Server[];
  readonly workloads: readonly Pick<Workload, "id" | "name">[];
  readonly uses: readonly IdentityUse[];
}

/** The identities, each that a server with listed tools holds with what those tools need of it. */
export function withNeeds(
  identities: ReadonlyMap<string, IdentityReport>,
  around: Surroundings,
): ReadonlyMap<string, IdentityReport> {
  return new Map([...identities].map(([id, report]) => [id, withNeed(report, around)]));
}

function withNeed(report: IdentityReport, around: Surroundings): IdentityReport {
  const { adapters, estate, servers, workloads, uses } = around;
  const identity = estate.identities.get(report.id);
  const needs = adapters.find(({ provider }) => provider === report.provider)?.policy.needs;
  const holding = servers.filter(({ identities }) =>
    identities.some(({ id, verdict }) => id === report.id && verdict !== "no"),
  );
  const endpoints = holding.flatMap((server) => server.endpoints);
  if (!identity || !needs || !endpoints.some(({ toolsListed }) => toolsListed)) return report;
  const serving = new Set(holding.map(({ workload }) => workload.id));
  const use = uses.find((each) => each.identity === report.id);
  return {
    ...report,
    needed: neededOf({
      identity,
      report,
      needs,
      estate,
      tools: endpoints.flatMap(({ tools, product }) =>
        tools.map((tool) => ({
          tool,
          words: tokenise(tool.name),
          ...(product?.basis === "signals" && { product: product.id }),
        })),
      ),
      unlisted: endpoints.flatMap(({ toolsListed, url }) => (toolsListed ? [] : [url])).toSorted(),
      others: workloads
        .filter(({ id }) => report.workloads.includes(id) && !serving.has(id))
        .map(({ name }) => name)
        .toSorted(),
      ...(use && { use }),
    }),
  };
}
