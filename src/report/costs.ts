import type { Subject } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { clean, hang } from "./text.ts";

/** What the resource of a finding cost in the last month that was billed: `12.5 USD in 2026-10`. */
export function costOf({
  costs = [],
  servers,
  exposures,
}: Report): (subject: Subject) => string | undefined {
  const latest = new Map(
    costs.toSorted((a, b) => (a.month < b.month ? -1 : 1)).map((cost) => [cost.resource, cost]),
  );
  const homes = new Map(
    [...servers, ...exposures].map(({ id, workload }) => [id, workload.id] as const),
  );
  return ({ id }) => {
    const cost = latest.get(homes.get(id) ?? id);
    return cost && `${cost.cost} ${cost.currency} in ${cost.month}`;
  };
}

/** Cost beside what is exposed; nothing when no billing export was joined. */
export function costLines({ costs }: Report, columns: number): string[] {
  if (!costs) return [];
  if (costs.length === 0)
    return ["COST", "  The billing export names none of the exposed resources."];
  return [
    "COST of what is exposed, effective, by the billing export",
    ...costs.flatMap(({ resource, month, cost, currency }) =>
      hang(`  ${month} ${cost} ${currency}  `, clean(resource), columns),
    ),
  ];
}
