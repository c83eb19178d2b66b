import { csv } from "./csv.ts";
import { cyclonedx } from "./cyclonedx.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ocsf15 } from "./ocsf-1.5.ts";
import { ocsf } from "./ocsf.ts";
import { openmetrics } from "./openmetrics.ts";
import { oscal } from "./oscal.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { terminal } from "./terminal.ts";

/** By the name that `--format` takes. */
export const reporters = {
  csv,
  cyclonedx,
  html,
  json,
  jsonl,
  junit,
  markdown,
  ocsf,
  "ocsf-1.5": ocsf15,
  openmetrics,
  oscal,
  sarif,
  terminal,
} as const satisfies Readonly<Record<string, Reporter>>;

export type FormatName = keyof typeof reporters;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(reporters, name);
}
