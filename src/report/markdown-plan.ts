import type { Plan } from "../model/plan.ts";
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
    ...changes.flatMap(({ change, steps }, index) => [
      `${index + 1}. ${markdownText(change)}`,
      "",
      ...steps
        .filter(({ kind }) => kind === "cli")
        .flatMap(({ text }) => markdownBlock("sh", text.split("\n").map(printable))),
      "",
    ]),
  ];
}
