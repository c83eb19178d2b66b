import type { Plan } from "../model/plan.ts";
import { clean, hang, hangCommand } from "./text.ts";

/** Servers whose single changes are listed. */
const shownServers = 10;

/** The plan in words; nothing when none was asked for. */
export function planLines(plan: Plan | undefined, columns: number): string[] {
  if (!plan) return [];
  return [
    "PLAN",
    ...headLines(plan, columns),
    ...changeLines(plan, columns),
    ...optionLines(plan, columns),
  ];
}

function headLines(
  { changes, exact, atLeast, left, assumptions }: Plan,
  columns: number,
): string[] {
  const head =
    changes.length === 0
      ? "Nothing critical can be removed by a change known here."
      : `${changes.length === 1 ? "One change removes" : `${changes.length} changes remove`} every critical finding${left.length > 0 ? " but those named below" : ""}. ${exact ? "No smaller set does." : `At least ${atLeast} are needed; this set was found greedily and may be larger than the smallest.`} A proposal: nothing was changed.`;
  return [
    ...hang("  ", head, columns),
    ...left.flatMap((id) => hang("  not removed: ", id, columns)),
    ...(changes.length === 0
      ? []
      : assumptions.flatMap((text) => hang("  assuming: ", text, columns))),
  ];
}

function changeLines({ changes }: Plan, columns: number): string[] {
  return changes.flatMap(({ kind, change, provider, scope, ends, steps }, index) => [
    "",
    ...hang(`  ${index + 1}. ${kind}: `, clean(change), columns),
    ...hang(
      "     in ",
      `${provider} ${clean(scope)}; without it ${ends.length} of the findings stay`,
      columns,
    ),
    ...steps.flatMap(({ kind: form, text }) =>
      form === "cli" ? hangCommand("     $ ", text, columns) : hang("     ", clean(text), columns),
    ),
  ]);
}

function optionLines({ servers }: Plan, columns: number): string[] {
  if (servers.length === 0) return [];
  const shown = servers.slice(0, shownServers);
  return [
    "",
    "  What one change alone leaves of a server",
    ...shown.flatMap(({ server, now, cuts }) => [
      ...hang("  ", `${server}, now ${now}`, columns),
      ...cuts.flatMap(({ change, leaves }) =>
        hang(`    ${leaves.padEnd(8)} `, clean(change), columns),
      ),
    ]),
    ...(servers.length > shown.length
      ? [`  and ${servers.length - shown.length} more servers: see the JSON report`]
      : []),
  ];
}
