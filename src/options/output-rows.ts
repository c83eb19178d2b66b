import type { OptionRow } from "./table.ts";

/** Options about what is said beside the results; a part of the table. */
export const outputRows = [
  {
    name: "quiet",
    type: "boolean",
    default: false,
    describe: "No progress and no summary: results and errors only",
    commands: ["audit", "collect", "probe", "report", "replay", "verify", "demo"],
    config: true,
  },
  {
    name: "log-format",
    type: "text",
    placeholder: "FORM",
    choices: ["text", "json"],
    default: "text",
    describe: "Form of the log on standard error",
    commands: ["audit", "collect", "probe", "demo"],
    config: true,
  },
] as const satisfies readonly OptionRow[];
