import { csv } from "./csv.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { openmetrics } from "./openmetrics.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { terminal } from "./terminal.ts";

/** By the name that `--format` takes. */
export const reporters = {
  csv,
  json,
  jsonl,
  junit,
  markdown,
  openmetrics,
  sarif,
  terminal,
} as const satisfies Readonly<Record<string, Reporter>>;

export type FormatName = keyof typeof reporters;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(reporters, name);
}
