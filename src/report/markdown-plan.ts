import type { Plan, PlannedChange } from "../model/plan.ts";
import { markdownBlock, markdownText } from "./markdown-text.ts";
import { printable } from "./text.ts";

/** The plan as a list for a pull request; nothing when none was asked for. */
export function planSection(plan: Plan | undefined): string[] {
  if (!plan || plan.changes.length === 0) return [];
  const { changes, exact, atLeast } = plan;
  return [
    "### Plan",
    "",
    `${changes.length} changes remove every critical finding; ${exact ? "no smaller set does" : `at least ${atLeast} are needed`}. A proposal: nothing was changed.`,
    "",
    ...changes.flatMap((change, index) => changeLines(change, index)),
  ];
}

function changeLines({ change, steps }: PlannedChange, index: number): string[] {
  const commands = steps.filter(({ kind }) => kind === "cli");
  return [
    `${index + 1}. ${markdownText(change)}`,
    "",
    ...commands.flatMap(({ text }) => markdownBlock("sh", text.split("\n").map(printable))),
    "",
  ];
}
