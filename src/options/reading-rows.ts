import type { OptionRow } from "./table.ts";

/** Options about which part of the clouds is read and judged; a part of the table. */
export const readingRows = [
  {
    name: "resume",
    type: "text",
    placeholder: "RUN",
    describe: "Go on with this run directory; what it holds is not asked again",
    commands: ["audit", "collect"],
    config: false,
  },
] as const satisfies readonly OptionRow[];
