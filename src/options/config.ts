import { z } from "zod";
import { PosternError } from "../errors.ts";
import { optionRows, optionsOf, type OptionValues } from "../options.ts";
import type { CommandName } from "./commands.ts";
import type { OptionRow } from "./table.ts";

/** The configuration file: the same names and values as on the command line, and no others. */
export const configSchema = objectOf(optionRows.filter((row) => row.config));

/** The same as JSON Schema (docs/postern.schema.json), for editors. */
export function configJsonSchema(): unknown {
  return { title: "postern.yaml", ...z.toJSONSchema(configSchema) };
}

/** Settings of a parsed configuration file. An empty file is an empty object. */
export function parseConfig(json: unknown, file = "postern.yaml"): OptionValues {
  const problems = problemsOf(configSchema, json ?? {});
  if (problems.length > 0 || !isOptionValues(json ?? {})) {
    throw new PosternError("CONFIG_INVALID", `${file}: ${problems.join("; ")}`, {
      hint: "docs/options.md lists what may stand in the file.",
    });
  }
  return isOptionValues(json) ? json : {};
}

/** The options of `command` among the arguments that yargs returns; its aliases and extras are left behind. */
export function parseOptions(
  command: CommandName,
  argv: Readonly<Record<string, unknown>>,
): OptionValues {
  const rows = optionsOf(command);
  const given = Object.fromEntries(
    rows.flatMap((row) =>
      argv[row.name] === undefined ? [] : [[row.name, argv[row.name]] as const],
    ),
  );
  const problems = problemsOf(objectOf(rows), given);
  if (problems.length > 0 || !isOptionValues(given)) {
    throw new PosternError("OPTION_INVALID", problems.map((problem) => `--${problem}`).join("; "), {
      hint: `See postern ${command} --help.`,
    });
  }
  return given;
}

const anyOption = objectOf(optionRows);

function isOptionValues(value: unknown): value is OptionValues {
  return anyOption.safeParse(value).success;
}

function objectOf(rows: readonly OptionRow[]) {
  return z.strictObject(
    Object.fromEntries(rows.map((row) => [row.name, schemaOf(row).optional()])),
  );
}

function schemaOf(row: OptionRow): z.ZodType {
  const text = row.choices ? z.enum(row.choices) : z.string().min(1).max(4096);
  const [least, most] = row.range ?? [0, Number.MAX_SAFE_INTEGER];
  const schemas = {
    boolean: () => z.boolean(),
    integer: () => z.int().min(least).max(most),
    text: () => text,
    list: () => z.array(text).max(1000),
  } as const satisfies Record<OptionRow["type"], () => z.ZodType>;
  return schemas[row.type]().describe(row.describe);
}

/** One sentence a problem, each beginning with its place: `region[1]: expected string, received number`. */
function problemsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => {
    const place = path
      .map((step) => (typeof step === "number" ? `[${step}]` : String(step)))
      .join("");
    const sentence = message.replace(/^Invalid (?:input|option): /, "");
    return place === "" ? sentence : `${place}: ${sentence}`;
  });
}
