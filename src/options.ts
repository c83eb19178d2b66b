import type { CommandName } from "./options/commands.ts";
import { options, type OptionName, type OptionRow } from "./options/table.ts";

// The validator is in options/config.ts and loads zod (60 ms of CPU): `--help` must not pay for it.

type Row<N extends OptionName> = Extract<(typeof options)[number], { readonly name: N }>;
type Choice<R> = R extends { readonly choices: readonly (infer C)[] } ? C : string;
type Value<R> = R extends { readonly type: "boolean" }
  ? boolean
  : R extends { readonly type: "integer" }
    ? number
    : R extends { readonly type: "list" }
      ? readonly Choice<R>[]
      : Choice<R>;

/** Settings by option name. Absent: neither given nor with a default. */
export type OptionValues = { readonly [N in OptionName]?: Value<Row<N>> };

/** A row of the shape that yargs' `.options()` takes. */
export interface YargsOption {
  readonly type: "boolean" | "string" | "number";
  readonly alias?: string;
  readonly array?: true;
  readonly nargs?: 1;
  readonly requiresArg?: true;
  readonly choices?: readonly string[];
  readonly describe: string;
  readonly defaultDescription?: string;
  readonly coerce?: (given: unknown) => unknown;
}

/** Every row, without the literal types: for code that walks the table. */
export const optionRows: readonly OptionRow[] = options;

export function optionsOf(command: CommandName): readonly OptionRow[] {
  return optionRows.filter((row) => row.commands.includes(command));
}

/**
 * The options of one command for yargs.
 *
 * Defaults are described but not set: a value that yargs reports was typed, so it wins over the configuration file,
 * and `withDefaults` fills the rest.
 */
export function yargsOptions(command: CommandName): Record<string, YargsOption> {
  return Object.fromEntries(optionsOf(command).map((row) => [row.name, yargsOption(row)]));
}

/** Later layers win: `withDefaults(command, fileValues, typedValues)`. Options of other commands are dropped. */
export function withDefaults(
  command: CommandName,
  ...layers: readonly OptionValues[]
): OptionValues {
  const names = new Set(optionsOf(command).map((row) => row.name));
  const defaults = optionRows.flatMap((row) =>
    row.default === undefined ? [] : [[row.name, row.default] as const],
  );
  const given = layers.flatMap((layer) =>
    Object.entries(layer).filter(([, value]) => value !== undefined),
  );
  return Object.fromEntries([...defaults, ...given].filter(([name]) => names.has(name)));
}

const yargsTypes = {
  boolean: "boolean",
  integer: "number",
  text: "string",
  list: "string",
} as const satisfies Record<OptionRow["type"], YargsOption["type"]>;

function yargsOption(row: OptionRow): YargsOption {
  return {
    type: yargsTypes[row.type],
    ...(row.alias !== undefined && { alias: row.alias }),
    // One value an occurrence, or a list would swallow the positional arguments behind it.
    ...(row.type === "list" && { array: true, nargs: 1 }),
    ...((row.type === "text" || row.type === "integer") && { requiresArg: true }),
    ...(row.choices && { choices: row.choices }),
    describe: described(row),
    ...(row.default !== undefined && { defaultDescription: String(row.default) }),
    ...(row.commas && { coerce: splitCommas }),
  };
}

/** yargs shows no placeholder, so a value with a structure of its own is spelt out. */
function described({ describe, placeholder = "" }: OptionRow): string {
  return /[^A-Z]/.test(placeholder) ? `${describe}: ${placeholder}` : describe;
}

function splitCommas(given: unknown): unknown {
  return Array.isArray(given)
    ? given.flatMap((value) =>
        String(value)
          .split(",")
          .map((part) => part.trim())
          .filter((part) => part !== ""),
      )
    : given;
}
