import { json } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { terminal } from "./terminal.ts";

/** By the name that `--format` takes. */
export const reporters = { json, terminal } as const satisfies Readonly<Record<string, Reporter>>;

export type FormatName = keyof typeof reporters;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(reporters, name);
}
