import type { Control } from "../model/finding.ts";
import type { Origin } from "../model/provider.ts";
import type { RuleReport } from "../model/report.ts";
import { controlsFor } from "./controls.ts";
import { rules } from "./index.ts";
import { compare } from "./order.ts";

/** What every rule looks at, for readers of a report, with the controls of the run's providers. */
export function ruleReports(providers: readonly Origin[]): RuleReport[] {
  return rules
    .map(({ id, title, risk, references, controls }) => ({
      id,
      title,
      risk,
      references,
      controls: distinct(providers.flatMap((provider) => controlsFor(controls, provider))),
    }))
    .toSorted((a, b) => compare(a.id, b.id));
}

function distinct(controls: readonly Control[]): Control[] {
  return [
    ...new Map(
      controls.map((control) => [JSON.stringify([control.framework, control.id]), control]),
    ).values(),
  ];
}
