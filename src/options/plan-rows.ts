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
  {
    name: "focus",
    type: "text",
    placeholder: "FILE.csv",
    describe: "Show what exposed resources cost by this billing export in FOCUS format",
    commands: ["audit", "report", "replay", "demo"],
    config: true,
  },
] as const satisfies readonly OptionRow[];
