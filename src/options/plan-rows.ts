import type { OptionRow } from "./table.ts";

/** Options about what to do with the findings; a part of the table. */
export const planRows = [
  {
    name: "plan",
    type: "boolean",
    describe: "Work out the smallest set of changes that leaves no critical finding; none is made",
    commands: ["audit", "replay", "demo"],
    config: true,
  },
] as const satisfies readonly OptionRow[];
