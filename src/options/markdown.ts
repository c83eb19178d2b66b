import { optionRows, optionsOf } from "../options.ts";
import { commands, type Command } from "./commands.ts";
import type { OptionRow } from "./table.ts";

/** The whole of docs/options.md, in the shape the formatter leaves alone. */
export function optionsMarkdown(): string {
  return [
    "# Commands and options",
    "",
    "Written from the option table in `src/options/table.ts`; do not edit by hand.",
    "",
    "A list option may be repeated. An option marked as also for the configuration file may stand in `postern.yaml`",
    "under the same name without the dashes; the command line wins over the file. For editors, its JSON Schema is",
    "[postern.schema.json](postern.schema.json).",
    "",
    "## Commands",
    "",
    ...commands.map(commandLine),
    "",
    "## Options",
    "",
    ...optionRows.map(optionLine),
    "",
  ].join("\n");
}

function commandLine({ name, positional, describe }: Command): string {
  const usage = positional === "" ? `postern ${name}` : `postern ${name} ${positional}`;
  const options = optionsOf(name).map((row) => code(`--${row.name}`));
  return `- **${code(usage)}** ${describe}. ${options.length === 0 ? "No options" : options.join(", ")}.`;
}

function optionLine(row: OptionRow): string {
  return [
    `- **${code(usageOf(row))}** ${row.describe}.`,
    ...(row.choices ? [`One of ${row.choices.map(code).join(", ")}.`] : []),
    ...(row.range ? [`From ${row.range[0]} to ${row.range[1]}.`] : []),
    ...(row.commas ? ["Commas separate values."] : []),
    ...(row.default === undefined ? [] : [`Default ${code(String(row.default))}.`]),
    `For ${row.commands.map(code).join(", ")}${row.config ? "; also for the configuration file" : ""}.`,
  ].join(" ");
}

function usageOf({ name, alias, type, placeholder }: OptionRow): string {
  const flag = type === "boolean" ? `--[no-]${name}` : `--${name}`;
  return `${alias === undefined ? "" : `-${alias}, `}${flag}${placeholder === undefined ? "" : ` ${placeholder}`}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
