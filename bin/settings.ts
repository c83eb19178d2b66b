import { readFile } from "node:fs/promises";
import { lilconfig } from "lilconfig";
import { parse } from "yaml";
import { PosternError } from "../src/errors.ts";
import { withDefaults, type OptionValues } from "../src/options.ts";
import type { CommandName } from "../src/options/commands.ts";
import { parseConfig, parseOptions } from "../src/options/config.ts";

export interface Settings {
  readonly values: OptionValues;
  /** The configuration file that was read, if any. */
  readonly file?: string;
}

/** What is in force: defaults, then `postern.yaml`, then what was typed. */
export async function settingsOf(
  command: CommandName,
  argv: Readonly<Record<string, unknown>>,
): Promise<Settings> {
  const typed = parseOptions(command, argv);
  const found = await configFile();
  const fromFile = found ? parseConfig(found.content, found.file) : {};
  const values = withDefaults(command, fromFile, typed);
  return found ? { values, file: found.file } : { values };
}

async function configFile(): Promise<{ file: string; content: unknown } | undefined> {
  const found = await lilconfig("postern", {
    searchPlaces: ["postern.yaml", "postern.yml"],
    loaders: { ".yaml": readYaml, ".yml": readYaml },
  }).search();
  return found && !found.isEmpty ? { file: found.filepath, content: found.config } : undefined;
}

async function readYaml(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new PosternError(
      "CONFIG_INVALID",
      `${file} cannot be read as YAML: ${firstLine(cause)}`,
      {
        hint: "Mend the file, or run from another directory.",
        cause,
      },
    );
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
