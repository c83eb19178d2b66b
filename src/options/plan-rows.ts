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
  {
    name: "owner-tag",
    type: "list",
    commas: true,
    placeholder: "KEY",
    describe: "Tag keys that name who answers for a resource, tried before the usual ones",
    commands: ["audit", "demo"],
    config: true,
  },
  {
    name: "cost-tag",
    type: "list",
    commas: true,
    placeholder: "KEY",
    describe: "Tag keys that name who pays for a resource, tried before the usual ones",
    commands: ["audit", "demo"],
    config: true,
  },
  {
    name: "group-by",
    type: "text",
    placeholder: "WORD",
    describe: "Count findings by owner, provider, scope, rule, or tag:KEY",
    commands: ["audit", "report", "replay"],
    config: true,
  },
] as const satisfies readonly OptionRow[];
