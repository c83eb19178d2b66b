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
  {
    name: "max-detail-calls",
    type: "integer",
    placeholder: "N",
    range: [0, 100_000],
    default: 500,
    describe: "Most calls about single workloads; what lies beyond becomes a gap",
    commands: ["audit", "collect"],
    config: true,
  },
  {
    name: "include",
    type: "list",
    placeholder: "GLOB",
    describe:
      "Keep only workloads that fit, by their id or name or by that of their scope; scope:GLOB and workload:GLOB say which",
    commands: ["audit", "collect"],
    config: true,
  },
  {
    name: "exclude",
    type: "list",
    placeholder: "GLOB",
    describe: "Leave out what fits; a scope that fits is not read at all",
    commands: ["audit", "collect"],
    config: true,
  },
  {
    name: "check",
    type: "boolean",
    default: false,
    describe: "Try each call once, with one page, and say which are denied",
    commands: ["permissions"],
    config: false,
  },
] as const satisfies readonly OptionRow[];
